// Runs a check, which may throw or never end.
import type { Check, CheckResult, Finding } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { redact } from '@/lib/core/redact';
import { since, TimeoutError, withTimeout } from '@/lib/core/wait';
import { translator } from '@/lib/messages/messages';

function failed(error: unknown, language: Language): CheckResult {
  const t = translator(language, 'doctor');
  if (error instanceof TimeoutError) {
    const seen = t('late', { seconds: error.timeoutMs / 1_000 });
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
  const said = await withTimeout(
    limitMs,
    // Catches synchronous exceptions too.
    Promise.resolve().then(run),
  ).catch((error) => failed(error, language));
  return { id, title, ...said, ms: since(began) };
}
