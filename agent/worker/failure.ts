// Why a job process could not start: its own message, what it wrote before it died, or how it died.
// The framework keeps none of this.
import { z } from 'zod';
import { withoutEscapes } from '@/lib/core/escapes';
import { englishDuration } from '@/lib/core/figures';
import { describeError } from '@/lib/core/log';
import { redact } from '@/lib/core/redact';

/** Maximum characters of a failure, as reports carry it. */
const TEXT_MAX = 2_000;
/** A line with an error, as Node prints it: "TypeError: …", "Error [ERR_MODULE_NOT_FOUND]: …". */
const ERROR_LINE = /^(Uncaught )?([A-Z]\w*)?Error( \[\w+\])?: /;
const AFTER_ERROR = /^( {4}at | {2}\w+: |\{|\}|Node\.js v|$)/;

// Our messages from a job process to its worker, next to the framework's.

const failed = z.object({ case: z.literal('callboardFailed'), message: z.string() });
/** The process is ready; by agent name, why it could not load some. */
const loaded = z.object({
  case: z.literal('callboardLoaded'),
  failures: z.record(z.string(), z.string()),
});

/** Why the process cannot start, if the message says so. */
export function failureIn(message: unknown): string | undefined {
  return failed.safeParse(message).data?.message;
}

/** By agent name, why the process could not load some, if the message says so. */
export function unloadedIn(message: unknown): ReadonlyMap<string, string> | undefined {
  const { data } = loaded.safeParse(message);
  return data && new Map(Object.entries(data.failures));
}

const causes = (error: unknown): string[] => {
  if (!(error instanceof Error)) return [String(error)];
  return [error.message, ...(error.cause === undefined ? [] : causes(error.cause))];
};

/** An error and its causes as one text. */
export const errorText = (error: unknown) =>
  withoutEscapes(redact(causes(error).join(' Because: '))).slice(0, TEXT_MAX);

/** In a job process: tells the worker why this process cannot start, which the framework would not. */
export function reportFailedStart(error: unknown): void {
  process.send?.({ case: 'callboardFailed', message: errorText(error) });
}

/** In a job process: tells the worker which agents could not be loaded, and why. */
export function reportLoaded(failures: ReadonlyMap<string, unknown>): void {
  const texts = [...failures].map(([agent, error]) => [agent, errorText(error)]);
  process.send?.({ case: 'callboardLoaded', failures: Object.fromEntries(texts) });
}

/** Uncaught errors end this process, as they do in Node, but are printed without their properties. */
export function printUncaughtErrors(): void {
  // While an agent is loaded, another function stands there.
  const { exit } = process;
  process.once('uncaughtException', (error) => {
    process.stderr.write(`Uncaught Error: ${describeError(error)}\n`);
    exit(1);
  });
}

/** The error in the output of a dead process; undefined if there is none. */
export function errorIn(written: string): string | undefined {
  const lines = written.split('\n');
  const from = lines.findLastIndex((line) => ERROR_LINE.test(line) || line.startsWith('FATAL '));
  if (from === -1) return undefined;
  const length = lines.slice(from + 1).findIndex((line) => AFTER_ERROR.test(line));
  const text = lines.slice(from, length === -1 ? undefined : from + 1 + length).join(' ');
  return redact(text).slice(0, TEXT_MAX);
}

/** How a process ended. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said?: string | undefined;
  readonly written: string;
  readonly ms: number;
}

/** Why it ended, in words. */
export function whyEnded({ code, signal, said, written, ms }: ProcessExit): string {
  const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
  return said ?? errorIn(written) ?? `The process ${how} after ${englishDuration(ms)}`;
}
