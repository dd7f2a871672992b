// How the agents do over a window of time: what is measured for each agent and deployment, and the
// window's steps. Pure; `read-stats.ts` asks the database for it.
import { catalogue } from '@/lib/core/catalogue';
import type { EndedBy, Outcome } from '../call';

/** The windows people can choose. */
export const WINDOWS = ['hour', 'day', 'week'] as const;
export type WindowName = (typeof WINDOWS)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const STEPS: Readonly<Record<WindowName, { readonly stepMs: number; readonly steps: number }>> = {
  hour: { stepMs: 5 * MINUTE_MS, steps: 12 },
  day: { stepMs: HOUR_MS, steps: 24 },
  week: { stepMs: 6 * HOUR_MS, steps: 28 },
};

/** A window in steps that begin at round times, so that a chart's past does not change as time goes on. */
export interface StatsWindow {
  readonly window: WindowName;
  /** Milliseconds since 1970. The first step begins at `since`; the last, not yet over, ends at `until`. */
  readonly since: number;
  readonly until: number;
  readonly stepMs: number;
}

/** The window that ends with the step in which `now` is. */
export function windowAt(window: WindowName, now: number): StatsWindow {
  const { stepMs, steps } = STEPS[window];
  const until = (Math.floor(now / stepMs) + 1) * stepMs;
  return { window, since: until - steps * stepMs, until, stepMs };
}

/**
 * Milliseconds within which half, and 95 of 100, of the measured values are: continuous percentiles,
 * interpolated between the two nearest values (SQL's `percentile_cont`, type 7 of Hyndman and Fan).
 * Undefined where nothing was measured.
 */
export interface Spread {
  readonly measured: number;
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
}

/** What is measured of calls, those that were asked for in the same time. */
export interface Measures {
  readonly calls: number;
  /** An agent came. */
  readonly joined: number;
  /** The call is over and none came. What is neither joined nor missed still waits. */
  readonly missed: number;
  /** From the request until an agent was there. */
  readonly timeToJoin: Spread;
  /** From the request until the agent's first sound. */
  readonly timeToFirstAudio: Spread;
  /** From the end of the caller's speech to the answer's first sound, of every answer. */
  readonly answer: Spread;
}

/** One step of a chart. `at` is when it begins, milliseconds since 1970. */
export interface Step extends Measures {
  readonly at: number;
}

/**
 * One deployment of an agent over a window. A call counts for the agent and the deployment that
 * were asked for, also where others came into it later.
 */
export interface AgentStats extends Measures {
  readonly agent: string;
  /** Shown name. */
  readonly deployment: string;
  /** Things that went wrong in these calls. */
  readonly errors: number;
  /** Calls that are over, by how they ended and by what they came to; 0 is left out. */
  readonly endedBy: Readonly<Partial<Record<EndedBy, number>>>;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** Every step of the window, also those without a call. */
  readonly steps: readonly Step[];
}

const UNMEASURED: Spread = { measured: 0, p50Ms: undefined, p95Ms: undefined };
const NOTHING: Measures = {
  calls: 0,
  joined: 0,
  missed: 0,
  timeToJoin: UNMEASURED,
  timeToFirstAudio: UNMEASURED,
  answer: UNMEASURED,
};

/** The statistics of a window: what answers `GET /api/agents/stats`, there in snake_case. */
export interface WindowStats extends StatsWindow {
  readonly agents: readonly AgentStats[];
}

/**
 * Every deployment of these agents, measured or not, with every step; then others that had calls.
 * @param measured those that had calls, with the steps that had some
 */
export function completeStats(
  measured: readonly AgentStats[],
  window: StatsWindow,
  agents = catalogue,
): AgentStats[] {
  const listed = agents.flatMap(({ name, deployments }) =>
    deployments.map((deployment) => ({ agent: name, deployment })),
  );
  const of = (agent: string, deployment: string) =>
    measured.find((one) => one.agent === agent && one.deployment === deployment);
  const others = measured.filter(
    (one) => !listed.some((l) => l.agent === one.agent && l.deployment === one.deployment),
  );
  const all = listed.map(
    ({ agent, deployment }): AgentStats =>
      of(agent, deployment) ?? {
        ...NOTHING,
        agent,
        deployment,
        errors: 0,
        endedBy: {},
        outcomes: {},
        steps: [],
      },
  );
  return [...all, ...others].map((one) => ({ ...one, steps: everyStep(one.steps, window) }));
}

function everyStep(steps: readonly Step[], { since, until, stepMs }: StatsWindow): Step[] {
  const known = new Map(steps.map((step) => [step.at, step]));
  return Array.from({ length: (until - since) / stepMs }, (_, index) => {
    const at = since + index * stepMs;
    return known.get(at) ?? { ...NOTHING, at };
  });
}
