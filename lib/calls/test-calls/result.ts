// What came of a rehearsal: what the program tells, the database keeps, and page and reports show.
import { z } from 'zod';

/** Most letters of what was said, heard or wrong. */
export const TEXT_MAX = 2_000;
const text = z.string().max(TEXT_MAX);
const name = z.string().max(300);
const id = z.string().min(1).max(100);
/** Milliseconds since 1970. */
const time = z.number().int().min(0);
const ms = z.number().int();

/** One thing that was not as it must be. Words of it for people: `lib/messages/en-rehearsals.ts`. */
const miss = z.discriminatedUnion('kind', [
  /** `near`: what was heard in the place that came nearest. */
  z.object({ kind: z.literal('not heard'), wanted: text, near: text }),
  z.object({ kind: z.literal('heard'), unwanted: text }),
  z.object({ kind: z.literal('no answer'), withinMs: ms }),
  z.object({ kind: z.literal('late'), limitMs: ms, ms }),
  /** `called`: the tools that were, with their arguments. */
  z.object({ kind: z.literal('no tool'), tool: name, args: text, called: text }),
  z.object({ kind: z.literal('other outcome'), wanted: name, was: name }),
  z.object({ kind: z.literal('not handed over'), wanted: name, was: name }),
  /** A criterion that is not met, as the language model that judged the call says. */
  z.object({ kind: z.literal('not met'), criterion: text, why: text }),
  /** Nobody came, the line broke, Callboard did not answer: in words. */
  z.object({ kind: z.literal('failed'), why: text }),
]);
export type Miss = z.infer<typeof miss>;

const lineResult = z.object({
  /** What the caller said; empty where nothing. */
  said: text,
  /** What the recogniser made of the agent's sound. */
  heard: text,
  /** Milliseconds from the caller's last sound to the answer's first; negative where it cut in. */
  delayMs: ms.optional(),
  misses: z.array(miss).max(50),
});
export type LineResult = z.infer<typeof lineResult>;

const RUN_STATES = ['running', 'passed', 'failed', 'stopped'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** One rehearsal, held once. */
const rehearsalRun = z.object({
  id,
  rehearsal: name,
  title: name,
  agent: name,
  /** Shown name. */
  deployment: name,
  /** Which time of how many, from 1. */
  number: z.number().int().min(1),
  state: z.enum(RUN_STATES),
  startedAt: time,
  endedAt: time.optional(),
  /** Id of the call; not set where it is no call of this Callboard. */
  call: id.optional(),
  lines: z.array(lineResult).max(50),
  /** Version that the agent says it is; not set where it says nothing. */
  version: z.string().max(100).optional(),
  /** What is of no line. */
  misses: z.array(miss).max(50),
});
export type RehearsalRun = z.infer<typeof rehearsalRun>;

/** Rehearsals that were started together. */
const rehearsalSession = z.object({
  id,
  by: z.enum(['command line', 'page']),
  startedAt: time,
  endedAt: time.optional(),
  /** How many runs there will be. */
  runs: z.number().int().min(1),
});
export type RehearsalSession = z.infer<typeof rehearsalSession>;

/** What the program tells as it goes on; the answer says whether it is to stop. */
export const rehearsalReport = z.object({
  session: rehearsalSession,
  runs: z.array(rehearsalRun).max(20),
});
export type RehearsalReport = z.infer<typeof rehearsalReport>;
export const REPORTS_PATH = '/api/rehearsals/reports';

/** All that was wrong in a run. */
export const missesOf = ({ lines, misses }: Pick<RehearsalRun, 'lines' | 'misses'>): Miss[] => [
  ...lines.flatMap((line) => line.misses),
  ...misses,
];
