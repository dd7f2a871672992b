// Prepares the clone: packages, keys, livekit-server, builds. `npm start` and the other commands run it first; completed
// steps are skipped. Plain Node: no package is imported before it is installed.
// `node scripts/setup.mjs [start|dev|livekit|speech|web|agent]`
import { agentsNeedBuild, buildAgents, buildWeb, webNeedsBuild } from './lib/build.mjs';
import { databaseFault, databaseMissing, makeDatabase } from './lib/database-folder.mjs';
import { loadEnv, usesLocalServer } from './lib/environment.mjs';
import { localKeys } from './lib/keys.mjs';
import { findServer, getServer, LIVEKIT_VERSION } from './lib/livekit-server.mjs';
import { installPackages, packagesMissing } from './lib/packages.mjs';
import { bold, giveUp, step, yellow } from './lib/terminal.mjs';

/** Minimum Node version of Next 16. */
const NODE = [20, 9];

const target = process.argv[2] ?? 'start';
const needs = {
  server: ['start', 'dev', 'livekit'].includes(target),
  web: ['start', 'web'].includes(target),
  database: ['start', 'dev', 'web'].includes(target),
};

function checkSystem() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < NODE[0] || (major === NODE[0] && minor < NODE[1])) {
    giveUp(`Callboard needs Node ${NODE.join('.')} or newer. This is ${process.versions.node}.`);
  }
  if (process.platform === 'win32') giveUp('On Windows, run Callboard in WSL: https://aka.ms/wsl');
}

/** The steps. `needed` is checked again before a step runs, because earlier steps may affect it. */
const steps = [
  {
    title: 'Installing packages',
    needed: packagesMissing,
    run: installPackages,
  },
  {
    title: `Installing livekit-server ${LIVEKIT_VERSION}`,
    async needed() {
      if (!needs.server) return false;
      // Settings can be read only after packages are installed.
      if (packagesMissing()) return true;
      const env = await loadEnv({ dev: target === 'dev' });
      return usesLocalServer(env) && !(await knownServer(env));
    },
    run: async (say) => `from ${await getServer(await loadEnv(), say)}`,
  },
  {
    title: 'Creating the database',
    needed: async () =>
      needs.database &&
      (packagesMissing() || databaseMissing(await loadEnv({ dev: target === 'dev' }))),
    run: async () => makeDatabase(await loadEnv({ dev: target === 'dev' })),
  },
  {
    title: 'Building the agents',
    needed: () => packagesMissing() || agentsNeedBuild(),
    run: buildAgents,
  },
  {
    title: 'Building the pages',
    needed: () => needs.web && (packagesMissing() || webNeedsBuild()),
    run: buildWeb,
  },
];

let noted = false;
async function knownServer(env) {
  const { file, note } = await findServer(env);
  if (note && !noted) process.stdout.write(`${yellow(note)}\n`);
  noted = true;
  return file;
}

async function setUp() {
  checkSystem();
  const pending = [];
  for (const each of steps) if (await each.needed()) pending.push(each);
  if (pending.length > 0) process.stdout.write(`\n${bold('Setting up Callboard')}\n`);
  for (const [index, each] of pending.entries()) {
    if (!(await each.needed())) continue;
    await step(`[${index + 1}/${pending.length}] ${each.title}`, each.run);
  }
  const env = await loadEnv({ dev: target === 'dev' });
  const fault = needs.database && databaseFault(env);
  if (fault) giveUp(fault);
  localKeys(env);
}

// Stops the running step too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

await setUp().catch((error) => giveUp(error.message));
