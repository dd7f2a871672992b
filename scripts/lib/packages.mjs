// Installs the packages of package-lock.json when node_modules does not hold exactly those. Plain
// Node: nothing is installed yet when it runs.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runQuietly } from './run-quietly.mjs';

/** Milliseconds between two looks at how much is there. */
const LOOK_EVERY_MS = 1_000;

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return {};
  }
}

/** The C library that npm tells packages for Linux apart by. */
const libcHere =
  existsSync('/lib') && readdirSync('/lib').some((name) => name.startsWith('ld-musl-'))
    ? 'musl'
    : 'glibc';

/** Whether a package is for this system; npm leaves the others out. */
function fits({ os, cpu, libc }) {
  const allows = (list, here) =>
    !list || list.includes(here) || (list[0].startsWith('!') && !list.includes(`!${here}`));
  return allows(os, process.platform) && allows(cpu, process.arch) && allows(libc, libcHere);
}

/** Paths and entries that have to be installed here. */
function wanted() {
  return Object.entries(lockedPackages('package-lock.json')).filter(
    ([path, entry]) => path !== '' && !entry.link && fits(entry),
  );
}

/** Whether something of the lock file is missing or of another version. npm writes its own copy last. */
export function packagesMissing() {
  const there = lockedPackages('node_modules/.package-lock.json');
  return wanted().some(
    ([path, { version, integrity, optional }]) =>
      !optional && (there[path]?.version !== version || there[path]?.integrity !== integrity),
  );
}

/**
 * `npm ci`.
 * @param say told how far it is
 * @throws Error with npm's words
 */
export async function installPackages(say) {
  const paths = wanted().map(([path]) => join(root, path, 'package.json'));
  const look = setInterval(() => {
    const there = paths.filter((path) => existsSync(path)).length;
    say(`${Math.min(99, Math.floor((there / paths.length) * 100))} % of ${paths.length} packages`);
  }, LOOK_EVERY_MS);
  // The npm that called us, so that no other on PATH is used by chance.
  const own = /npm-cli\.[cm]?js$/.test(process.env.npm_execpath ?? '') && process.env.npm_execpath;
  const [file, args] = own ? [process.execPath, [own]] : ['npm', []];
  try {
    await runQuietly(
      file,
      [...args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      {
        cwd: root,
        // onnxruntime-node would download from outside npm what its package already holds.
        env: { ONNXRUNTIME_NODE_INSTALL: 'skip', ONNXRUNTIME_NODE_INSTALL_CUDA: 'skip' },
      },
    );
  } finally {
    clearInterval(look);
  }
}
