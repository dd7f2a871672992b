// Compares two deployments statistically: says nothing if there are too few calls, or if a difference could be chance or
// would not be noticed.
import type { AgentStats, Spread } from './agent-stats';

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
