// `npm start` and, with --dev, `npm run dev`: runs everything on this machine, reports when it is ready, and stops it in
// an order that lets agents say goodbye to every caller. Processes are run by concurrently.

import { secretsOf, usesLocalServer, usesLocalSpeech } from './lib/environment.mjs';
import { SAME_MS } from './lib/groups.mjs';
import { findServer } from './lib/livekit-server.mjs';
import { agentPart, livekitPart, speechPart, webPart } from './lib/parts.mjs';
import { makePlan } from './lib/plan.mjs';
import { allReady, probesFor } from './lib/ready.mjs';
import { supervise } from './lib/supervisor.mjs';
import { bold, cyan, dim, duration, giveUp, green, yellow } from './lib/terminal.mjs';
import { watchAgents } from './lib/watch.mjs';
import { endRooms, operatorOf, webAddress } from './lib/web-api.mjs';

/** Milliseconds after which parts that are not ready are listed. */
const LATE_MS = 60_000;
/** Seconds that calls may continue after Ctrl-C, unless AGENT_DRAIN_SECONDS is set: the user is waiting. */
const DRAIN_S = 1;
/**
 * Milliseconds after the drain for agents to say goodbye and leave: measured 4 s. Together with the drain and the values
 * below, everything must stop within 10 s.
 */
const GOODBYE_MS = 5_500;
/** Milliseconds to end the rooms of remaining callers. */
const ROOMS_MS = 600;
/** livekit-server waits until its rooms are empty; a second signal closes them: measured 1.6 s. */
const SERVER_AGAIN_MS = 200;
const SERVER_MS = 1_800;
/** Milliseconds for web and speech, which wait for nothing. */
const REST_MS = 700;

const begun = performance.now();
const dev = process.argv.includes('--dev');
const write = (text) => process.stdout.write(`${text}\n`);

const plan = await makePlan({ dev, owns: ownedPorts }).catch((error) => giveUp(error.message));
const drain = Number(plan.env.AGENT_DRAIN_SECONDS || DRAIN_S);
const env = { ...plan.env, AGENT_DRAIN_SECONDS: String(drain) };
const speech = usesLocalSpeech(env);
const workers = plan.deployments.map((deployment) => agentPart({ env, ...deployment }));
const parts = [
  ...(plan.local ? [livekitPart({ env, ports: plan.ports, server: await server() })] : []),
  ...(speech ? [speechPart({ env: { ...env, HOST: '127.0.0.1' } })] : []),
  webPart({ env, dev }),
  ...workers,
];

write('');
for (const { name, wanted, port } of plan.moved) {
  write(yellow(`Port ${wanted} is in use: ${name} is on ${port}.`));
}
write(dim(`Starting ${parts.map(({ name }) => name).join(', ')} …`));
const operator = operatorOf(env);
const running = supervise(parts, { secrets: secretsOf(env) });
let ending;
let stopWatching = async () => {};
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, end);
if (dev) stopWatching = await watchAgents(reload);

const expected = plan.catalogue.map(({ name, deployments }) => ({ name, deployments }));
const answers = await allReady(probesFor({ env, expected, speech, operator }), {
  lateMs: LATE_MS,
  onLate: sayLate,
});
if (!ending) banner(answers.agents);

function ownedPorts(set) {
  return [
    'web',
    ...(usesLocalServer(set) ? ['livekit'] : []),
    ...(usesLocalSpeech(set) ? ['speech'] : []),
  ];
}

async function server() {
  const { file } = await findServer(env).catch((error) => giveUp(error.message));
  return file ?? giveUp('livekit-server is not installed. Run: npm run setup');
}

function banner(agents) {
  const place = env.HOST === '127.0.0.1' ? 'localhost' : env.HOST;
  const width = Math.max(...agents.map(({ name }) => name.length)) + 3;
  write(
    `\n  ${bold('Callboard is on.')} ${dim(`Ready in ${duration(performance.now() - begun)}.`)}\n`,
  );
  write(`  Page     ${cyan(env.PUBLIC_URL || `http://${place}:${env.PORT}`)}`);
  for (const [index, { name, person, deployments }] of agents.entries()) {
    const live = deployments.filter((each) => each.live).map((each) => green(each.name));
    const who = `${name.padEnd(width)}${dim((person ?? '').padEnd(8))}`;
    write(`  ${index === 0 ? 'Agents' : '      '}   ${who}${live.join(dim(' · '))}`);
  }
  if (!plan.local) write(`  LiveKit  ${env.LIVEKIT_URL}`);
  write(`\n  ${dim('Stop with Ctrl-C.')}\n`);
}

function sayLate(waiting) {
  write(yellow(`\nNot ready after ${LATE_MS / 1_000} s:`));
  for (const { name, why } of waiting) {
    const last = running.lastLine(name);
    write(`  ${name}: ${why}${last ? `. Last output: ${last}` : ''}`);
  }
  write(dim('Still waiting. Stop with Ctrl-C.\n'));
}

function reload(which) {
  if (ending) return;
  running.reload(which === 'speech' ? ['speech'] : workers.map(({ name }) => name));
}

/**
 * Stops the workers first, while speech and LiveKit server still transmit their goodbye; then rooms and LiveKit server,
 * whose last webhooks the web process records; then the rest.
 */
async function end() {
  if (ending) {
    if (performance.now() - ending < SAME_MS) return;
    running.killAll();
    process.exit(1);
  }
  ending = performance.now();
  write(
    dim(
      `\nEnding calls, at most ${drain + GOODBYE_MS / 1_000} s. Press Ctrl-C again to stop at once.`,
    ),
  );
  running.stopRestarting();
  const watched = stopWatching();
  const killed = await running.end(
    workers.map(({ name }) => name),
    { limitMs: drain * 1_000 + GOODBYE_MS },
  );
  if (plan.local) await endRooms(webAddress(env), ROOMS_MS, operator);
  killed.push(
    ...(await running.end(['livekit'], { limitMs: SERVER_MS, againMs: SERVER_AGAIN_MS })),
    ...(await running.end(['speech', 'web'], { limitMs: REST_MS })),
  );
  await watched;
  if (killed.length > 0) write(dim(`Killed because they did not stop: ${killed.join(', ')}.`));
  write(dim(`Callboard is off. ${duration(performance.now() - ending)}.`));
  process.exit(0);
}
