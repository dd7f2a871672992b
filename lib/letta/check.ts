// Checks whether the Letta server keeps what callers said after their data was deleted: by default (0.16.8) it stores each
// request to a model, with the conversation so far, and its API cannot delete that.
import type { Ground } from '@/lib/cluster/ground';
import type { Config } from '@/lib/core/config';
import type { Check, CheckResult } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { lettaClient } from '@/lib/letta/client';
import { translator } from '@/lib/messages/messages';

const LIMIT_MS = 8_000;
/** Latest steps that are looked at: some, such as cancelled ones, have no request. Our own choice. */
const STEPS = 5;

async function checkLetta(
  { LETTA_URL: url = '', LETTA_API_KEY: key }: Config,
  language: Language,
): Promise<CheckResult> {
  const t = translator(language, 'doctor');
  const matters = t('letta.matters');
  const client = await lettaClient({ url, key }, LIMIT_MS);
  const traced = async (id: string) => (await client.steps.trace.retrieve(id)) !== null;
  try {
    const { items } = await client.steps.list({ limit: STEPS, order: 'desc' });
    if (items.length === 0) return { state: 'unknown', seen: t('letta.none'), matters, todo: '' };
    const found = await Promise.all(items.map(({ id }) => traced(id)));
    return found.includes(true)
      ? { state: 'warn', seen: t('letta.traces'), matters, todo: t('letta.todo') }
      : { state: 'ok', seen: t('letta.ok'), matters, todo: '' };
  } catch (error) {
    // Without the body, which may contain what callers said.
    const { status } = error as { readonly status?: number };
    const seen = status ? t('letta.fails', { status }) : t('letta.away');
    return { state: 'unknown', seen, matters, todo: t('letta.awayTodo') };
  }
}

/** No check without a Letta server. */
export const lettaChecks = ({ config }: Ground, language: Language): Check[] => {
  const check: Check = {
    id: 'letta',
    title: translator(language, 'checks')('letta'),
    limitMs: LIMIT_MS,
    run: () => checkLetta(config, language),
  };
  return config.LETTA_URL ? [check] : [];
};
