// Statistics of the agents over a time window: what is measured per agent, deployment and version, the window's steps, and how
// two of them compare (nothing is said if there are too few calls, or if a difference could be chance or would not be
// noticed). Pure; `read-stats.ts` queries the database.
import { uniqWith } from 'es-toolkit';
import * as z from 'zod/mini';
import type { ListedAgent } from '@/lib/agents/agent';
import { ENDED_BY } from '@/lib/calls/call';
import { wire } from '@/lib/core/snake-case';

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

const number = z.number();
const text = z.string();

const window = {
  window: z.enum(WINDOWS),
  /** Milliseconds since 1970. The first step begins at `since`; the last one is incomplete and ends at `until`. */
  since: number,
  until: number,
  stepMs: number,
};
const statsWindow = z.object(window);
/** A window with steps that begin at round times, so that the past of a chart does not change. */
export type StatsWindow = Readonly<z.infer<typeof statsWindow>>;

/** The window that ends with the step containing `now`. */
export function windowAt(window: WindowName, now: number): StatsWindow {
  const { stepMs, steps } = STEPS[window];
  const until = (Math.floor(now / stepMs) + 1) * stepMs;
  return { window, since: until - steps * stepMs, until, stepMs };
}

const spread = z.object({ measured: number, p50Ms: z.optional(number), p95Ms: z.optional(number) });
/**
 * Median and 95th percentile in milliseconds: continuous percentiles, interpolated between the two nearest values
 * (SQL's `percentile_cont`, type 7 of Hyndman and Fan). Undefined if nothing was measured.
 */
export type Spread = Readonly<z.infer<typeof spread>>;

const measures = z.object({
  calls: number,
  /** Calls that an agent joined. */
  joined: number,
  /** Calls that ended without an agent. Calls that are neither joined nor missed are still waiting. */
  missed: number,
  /** From the request until an agent joined. */
  timeToJoin: spread,
  /** From the request until the agent's first audio. */
  timeToFirstAudio: spread,
  /** Response latency: from the end of the caller's speech to the first audio of the answer, for all answers. */
  answer: spread,
});
/** Measures of the calls requested in the same period. */
export type Measures = Readonly<z.infer<typeof measures>>;

const step = z.extend(measures, { at: number });
/** One step of a chart. `at` is its beginning, milliseconds since 1970. */
export type Step = Readonly<z.infer<typeof step>>;

const share = z.object({ count: number, of: number });
/** `count` of `of`; the share is not known if `of` is 0. */
export type Share = Readonly<z.infer<typeof share>>;

const figures = z.extend(measures, {
  /** Errors in these calls. */
  errors: number,
  /** Turns of agents that the caller interrupted. */
  interruptions: share,
  /** Runs of tools that failed. */
  toolFailures: share,
  /** Ended calls by how they ended, and by the name of their outcome; zeros are left out. */
  endedBy: z.partialRecord(z.enum(ENDED_BY), number),
  outcomes: z.record(text, number),
  /** Cost of the models that have a price (`prices.ts`), in its currency; undefined if none was used. */
  cost: z.optional(number),
});
/** All figures of the calls to a deployment, or of those that one version answered. */
export type Figures = Readonly<z.infer<typeof figures>>;

/** Most versions of a deployment that are compared, the latest ones. Our own choice: columns that a page can show. */
export const VERSIONS_MAX = 3;

export const versionFigures = z.extend(figures, {
  /** undefined if no agent joined, or none reported its version. */
  version: z.optional(text),
  /** Display name of the deployment. */
  deployment: text,
  /** Failed calls: see `hasFailed` in `read-versions.ts`. */
  wrong: number,
  /** When its last call was requested, in milliseconds since 1970. */
  lastAt: number,
});
/** One version of an agent on one deployment. */
export type VersionFigures = Readonly<z.infer<typeof versionFigures>>;

const agentStats = z.extend(figures, {
  agent: text,
  /** Display name. */
  deployment: text,
  /** The latest versions, newest first; empty if all calls have the same one. */
  versions: z.array(versionFigures),
  /** All steps of the window, including those without a call. */
  steps: z.array(step),
});
/**
 * One deployment of an agent over a window. A call counts for the requested agent and deployment, even if others joined
 * later.
 */
export type AgentStats = Readonly<z.infer<typeof agentStats>>;

const windowStats = z.object({ ...window, agents: z.array(agentStats) });
/** The statistics of a window. */
export type WindowStats = Readonly<z.infer<typeof windowStats>>;
/** `GET /api/agents/stats` */
export const statsAnswer = wire(windowStats);

const UNMEASURED: Spread = { measured: 0, p50Ms: undefined, p95Ms: undefined };
const NOTHING: Measures = {
  calls: 0,
  joined: 0,
  missed: 0,
  timeToJoin: UNMEASURED,
  timeToFirstAudio: UNMEASURED,
  answer: UNMEASURED,
};
const NO_SHARE: Share = { count: 0, of: 0 };

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
  const all = uniqWith([...listed, ...measured, ...seen], isSame).map(
    (one): AgentStats => ({
      ...{ ...NOTHING, errors: 0, endedBy: {}, outcomes: {}, steps: [], versions: [] },
      ...{ interruptions: NO_SHARE, toolFailures: NO_SHARE },
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
type TimeName = (typeof TIMES)[number];
/** What is compared as a share of calls, turns or runs. */
type ShareName = 'join' | 'interruptions' | 'toolFailures';

/** A significant difference between one deployment or version and the other. Points are of 100. */
export type Difference =
  | { readonly of: ShareName; readonly more: boolean; readonly points: number }
  | { readonly of: TimeName; readonly slower: boolean; readonly ms: number };

/** `few`: not enough calls on one side. Otherwise all significant differences, possibly none. */
export type Comparison =
  | { readonly few: true }
  | { readonly few: false; readonly differences: readonly Difference[] };

/** The 95 % confidence interval of a share by Wilson's score, which also works near 0 and 1. */
function interval({ count, of }: Share): { readonly low: number; readonly high: number } {
  const share = count / of;
  const middle = share + Z ** 2 / (2 * of);
  const width = Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  const scale = 1 + Z ** 2 / of;
  return { low: (middle - width) / scale, high: (middle + width) / scale };
}

/** Number of calls for which it is known whether an agent joined. */
export const decided = ({ joined, missed }: Pick<AgentStats, 'joined' | 'missed'>): number =>
  joined + missed;

/** Calls that an agent joined, of those for which it is known. */
export const joinShare = (stats: Pick<AgentStats, 'joined' | 'missed'>): Share => ({
  count: stats.joined,
  of: decided(stats),
});

function shareDifference(of: ShareName, one: Share, other: Share): Difference[] {
  if (Math.min(one.of, other.of) < ENOUGH) return [];
  const [a, b] = [interval(one), interval(other)];
  if (a.low <= b.high && b.low <= a.high) return [];
  const points = (one.count / one.of - other.count / other.of) * 100;
  return [{ of, more: points > 0, points: Math.abs(points) }];
}

function timeDifference(of: TimeName, one: Spread, other: Spread): Difference[] {
  if (Math.min(one.measured, other.measured) < ENOUGH) return [];
  const ms = (one.p50Ms ?? 0) - (other.p50Ms ?? 0);
  const telling = Math.max(TELLING_MS, TELLING_SHARE * (other.p50Ms ?? 0));
  return Math.abs(ms) < telling ? [] : [{ of, slower: ms > 0, ms: Math.abs(ms) }];
}

/** Compares `one` with `other`, in the same window. */
export function compareStats(one: Figures, other: Figures): Comparison {
  if (Math.min(decided(one), decided(other)) < ENOUGH) return { few: true };
  return {
    few: false,
    differences: [
      ...shareDifference('join', joinShare(one), joinShare(other)),
      ...TIMES.flatMap((name) => timeDifference(name, one[name], other[name])),
      ...shareDifference('interruptions', one.interruptions, other.interruptions),
      ...shareDifference('toolFailures', one.toolFailures, other.toolFailures),
    ],
  };
}
