// What all calls share, and so cannot be had twice: at how many calls each is full, and what to change
// then. Pure. The one that is full first is the bottleneck.
import { REPORT_EVERY_MS } from '@/lib/worker-report';
import type { Assumptions } from './assumptions';
import type { Costs } from './costs';
import { eventsOf, needsOf, WEB_CONNECTIONS } from './needs';

/** Milliseconds between the watcher's comparisons with LiveKit (`lib/watch/leading.ts`). */
const RECONCILE_EVERY_MS = 15_000;
/** Messages to other web processes for each event that is written: which call, and which event. */
const NOTICES_AN_EVENT = 2;

/** Something that all calls share. */
export interface Limit {
  readonly what: string;
  /** Most calls at once that it carries. */
  readonly calls: number;
  /** What to change before. */
  readonly change: string;
}

/** The most calls for which `load` is at most 1. `load` grows with calls. */
function most(load: (calls: number) => number): number {
  let low = 0;
  let high = 1e9;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (load(middle) <= 1) low = middle;
    else high = middle;
  }
  return low;
}

/** All that is shared, that which is full first before the others. */
export function limitsOf(costs: Costs, assumed: Assumptions): readonly Limit[] {
  const needs = (calls: number) => needsOf(calls, costs, assumed);
  const events = (calls: number) => (calls / (assumed.minutes * 60)) * eventsOf(costs, assumed);
  const reports = (calls: number) => needs(calls).workers / (REPORT_EVERY_MS / 1_000);
  const limits: Limit[] = [
    {
      what: 'the watcher asks LiveKit who is in each room, one after the other, every 15 s',
      calls: most((calls) => (calls * costs.lookMs) / RECONCILE_EVERY_MS),
      change: 'let it ask for many rooms at once, then give each web process a share of the rooms',
    },
    {
      what: 'each web process hears of every report and every event of all',
      calls: most(
        (calls) =>
          ((reports(calls) + NOTICES_AN_EVENT * events(calls)) * costs.reportMs) /
          (1_000 * assumed.fill),
      ),
      change: 'let workers report less often, or in cells: each with its own web processes',
    },
    {
      what: 'connections to PostgreSQL, of which each web process has 23',
      calls: most((calls) => (needs(calls).webs * WEB_CONNECTIONS) / assumed.databaseConnections),
      change: 'fewer connections for each web process; then cells, each with a database of its own',
    },
    {
      what: 'transactions that tell others wait for each other (NOTIFY)',
      calls: most(
        (calls) => ((events(calls) + reports(calls)) * assumed.notifyMs) / (1_000 * assumed.fill),
      ),
      change: 'tell others by Redis, which LiveKit has anyway; then cells',
    },
    {
      what: 'the processors of the one PostgreSQL that is written to',
      calls: most((calls) => needs(calls).databaseCpus / assumed.databaseCpus),
      change: 'write more events in one transaction; then cells',
    },
  ];
  return limits.sort((a, b) => a.calls - b.calls);
}
