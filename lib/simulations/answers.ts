// What the routes of simulations answer: schemas for the page that reads it, and the types of what the server sends.
import * as z from 'zod/mini';
import { STARTED_BY, simulationRun } from '@/lib/calls/test-calls/result';
import { wire } from '@/lib/core/snake-case';

const text = z.string();

/** A scenario that can be chosen. */
const choice = z.object({
  name: text,
  title: text,
  /** Name of its folder in `simulations/scenarios/`. */
  group: text,
  agent: text,
});
const liveSession = z.object({
  id: text,
  /** See `SessionOrigin`. */
  by: z.enum([...STARTED_BY, 'developer']),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  /** Total number of runs. */
  runs: z.number(),
  /** Whether somebody asked it to stop. */
  stopping: z.boolean(),
});
/** A running session. */
export type LiveSession = Readonly<z.infer<typeof liveSession>>;

const storedRun = z.object({ ...simulationRun.shape, session: text });
/** A run as the page gets it. */
export type StoredRun = Readonly<z.infer<typeof storedRun>>;

const overview = z.object({
  simulations: z.readonly(z.array(choice)),
  /** Why the files could not be read. */
  fault: z.optional(text),
  live: z.optional(liveSession),
  /** Newest first. */
  runs: z.readonly(z.array(storedRun)),
});
export type SimulationsOverview = Readonly<z.infer<typeof overview>>;
/** `GET /api/simulations` */
export const overviewAnswer = wire(overview);
