// Results of simulations: the format in which the program reports them, the database stores them, and pages show them.
import * as z from 'zod/mini';

/** Maximum characters of a text. */
export const TEXT_MAX = 2_000;
const text = z.string().check(z.maxLength(TEXT_MAX));
const name = z.string().check(z.maxLength(300));
const id = z.string().check(z.minLength(1), z.maxLength(100));
/** Milliseconds since 1970. */
const time = z.int().check(z.minimum(0));
const ms = z.int();
const fromOne = z.int().check(z.minimum(1));

const kinds = z.discriminatedUnion('kind', [
  /** `near`: the most similar part of what was heard. */
  z.object({ kind: z.literal('not heard'), wanted: text, near: text }),
  z.object({ kind: z.literal('heard'), unwanted: text }),
  z.object({ kind: z.literal('no answer'), withinMs: ms }),
  z.object({ kind: z.literal('late'), limitMs: ms, ms }),
  /** `called`: the tools that were called, with their arguments. */
  z.object({ kind: z.literal('no tool'), tool: name, args: text, called: text }),
  z.object({ kind: z.literal('other outcome'), wanted: name, was: name }),
  z.object({ kind: z.literal('not handed off'), wanted: name, was: name }),
  /** An unmet criterion, as judged by the language model. */
  z.object({ kind: z.literal('not met'), criterion: text, why: text }),
  /** No agent joined, the connection was lost, or Callboard did not answer: in words. */
  z.object({ kind: z.literal('failed'), why: text }),
]);
/** A failed expectation. In words: `lib/simulations/missed.ts`. */
const miss = z.pipe(z.transform(currentMiss), kinds);
const misses = z.array(miss).check(z.maxLength(50));
export type Miss = z.infer<typeof kinds>;

/** A failed expectation, reported or stored. Before 0.2, one had the kind `not handed over`. */
function currentMiss(one: unknown): unknown {
  const isOld = Object(one).kind === 'not handed over';
  return isOld ? { ...Object(one), kind: 'not handed off' } : one;
}

type Result = Pick<SimulationRun, 'lines' | 'misses' | 'version'>;
/** The stored result of a run. */
export function readResult({ lines, misses, version }: Result): Result {
  const current = (all: readonly Miss[]) => all.map(currentMiss) as Miss[];
  return {
    lines: lines.map((one) => ({ ...one, misses: current(one.misses) })),
    misses: current(misses),
    version,
  };
}

const lineResult = z.object({
  /** What the test caller said; empty if nothing. */
  said: text,
  /** Transcript of the agent's audio. */
  heard: text,
  /** Milliseconds from the end of the caller's speech to the answer's first audio; negative if it interrupted. */
  delayMs: z.optional(ms),
  misses,
});
export type LineResult = z.infer<typeof lineResult>;

const RUN_STATES = ['running', 'passed', 'failed', 'stopped'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** One run of a scenario. */
export const simulationRun = z.object({
  id,
  /** Name of the scenario. */
  scenario: name,
  title: name,
  agent: name,
  /** Display name. */
  deployment: name,
  /** Number of the repetition, from 1. */
  number: fromOne,
  state: z.enum(RUN_STATES),
  startedAt: time,
  endedAt: z.optional(time),
  /** Id of the call; not set if it is not a call of this Callboard. */
  call: z.optional(id),
  lines: z.array(lineResult).check(z.maxLength(50)),
  /** Version reported by the agent; not set if it reports none. */
  version: z.optional(z.string().check(z.maxLength(100))),
  /** Failures that belong to no line. */
  misses,
});
export type SimulationRun = z.infer<typeof simulationRun>;

/** From where the program is started. */
export const STARTED_BY = ['command line', 'page'] as const;

/** Simulations that were started together. */
export const simulationSession = z.object({
  id,
  by: z.enum(STARTED_BY),
  startedAt: time,
  endedAt: z.optional(time),
  /** Total number of runs. */
  runs: fromOne,
});
export type SimulationSession = z.infer<typeof simulationSession>;

/**
 * Who started a session, as stored. `developer`: a program of somebody without the permission to change the rules, whose
 * reports this server did not see happen, so that they do not count for a rollout.
 */
export type SessionOrigin = SimulationSession['by'] | 'developer';
