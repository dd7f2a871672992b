// Checks how much of the agents' daily minutes is used, if a limit is set.
import type { Ground } from '@/lib/cluster/ground';
import type { Check, CheckResult } from '@/lib/core/finding';
import { minutesToday } from '@/lib/dispatch/limits/minutes-a-day';
import type { DoctorMessages } from '@/lib/doctor/check';

const LIMIT_MS = 8_000;
/** Share of a day's minutes from which the check warns. Our own choice. */
const WARN_SHARE = 0.8;

async function checkMinutes(
  server: Ground,
  words: DoctorMessages['doctorText']['minutes'],
): Promise<CheckResult> {
  const agents = await Promise.all(
    Object.entries(server.config.MINUTES_A_DAY ?? {}).map(async ([agent, most]) => ({
      ...{ agent, most },
      minutes: Math.floor(await minutesToday(server, agent)),
    })),
  );
  const { matters } = words;
  const seen = words.seen(agents);
  const full = agents.filter(({ minutes, most }) => minutes >= most).map(({ agent }) => agent);
  const nearly = agents.some(({ minutes, most }) => minutes >= most * WARN_SHARE);
  if (full.length > 0) return { state: 'fail', seen, matters, todo: words.full(full) };
  return nearly
    ? { state: 'warn', seen, matters, todo: words.nearly }
    : { state: 'ok', seen, matters, todo: '' };
}

/** No check if no limit is set. */
export const minutesChecks = (
  server: Ground,
  { checkTitles, doctorText }: DoctorMessages,
): Check[] => {
  const check: Check = {
    id: 'minutes',
    title: checkTitles.minutes,
    limitMs: LIMIT_MS,
    run: () => checkMinutes(server, doctorText.minutes),
  };
  return server.config.MINUTES_A_DAY ? [check] : [];
};
