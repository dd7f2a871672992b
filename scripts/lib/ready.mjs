// Waits until all parts are ready, and reports why a part is not.
import { setTimeout as sleep } from 'node:timers/promises';
import { nearHost } from './environment.mjs';

/** Milliseconds between two rounds of checks, and for one response. */
const EVERY_MS = 150;
const ANSWER_MS = 2_000;
/**
 * Milliseconds after which a check that neither finished nor timed out is abandoned. Observed once: `npm start` waited
 * for one for ever, and could not even say for which.
 */
const GIVEN_UP_MS = ANSWER_MS + 1_000;

async function ask(url, headers = {}) {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(ANSWER_MS) });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response;
}

/**
 * Checks to pass before the banner is shown. `check` resolves, or throws the reason why not yet.
 * @param expected `[{name, deployments}]`, the catalogue: each agent must be live on each of its deployments
 * @param operator resolves to headers that authenticate this `npm start` to its web process
 */
export function probesFor({ env, expected, speech, operator = async () => ({}) }) {
  const near = nearHost(env.HOST);
  const server = env.LIVEKIT_URL.replace(/^ws/, 'http');
  const web = `http://${near}:${env.PORT}`;
  return [
    { name: 'livekit', check: () => ask(server) },
    ...(speech
      ? [{ name: 'speech', check: () => ask(`http://127.0.0.1:${env.SPEECH_PORT}/health`) }]
      : []),
    { name: 'web', check: () => ask(`${web}/api/health`) },
    {
      name: 'agents',
      async check() {
        const { agents } = await (await ask(`${web}/api/agents`, await operator())).json();
        const missing = notLive(agents, expected);
        if (missing.length > 0) throw new Error(`not live yet: ${missing.join(', ')}`);
        return agents;
      },
    },
  ];
}

/** "name on deployment" of everything that should be live and is not. */
export function notLive(agents, expected) {
  return expected.flatMap(({ name, deployments }) => {
    const known = agents.find((agent) => agent.name === name)?.deployments ?? [];
    return deployments
      .filter((deployment) => !known.some((each) => each.name === deployment && each.live))
      .map((deployment) => `${name} on ${deployment}`);
  });
}

async function giveUp(ms) {
  await sleep(ms, undefined, { ref: false });
  throw new Error('no response');
}

/**
 * Repeats the checks until all pass.
 * @param onLate called once after `lateMs` with `[{name, why}]` of what is not ready; checks continue
 * @param givenUpMs milliseconds after which a check that never finishes is repeated
 * @returns the result of each check, by name
 */
export async function allReady(probes, { lateMs, onLate, givenUpMs = GIVEN_UP_MS }) {
  const started = performance.now();
  const answers = {};
  const why = {};
  let late = false;
  while (true) {
    const left = probes.filter(({ name }) => !(name in answers));
    await Promise.all(
      left.map(async ({ name, check }) => {
        try {
          answers[name] = await Promise.race([check(), giveUp(givenUpMs)]);
        } catch (error) {
          why[name] = error.cause?.code ?? error.cause?.message ?? error.message;
        }
      }),
    );
    const waiting = probes.filter(({ name }) => !(name in answers));
    if (waiting.length === 0) return answers;
    if (!late && performance.now() - started > lateMs) {
      late = true;
      onLate(waiting.map(({ name }) => ({ name, why: why[name] })));
    }
    await sleep(EVERY_MS);
  }
}
