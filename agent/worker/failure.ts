// Why a job process could not start: its own message, what it wrote before it died, or how it died.
// The framework keeps none of this.
import { z } from 'zod';
import { redact } from '../../lib/core/redact';

/** Maximum characters of a failure, as reports carry it. */
const TEXT_MAX = 2_000;
/** A line with an error, as Node prints it: "TypeError: …", "Error [ERR_MODULE_NOT_FOUND]: …". */
const ERROR_LINE = /^(Uncaught )?([A-Z]\w*)?Error( \[\w+\])?: /;
/** Stack frames, and what Node adds. */
const AFTER_ERROR = /^( {4}at | {2}\w+: |\{|\}|Node\.js v|$)/;

/** Our message from a job process to its worker, next to the framework's. */
const failed = z.object({ case: z.literal('callboardFailed'), message: z.string() });

/** The failure in this message, if it is ours. */
export function failureIn(message: unknown): string | undefined {
  return failed.safeParse(message).data?.message;
}

const causes = (error: unknown): string[] => {
  if (!(error instanceof Error)) return [String(error)];
  return [error.message, ...(error.cause === undefined ? [] : causes(error.cause))];
};

/** An error and its causes as one text. */
export const errorText = (error: unknown) =>
  redact(causes(error).join(' Because: ')).slice(0, TEXT_MAX);

/**
 * In a job process: tells the worker that this process cannot start, which the framework would not.
 */
export function reportFailedStart(error: unknown): void {
  process.send?.({ case: 'callboardFailed', message: errorText(error) });
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
  /** Its own failure message. */
  readonly said?: string;
  /** The end of its standard error. */
  readonly written: string;
  /** Milliseconds it ran. */
  readonly ms: number;
}

/** Why it ended, in words. */
export function whyEnded({ code, signal, said, written, ms }: ProcessExit): string {
  const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
  return said ?? errorIn(written) ?? `The process ${how} after ${(ms / 1_000).toFixed(1)} s`;
}
