// Waits until all parts are ready, and reports why a part is not.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AgentStatus,
  agentsAnswer,
  type DeploymentStatus,
  type WorkerDetail,
} from '@/lib/agents/answers';
import { asHttp, nearHost } from '@/lib/core/addresses';
import { fetchFailure } from '@/lib/core/failure-cause';
import { withTimeout } from '@/lib/core/wait';
import { type CompleteEnv, usesLocalSpeech } from '@/scripts/lib/environment';

/** Milliseconds between two rounds of checks, and for one response. */
const EVERY_MS = 150;
const ANSWER_MS = 2_000;
/**
 * Milliseconds after which a check that neither finished nor timed out is abandoned. Observed once: `npm start` waited
 * for one for ever, and could not even say for which.
 */
const GIVEN_UP_MS = ANSWER_MS + 1_000;

async function ask(url: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(ANSWER_MS) });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response;
}

interface Probe {
  readonly name: string;
  /** Resolves, or throws the reason why not yet. */
  readonly check: () => Promise<unknown>;
}

/** Agents by name, each with the deployments that must be live. */
type Expected = readonly { readonly name: string; readonly deployments: readonly string[] }[];
type Live = Pick<AgentStatus, 'name'> & {
  readonly deployments: readonly (Pick<DeploymentStatus, 'name' | 'live'> & {
    readonly workerDetails?: readonly Pick<WorkerDetail, 'state'>[];
  })[];
};

/**
 * Checks to pass before the banner is shown.
 * @param operator resolves to headers that authenticate this `npm start` to its web process
 */
export function probesFor(
  env: CompleteEnv,
  expected: Expected,
  operator: () => Promise<Record<string, string>>,
): readonly Probe[] {
  const near = nearHost(env.HOST);
  const server = asHttp(env.LIVEKIT_URL);
  const web = `http://${near}:${env.PORT}`;
  return [
    { name: 'livekit', check: () => ask(server) },
    ...(usesLocalSpeech(env)
      ? [{ name: 'speech', check: () => ask(`http://127.0.0.1:${env.SPEECH_PORT}/health`) }]
      : []),
    { name: 'web', check: () => ask(`${web}/api/health`) },
    {
      name: 'agents',
      async check() {
        const answer = await ask(`${web}/api/agents`, await operator());
        const found = agentsAnswer.parse(await answer.json());
        const missing = notLive(found.agents, expected);
        if (missing.length > 0) throw new Error(`not live yet: ${missing.join(', ')}`);
        return found;
      },
    },
  ];
}

/**
 * "name on deployment" of everything that should be live and is not. An agent that is broken is not waited for while
 * another one is live on its deployment: its file has a fault.
 */
export function notLive(agents: readonly Live[], expected: Expected): string[] {
  const all = agents.flatMap(({ deployments }) => deployments);
  return expected.flatMap(({ name, deployments }) => {
    const known = agents.find((agent) => agent.name === name)?.deployments ?? [];
    return deployments
      .filter((deployment) => {
        const found = known.find((each) => each.name === deployment);
        if (found?.live) return false;
        const isBroken = found?.workerDetails?.some(({ state }) => state === 'broken');
        return !isBroken || !all.some((each) => each.name === deployment && each.live);
      })
      .map((deployment) => `${name} on ${deployment}`);
  });
}

/** A check that does not pass, and why. */
export interface Waiting {
  readonly name: string;
  readonly why: string;
}

interface Lateness {
  readonly lateMs: number;
  /** Called once after `lateMs` with what is not ready; checks continue. */
  readonly onLate: (waiting: readonly Waiting[]) => void;
  /** Milliseconds after which a check that never finishes is repeated. */
  readonly givenUpMs?: number;
}

/** Repeats the checks until all pass; resolves to their results by name. */
export async function allReady(
  probes: readonly Probe[],
  { lateMs, onLate, givenUpMs = GIVEN_UP_MS }: Lateness,
): Promise<Readonly<Record<string, unknown>>> {
  const started = performance.now();
  const answers: Record<string, unknown> = {};
  const why: Record<string, string> = {};
  let late = false;
  while (true) {
    const left = probes.filter(({ name }) => !(name in answers));
    await Promise.all(
      left.map(async ({ name, check }) => {
        try {
          answers[name] = await withTimeout(givenUpMs, check());
        } catch (error) {
          why[name] = fetchFailure(error);
        }
      }),
    );
    const waiting = probes.filter(({ name }) => !(name in answers));
    if (waiting.length === 0) return answers;
    if (!late && performance.now() - started > lateMs) {
      late = true;
      onLate(waiting.map(({ name }) => ({ name, why: why[name] ?? '' })));
    }
    await sleep(EVERY_MS);
  }
}
