// Statistics of the agents over a time window: what is measured per agent and deployment, the window's steps, and how two
// deployments compare (nothing is said if there are too few calls, or if a difference could be chance or would not be
// noticed). Pure; `read-stats.ts` queries the database.
import type { ListedAgent } from '@/lib/agents/agent';
import type { EndedBy } from '../call';

/** The selectable windows. */
export const WINDOWS = ['hour', 'day', 'week'] as const;
export type WindowName = (typeof WINDOWS)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const STEPS: Readonly<Record<WindowName, { readonly stepMs: number; readonly steps: number }>> = {
  hour: { stepMs: 5 * MINUTE_MS, steps: 12 },
  day: { stepMs: HOUR_MS, steps: 24 },
  week: { stepMs: 6 * HOUR_MS, steps: 28 },
};

/** A window with steps that begin at round times, so that the past of a chart does not change. */
export interface StatsWindow {
  readonly window: WindowName;
  /** Milliseconds since 1970. The first step begins at `since`; the last one is incomplete and ends at `until`. */
  readonly since: number;
  readonly until: number;
  readonly stepMs: number;
}

/** The window that ends with the step containing `now`. */
export function windowAt(window: WindowName, now: number): StatsWindow {
  const { stepMs, steps } = STEPS[window];
  const until = (Math.floor(now / stepMs) + 1) * stepMs;
  return { window, since: until - steps * stepMs, until, stepMs };
}

/**
 * Median and 95th percentile in milliseconds: continuous percentiles, interpolated between the two nearest values
 * (SQL's `percentile_cont`, type 7 of Hyndman and Fan). Undefined if nothing was measured.
 */
export interface Spread {
  readonly measured: number;
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
}

/** Measures of the calls requested in the same period. */
export interface Measures {
  readonly calls: number;
  /** Calls that an agent joined. */
  readonly joined: number;
  /** Calls that ended without an agent. Calls that are neither joined nor missed are still waiting. */
  readonly missed: number;
  /** From the request until an agent joined. */
  readonly timeToJoin: Spread;
  /** From the request until the agent's first audio. */
  readonly timeToFirstAudio: Spread;
  /** Response latency: from the end of the caller's speech to the first audio of the answer, for all answers. */
  readonly answer: Spread;
}

/** One step of a chart. `at` is its beginning, milliseconds since 1970. */
export interface Step extends Measures {
  readonly at: number;
}

/**
 * One deployment of an agent over a window. A call counts for the requested agent and deployment, even if others joined
 * later.
 */
export interface AgentStats extends Measures {
  readonly agent: string;
  /** Display name. */
  readonly deployment: string;
  /** Errors in these calls. */
  readonly errors: number;
  /** Ended calls by how they ended, and by the name of their outcome; zeros are left out. */
  readonly endedBy: Readonly<Partial<Record<EndedBy, number>>>;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Cost of the models that have a price (`prices.ts`), in its currency; undefined if none was used. */
  readonly cost?: number | undefined;
  /** All steps of the window, including those without a call. */
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

/** The statistics of a window: the response of `GET /api/agents/stats`, there in snake_case. */
export interface WindowStats extends StatsWindow {
  readonly agents: readonly AgentStats[];
}

/** What the database has of agents in a window. */
export interface Measured {
  /** Deployments with calls, and their steps with calls. */
  readonly measured: readonly AgentStats[];
  /** Deployments that another program dispatched into a call. */
  readonly seen: readonly Which[];
}

type Which = Pick<AgentStats, 'agent' | 'deployment'>;
const isSame = (one: Which, other: Which) =>
  one.agent === other.agent && one.deployment === other.deployment;

/**
 * All deployments of these agents with all steps, measured or not; then others that had calls, or were seen in one.
 */
export function completeStats(
  { measured, seen }: Measured,
  window: StatsWindow,
  agents: readonly Pick<ListedAgent, 'name' | 'deployments'>[],
): AgentStats[] {
  const listed = agents.flatMap(({ name, deployments }) =>
    deployments.map((deployment) => ({ agent: name, deployment })),
  );
  const others = [...measured, ...seen].filter(
    (one, at, every) =>
      !listed.some((other) => isSame(other, one)) &&
      every.findIndex((other) => isSame(other, one)) === at,
  );
  const all = [...listed, ...others].map(
    (one): AgentStats => ({
      ...{ ...NOTHING, errors: 0, endedBy: {}, outcomes: {}, steps: [] },
      ...one,
      ...measured.find((found) => isSame(found, one)),
    }),
  );
  return all.map((one) => ({ ...one, steps: everyStep(one.steps, window) }));
}

function everyStep(steps: readonly Step[], { since, until, stepMs }: StatsWindow): Step[] {
  const known = new Map(steps.map((step) => [step.at, step]));
  return Array.from({ length: (until - since) / stepMs }, (_, index) => {
    const at = since + index * stepMs;
    return known.get(at) ?? { ...NOTHING, at };
  });
}

/** Number of calls or measured values that each side needs. Our own choice. */
export const ENOUGH = 20;
/** Minimum difference of medians, in milliseconds and as a share. Our own choice. */
export const TELLING_MS = 50;
export const TELLING_SHARE = 0.1;
/** Two-sided 95 % quantile of the normal distribution. */
const Z = 1.96;

const TIMES = ['timeToJoin', 'timeToFirstAudio', 'answer'] as const;
export type TimeName = (typeof TIMES)[number];

/** A significant difference between one deployment and the other. */
export type Difference =
  | { readonly of: 'join'; readonly more: boolean; readonly points: number }
  | { readonly of: TimeName; readonly slower: boolean; readonly ms: number };

/** `few`: not enough calls on one side. Otherwise all significant differences, possibly none. */
export type Comparison =
  | { readonly few: true }
  | { readonly few: false; readonly differences: readonly Difference[] };

/** The 95 % confidence interval of a share by Wilson's score, which also works near 0 and 1. */
function interval(hits: number, of: number): { readonly low: number; readonly high: number } {
  const share = hits / of;
  const middle = share + Z ** 2 / (2 * of);
  const width = Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  const scale = 1 + Z ** 2 / of;
  return { low: (middle - width) / scale, high: (middle + width) / scale };
}

/** Number of calls for which it is known whether an agent joined. */
export const decided = ({ joined, missed }: Pick<AgentStats, 'joined' | 'missed'>): number =>
  joined + missed;

/** Share of calls that an agent joined, 0 to 1; undefined if none is decided. */
export function joinShare(stats: Pick<AgentStats, 'joined' | 'missed'>): number | undefined {
  const of = decided(stats);
  return of === 0 ? undefined : stats.joined / of;
}

function joinDifference(one: AgentStats, other: AgentStats): Difference[] {
  const [a, b] = [interval(one.joined, decided(one)), interval(other.joined, decided(other))];
  if (a.low <= b.high && b.low <= a.high) return [];
  const points = ((joinShare(one) ?? 0) - (joinShare(other) ?? 0)) * 100;
  return [{ of: 'join', more: points > 0, points: Math.abs(points) }];
}

function timeDifference(of: TimeName, one: Spread, other: Spread): Difference[] {
  if (Math.min(one.measured, other.measured) < ENOUGH) return [];
  const ms = (one.p50Ms ?? 0) - (other.p50Ms ?? 0);
  const telling = Math.max(TELLING_MS, TELLING_SHARE * (other.p50Ms ?? 0));
  return Math.abs(ms) < telling ? [] : [{ of, slower: ms > 0, ms: Math.abs(ms) }];
}

/** Compares `one` with `other`, in the same window. */
export function compareStats(one: AgentStats, other: AgentStats): Comparison {
  if (Math.min(decided(one), decided(other)) < ENOUGH) return { few: true };
  return {
    few: false,
    differences: [
      ...joinDifference(one, other),
      ...TIMES.flatMap((name) => timeDifference(name, one[name], other[name])),
    ],
  };
}
