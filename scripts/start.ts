// `npm start` and, with --dev, `npm run dev`: runs everything on this machine, reports when it is ready, and stops it in
// an order that lets agents say goodbye to every caller. Processes are run by concurrently.

import { type AgentsAnswer, agentsAnswer } from '@/lib/agents/answers';
import { nearHost } from '@/lib/core/addresses';
import { isDeployment } from '@/lib/core/deployment';
import { englishDuration } from '@/lib/core/figures';
import { pathSegment } from '@/lib/core/path-segment';
import { secretsOf } from '@/lib/core/redact';
import { withTimeout } from '@/lib/core/wait';
import { roomsAnswer } from '@/lib/dispatch/answers';
import { type Rebuilt, watchAgents } from '@/scripts/lib/build';
import { type CompleteEnv, usesLocalSpeech } from '@/scripts/lib/environment';
import { ENDING_SIGNALS, SAME_MS } from '@/scripts/lib/groups';
import { ollamaHint } from '@/scripts/lib/ollama';
import { agentPart, livekitPart, speechPart, webPart } from '@/scripts/lib/parts';
import { deployments, makePlan } from '@/scripts/lib/plan';
import { allReady, probesFor, type Waiting } from '@/scripts/lib/ready';
import { supervise } from '@/scripts/lib/supervisor';
import { bold, cyan, dim, giveUp, green, red, shownText, yellow } from '@/scripts/lib/terminal';
import { askWeb, operatorHeaders, readAnswer, webAddress } from '@/scripts/lib/web-api';

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

const dev = process.argv.includes('--dev');
const write = (text: string) => process.stdout.write(`${text}\n`);

const plan = await makePlan(undefined, { dev }).catch((error: Error) => giveUp(error.message));
const begun = performance.now();
const drain = Number(plan.env.AGENT_DRAIN_SECONDS || DRAIN_S);
const env: CompleteEnv = { ...plan.env, AGENT_DRAIN_SECONDS: String(drain) };
/** The deployments that have a worker. */
const served = deployments.filter((name) => isDeployment(name, env.LIVEKIT_URL));
const parts = [
  ...(plan.server ? [livekitPart(env, plan.ports, plan.server)] : []),
  ...(usesLocalSpeech(env) ? [speechPart({ ...env, HOST: '127.0.0.1' })] : []),
  webPart(env, { dev }),
  ...served.map((deployment) => agentPart(env, deployment)),
];

write('');
for (const warning of plan.warnings) write(yellow(warning));
for (const { name, wanted, port } of plan.moved) {
  write(yellow(`Port ${wanted} is in use: ${name} is on ${port}.`));
}
write(dim(`Starting ${parts.map(({ name }) => name).join(', ')} …`));
// Before the workers, which load what it writes.
const stopWatching = dev ? await watchAgents(reload) : undefined;
// Before there are processes, which would stay behind.
for (const name of ENDING_SIGNALS) process.on(name, end);
const running = supervise(parts, secretsOf(env));
let ending: number | undefined;

const [ollama, answers] = await Promise.all([
  ollamaHint(env),
  allReady(
    probesFor(env, plan.agents, () => operatorHeaders(env)),
    { lateMs: LATE_MS, onLate: sayLate },
  ),
]);
if (!ending) banner(agentsAnswer.parse(answers.agents));

function banner({ agents }: AgentsAnswer): void {
  const place = env.HOST === '127.0.0.1' ? 'localhost' : nearHost(env.HOST);
  const width = Math.max(...agents.map(({ name }) => name.length)) + 3;
  write(
    `\n  ${bold('Callboard is on.')} ${dim(`Ready in ${englishDuration(performance.now() - begun)}.`)}\n`,
  );
  write(`  Page     ${cyan(env.PUBLIC_URL || `http://${place}:${env.PORT}`)}`);
  for (const [index, { name, person, deployments }] of agents.entries()) {
    const states = deployments.map(({ name: deployment, live, reports, problem = '' }) => {
      if (!reports) return dim(`${deployment} does not report`);
      return live ? green(deployment) : red(shownText(`${deployment} is off: ${problem}`));
    });
    const who = `${name.padEnd(width)}${dim(person.padEnd(8))}`;
    write(`  ${index === 0 ? 'Agents' : '      '}   ${who}${states.join(dim(' · '))}`);
  }
  if (!plan.server) write(`  LiveKit  ${env.LIVEKIT_URL}`);
  if (ollama) write(`  Ollama   ${ollama}`);
  write(`\n  ${dim('Stop with Ctrl-C.')}\n`);
}

function sayLate(waiting: readonly Waiting[]): void {
  write(yellow(`\nNot ready after ${englishDuration(LATE_MS)}:`));
  for (const { name, why } of waiting) {
    const last = running.lastLine(name);
    write(`  ${name}: ${why}${last ? `. Last output: ${last}` : ''}`);
  }
  write(dim('Still waiting. Stop with Ctrl-C.\n'));
}

function reload(rebuilt: Rebuilt): void {
  if (!ending) running.reload(rebuilt === 'speech' ? ['speech'] : served);
}

/**
 * Ends the remaining rooms through the web process, because a LiveKit server that is stopped does not report how its
 * calls ended.
 */
async function endRooms(): Promise<void> {
  const headers = await operatorHeaders(env);
  const web = webAddress(env);
  const { rooms } = readAnswer(roomsAnswer, await askWeb(web, { path: '/api/rooms' }, headers));
  const end = (name: string) =>
    askWeb(web, { method: 'DELETE', path: `/api/rooms/${pathSegment(name)}` }, headers);
  await Promise.all(rooms.map(({ name }) => end(name)));
}

/**
 * Stops the workers first, while speech and LiveKit server still transmit their goodbye; then rooms and LiveKit server,
 * whose last webhooks the web process records; then the rest.
 */
async function end(): Promise<void> {
  if (ending) {
    if (performance.now() - ending < SAME_MS) return;
    running.killAll();
    process.exit(1);
  }
  ending = performance.now();
  write(
    dim(
      `\nEnding calls, at most ${englishDuration(drain * 1_000 + GOODBYE_MS)}. Press Ctrl-C again to stop at once.`,
    ),
  );
  running.stopRestarting();
  const watched = stopWatching?.();
  const killed = await running.end(served, { limitMs: drain * 1_000 + GOODBYE_MS });
  if (plan.server) {
    // Without web process or server there is nobody to end them.
    await withTimeout(ROOMS_MS, endRooms()).catch(() => {});
  }
  killed.push(
    ...(await running.end(['livekit'], { limitMs: SERVER_MS, againMs: SERVER_AGAIN_MS })),
    ...(await running.end(['speech', 'web'], { limitMs: REST_MS })),
  );
  await watched;
  if (killed.length > 0) write(dim(`Killed because they did not stop: ${killed.join(', ')}.`));
  write(dim(`Callboard is off. ${englishDuration(performance.now() - ending)}.`));
  process.exit(0);
}
