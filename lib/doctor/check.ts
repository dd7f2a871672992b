// A check: one question to one part. Small, with a time limit of its own; what it throws or where it
// takes too long is a finding too, so that one broken part never hides another.
import type { Config } from '@/lib/core/config';
import { redact } from '@/lib/core/redact';
import { since, TimeoutError, withTimeout } from '@/lib/core/wait';
import type { Finding, Said } from './finding';
import { type DoctorWords, ENGLISH } from './words';

/** One check. */
export interface Check {
  readonly id: string;
  readonly title: string;
  /** Milliseconds. */
  readonly limitMs: number;
  /** Whether it costs enough that few are to run at once. */
  readonly heavy?: boolean;
  readonly run: (config: Config) => Promise<Said>;
}

function failed(error: unknown, { doctorText }: DoctorWords): Said {
  if (error instanceof TimeoutError) {
    const { late, lateTodo } = doctorText;
    return { state: 'unknown', seen: late(error.timeoutMs), matters: '', todo: lateTodo };
  }
  const why = redact(error instanceof Error ? error.message : String(error));
  const { crashed, crashedTodo } = doctorText;
  return { state: 'unknown', seen: crashed(why), matters: '', todo: crashedTodo };
}

/** What a check finds. Never throws. */
export async function runCheck(
  { id, title, limitMs, run }: Check,
  config: Config,
  words: DoctorWords = ENGLISH,
): Promise<Finding> {
  const began = performance.now();
  const said = await withTimeout(
    limitMs,
    // Also what a check throws before it waits for anything.
    Promise.resolve().then(() => run(config)),
  ).catch((error) => failed(error, words));
  return { id, title, ...said, ms: since(began) };
}
