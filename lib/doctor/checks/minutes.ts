// Checks how much of the agents' daily minutes is used, if a limit is set.
import type { Ground } from '@/lib/cluster/ground';
import type { Check, CheckResult } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { minutesToday } from '@/lib/dispatch/limits/minutes-a-day';
import { translator } from '@/lib/messages/messages';

const LIMIT_MS = 8_000;
/** Share of a day's minutes from which the check warns. Our own choice. */
const WARN_SHARE = 0.8;

async function checkMinutes(server: Ground, language: Language): Promise<CheckResult> {
  const t = translator(language, 'doctor');
  const agents = await Promise.all(
    Object.entries(server.config.MINUTES_A_DAY ?? {}).map(async ([agent, most]) => ({
      ...{ agent, most },
      minutes: Math.floor(await minutesToday(server, agent)),
    })),
  );
  const matters = t('minutes.matters');
  const seen = `${agents.map((one) => t('minutes.seen', one)).join(', ')}.`;
  const full = agents.filter(({ minutes, most }) => minutes >= most).map(({ agent }) => agent);
  const nearly = agents.some(({ minutes, most }) => minutes >= most * WARN_SHARE);
  if (full.length > 0) {
    return { state: 'fail', seen, matters, todo: t('minutes.full', { agents: full.join(', ') }) };
  }
  return nearly
    ? { state: 'warn', seen, matters, todo: t('minutes.nearly') }
    : { state: 'ok', seen, matters, todo: '' };
}

/** No check if no limit is set. */
export const minutesChecks = (server: Ground, language: Language): Check[] => {
  const check: Check = {
    id: 'minutes',
    title: translator(language, 'checks')('minutes'),
    limitMs: LIMIT_MS,
    run: () => checkMinutes(server, language),
  };
  return server.config.MINUTES_A_DAY ? [check] : [];
};
