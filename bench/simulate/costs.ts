// What one call, one event and one look cost, with where each number is from. `--bench FILE` takes those of
// `npm run bench` on another machine in their place. Whatever is assumed is in `assumptions.ts`.
import { z } from 'zod';

/** Parts of the product whose processor time is measured apart. */
export const PARTS = ['workers', 'speech', 'LiveKit', 'web'] as const;
export type Part = (typeof PARTS)[number];
export type ByPart = Readonly<Record<Part, number>>;

export interface Costs {
  /** Milliseconds of processor time to begin and end a call, its greeting with it. */
  readonly beginMs: ByPart;
  /** Milliseconds of processor time for each second of talk. */
  readonly talkMs: ByPart;
  /** MB of memory of one more call on a worker. */
  readonly callMB: number;
  /** Events of a call with a greeting alone, and further ones for each minute of talk. */
  readonly callEvents: number;
  readonly minuteEvents: number;
  /** Milliseconds in which LiveKit says who is in one room. */
  readonly lookMs: number;
  /** Milliseconds in which a web process reads what another one tells of a worker's report. */
  readonly reportMs: number;
  /** Milliseconds of PostgreSQL's processor time for an event that is kept. */
  readonly eventDatabaseMs: number;
  /** Kilobytes of the database for one kept event, indexes with it. */
  readonly eventKB: number;
}

/**
 * Measured with Node 20, November 2026. On two cores of an Intel Xeon by `npm run bench -- --only cost,memory`: what a
 * call takes, web with PGlite in its process, so that some of the database is counted twice. On two cores of an AMD
 * EPYC: look and report by `--only shared`; the two of the database with PostgreSQL 15, 8,640 events written one by
 * one into calls of 72.
 */
export const OURS: Costs = {
  beginMs: { workers: 1_750, speech: 50, LiveKit: 200, web: 310 },
  talkMs: { workers: 115, speech: 40, LiveKit: 22, web: 7 },
  callMB: 81,
  callEvents: 15,
  minuteEvents: 33,
  lookMs: 1.1,
  reportMs: 0.014,
  eventDatabaseMs: 2.6,
  eventKB: 0.9,
};

/** What is read of `test-results/bench.json`. */
const benchFile = z.object({
  rows: z.array(z.object({ what: z.string(), median: z.number().nullable() })),
});

/** The number that a cost is, by the name that `npm run bench` gives it. */
const ROWS = {
  '  one more call': 'callMB',
  'events of a call with a greeting alone': 'callEvents',
  'further events for a minute of talk': 'minuteEvents',
  'who is in a room, asked of LiveKit': 'lookMs',
  'a report of a worker, from another web process': 'reportMs',
} as const;

/**
 * Costs with what a run of `npm run bench` measured in the place of ours; what it has not measured stays.
 * @param text of `test-results/bench.json`
 * @throws Error where it is no such file
 */
export function costsFrom(text: string, costs = OURS): Costs {
  const rows = new Map<string, number>();
  for (const { what, median } of benchFile.parse(JSON.parse(text)).rows) {
    if (median !== null) rows.set(what, Math.max(0, median));
  }
  const byPart = (what: string, before: ByPart) =>
    Object.fromEntries(
      PARTS.map((part) => [part, rows.get(`${what}: ${part}`) ?? before[part]]),
    ) as unknown as ByPart;
  const single = Object.entries(ROWS).flatMap(([what, name]) => {
    const value = rows.get(what);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...costs,
    ...Object.fromEntries(single),
    beginMs: byPart('processor for the beginning and end of a call', costs.beginMs),
    talkMs: byPart('processor for a second of talk', costs.talkMs),
  };
}
