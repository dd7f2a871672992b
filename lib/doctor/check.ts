// Makes checks, and runs them: a check may throw or never end.
import { kebabCase } from 'es-toolkit';
import { duration } from '@/lib/core/figures';
import type { Check, CheckResult, Finding } from '@/lib/core/finding';
import { type Language, LOCALES } from '@/lib/core/language';
import { redact } from '@/lib/core/redact';
import { since, TimeoutError, withTimeout } from '@/lib/core/wait';
import { type Messages, type Translate, translator } from '@/lib/messages/messages';

/** The words of checks. */
export type Words = Translate<'doctor'>;

/** Milliseconds in words, in the language of a check. */
export type Time = (ms: number) => string;
export const timeIn =
  (language: Language): Time =>
  (ms) =>
    duration(ms, LOCALES[language]);

/** What a check found. Why it matters is the same for all of its findings. */
export type Found = Omit<CheckResult, 'matters' | 'todo'> & Partial<Pick<CheckResult, 'todo'>>;

/** A check with the messages of its name. */
export function newCheck(
  name: keyof Messages['checks'] & keyof Messages['doctor'],
  language: Language,
  limitMs: number,
  run: (t: Words, time: Time) => Promise<Found>,
): Check {
  const t = translator(language, 'doctor');
  return {
    id: kebabCase(name),
    title: translator(language, 'checks')(name),
    limitMs,
    run: async () => ({
      matters: t(`${name}.matters`),
      todo: '',
      ...(await run(t, timeIn(language))),
    }),
  };
}

function failed(error: unknown, language: Language): CheckResult {
  const t = translator(language, 'doctor');
  if (error instanceof TimeoutError) {
    const seen = t('late', { time: timeIn(language)(error.timeoutMs) });
    return { state: 'unknown', seen, matters: '', todo: t('lateTodo') };
  }
  const why = redact(error instanceof Error ? error.message : String(error));
  return { state: 'unknown', seen: t('crashed', { why }), matters: '', todo: t('crashedTodo') };
}

/** Runs a check. Never throws. */
export async function runCheck(
  { id, title, limitMs, run }: Check,
  language: Language = 'en',
): Promise<Finding> {
  const began = performance.now();
  // In a promise, so that synchronous exceptions are caught too.
  const work = Promise.resolve().then(run);
  const said = await withTimeout(limitMs, work).catch((error) => failed(error, language));
  return { id, title, ...said, ms: since(began) };
}
