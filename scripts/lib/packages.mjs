// Installs the packages of package-lock.json if node_modules does not match it. Plain Node: it runs before packages are
// installed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runQuietly } from './run-quietly.mjs';

/** Milliseconds between progress updates. */
const LOOK_EVERY_MS = 1_000;

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return {};
  }
}

/** The C library, by which npm distinguishes packages for Linux. */
const libcHere =
  existsSync('/lib') && readdirSync('/lib').some((name) => name.startsWith('ld-musl-'))
    ? 'musl'
    : 'glibc';

/** Whether a package is for this platform; npm skips the others. */
function fits({ os, cpu, libc }) {
  const allows = (list, here) =>
    !list || list.includes(here) || (list[0].startsWith('!') && !list.includes(`!${here}`));
  return allows(os, process.platform) && allows(cpu, process.arch) && allows(libc, libcHere);
}

/** Paths and lock file entries of the packages for this platform. */
function wanted() {
  return Object.entries(lockedPackages('package-lock.json')).filter(
    ([path, entry]) => path !== '' && !entry.link && fits(entry),
  );
}

/** Whether a package is missing or has another version. npm writes its own lock file copy last. */
export function packagesMissing() {
  const there = lockedPackages('node_modules/.package-lock.json');
  return wanted().some(
    ([path, { version, integrity, optional }]) =>
      !optional && (there[path]?.version !== version || there[path]?.integrity !== integrity),
  );
}

/**
 * `npm ci`.
 * @param say called with the progress
 * @throws Error with npm's output
 */
export async function installPackages(say) {
  const paths = wanted().map(([path]) => join(root, path, 'package.json'));
  const look = setInterval(() => {
    const there = paths.filter((path) => existsSync(path)).length;
    say(`${Math.min(99, Math.floor((there / paths.length) * 100))} % of ${paths.length} packages`);
  }, LOOK_EVERY_MS);
  // The npm that runs this script, rather than another one on PATH.
  const own = /npm-cli\.[cm]?js$/.test(process.env.npm_execpath ?? '') && process.env.npm_execpath;
  const [file, args] = own ? [process.execPath, [own]] : ['npm', []];
  try {
    await runQuietly(
      file,
      [...args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      {
        cwd: root,
        // onnxruntime-node would download what its package already contains.
        env: { ONNXRUNTIME_NODE_INSTALL: 'skip', ONNXRUNTIME_NODE_INSTALL_CUDA: 'skip' },
      },
    );
  } finally {
    clearInterval(look);
  }
}
