import type { Check, CheckResult, Finding } from '@/lib/core/finding';
import type { Language, MessagesOf } from '@/lib/core/language';
import { redact } from '@/lib/core/redact';
import { since, TimeoutError, withTimeout } from '@/lib/core/wait';
import { whyMessages } from '@/lib/doctor/messages/verdicts';
import { doctorMessages } from '@/lib/messages/doctor';

function failed(error: unknown, { doctorText }: DoctorMessages): CheckResult {
  if (error instanceof TimeoutError) {
    const { late, lateTodo } = doctorText;
    return { state: 'unknown', seen: late(error.timeoutMs), matters: '', todo: lateTodo };
  }
  const why = redact(error instanceof Error ? error.message : String(error));
  const { crashed, crashedTodo } = doctorText;
  return { state: 'unknown', seen: crashed(why), matters: '', todo: crashedTodo };
}

/** Runs a check. Never throws. */
export async function runCheck(
  { id, title, limitMs, run }: Check,
  words: DoctorMessages = ENGLISH,
): Promise<Finding> {
  const began = performance.now();
  const said = await withTimeout(
    limitMs,
    // Catches synchronous exceptions too.
    Promise.resolve().then(run),
  ).catch((error) => failed(error, words));
  return { id, title, ...said, ms: since(began) };
}

/** The doctor's texts in one language. */
export type DoctorMessages = MessagesOf<typeof doctorMessages> & MessagesOf<typeof whyMessages>;

/** The doctor's texts in a language. */
export const doctorMessagesIn = (language: Language): DoctorMessages => ({
  ...doctorMessages[language],
  ...whyMessages[language],
});

export const ENGLISH = doctorMessagesIn('en');
