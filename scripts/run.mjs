// Runs a TypeScript program of this folder: `node scripts/run.mjs start`. Plain JavaScript, because it first installs the
// packages, if node_modules does not match package-lock.json. Without tsx, Node 20 runs no TypeScript.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The oldest version of Node that works. */
const OLDEST = [20, 19];
/** Characters that tools of the build take for part of a URL or a pattern, where they are part of a folder's name. */
const UNUSABLE = /[#?*\n]/;

function giveUp(message) {
  process.stderr.write(`\nCallboard cannot start.\n${message}\n\n`);
  process.exit(1);
}

function isOlder(version, [major, minor]) {
  const [ownMajor, ownMinor] = version.split('.').map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}

function checkSystem() {
  const { node } = process.versions;
  if (isOlder(node, OLDEST)) {
    giveUp(`Callboard needs Node ${OLDEST.join('.')} or newer. This is ${node}.`);
  }
  if (process.platform === 'win32') giveUp('On Windows, run Callboard in WSL: https://aka.ms/wsl');
  const [unusable] = UNUSABLE.exec(process.cwd()) ?? [];
  if (unusable) {
    giveUp(
      `The path of its folder contains ${JSON.stringify(unusable)}, with which it cannot be built: ${process.cwd()}\n` +
        'Rename the folder, or move it elsewhere.',
    );
  }
}

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return {};
  }
}

/** Whether a package is missing or has another version. npm writes its own copy of the lock file last. */
function packagesMissing() {
  const there = lockedPackages('node_modules/.package-lock.json');
  return Object.entries(lockedPackages('package-lock.json')).some(
    ([path, { version, integrity, optional, link }]) =>
      path !== '' &&
      !link &&
      // Those for other platforms are optional.
      !optional &&
      (there[path]?.version !== version || there[path]?.integrity !== integrity),
  );
}

function installPackages() {
  process.stdout.write('\nInstalling packages …\n');
  // The npm that runs this script, rather than another one on PATH.
  const own = /npm-cli\.[cm]?js$/.test(process.env.npm_execpath ?? '') && process.env.npm_execpath;
  const [file, args] = own ? [process.execPath, [own]] : ['npm', []];
  const { status } = spawnSync(
    file,
    [...args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      // onnxruntime-node would download what its package already contains.
      env: {
        ...process.env,
        ONNXRUNTIME_NODE_INSTALL: 'skip',
        ONNXRUNTIME_NODE_INSTALL_CUDA: 'skip',
      },
      stdio: 'inherit',
    },
  );
  if (status !== 0) giveUp('The packages could not be installed: npm ci failed.');
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
checkSystem();
if (packagesMissing()) installPackages();

// tsx would keep compiled code in the folder for temporary files, under a name that another user can create first: that
// code would run as this user.
process.env.TSX_DISABLE_CACHE = '1';
// tsx reads tsconfig.json of the working directory, for the paths of imports.
const { register } = await import('tsx/esm/api');
// With modules of its own: the program must load the list of agents only once it is up to date.
const { import: load, unregister } = register({ namespace: 'agents' });
const { prepareAgents } = await load('./lib/build.ts', import.meta.url);
// The LiveKit server needs no agents.
if (process.argv[3] !== 'livekit') await prepareAgents();
await unregister();
register();
const program = new URL(`${process.argv[2]}.ts`, import.meta.url);
process.argv.splice(1, 2, fileURLToPath(program));
await import(program.href);
