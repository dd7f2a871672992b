// When is everything ready? Each part is asked itself; what is not ready says why.
import { setTimeout as sleep } from 'node:timers/promises';
import { nearHost } from './environment.mjs';

/** Milliseconds between two rounds of questions, and for one answer. */
const EVERY_MS = 150;
const ANSWER_MS = 2_000;
/**
 * Milliseconds after which a question that neither came back nor was broken off is given up. Seen once: `npm start`
 * waited for one for good, and could not even say for which.
 */
const GIVEN_UP_MS = ANSWER_MS + 1_000;

async function ask(url, headers = {}) {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(ANSWER_MS) });
  if (!response.ok) throw new Error(`answers ${response.status}`);
  return response;
}

/**
 * What has to hold before the banner is shown. `check` resolves, or throws why not yet.
 * @param expected `[{name, deployments}]`, the catalogue: each has to be live on each
 * @param operator resolves to headers that show the web process whose `npm start` this is
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

/** "name on deployment" of all that should be live and is not. */
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
  throw new Error('gives no answer');
}

/**
 * Asks until all are ready.
 * @param onLate called once after `lateMs` with `[{name, why}]` of what is not ready; asking goes on
 * @param givenUpMs milliseconds after which a question that never comes back is asked again
 * @returns what each probe answered, by name
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
