// The minutes a day that agents may have: how much of today's is used. Asked only where there is a ceiling.
import type { Config } from '@/lib/core/config';
import { minutesToday } from '@/lib/dispatch/limits/minutes-a-day';
import type { Check } from '../check';
import type { Said } from '../finding';
import type { DoctorWords } from '../words';

const LIMIT_MS = 8_000;
/** Part of a day's minutes from which somebody should know. Our own choice. */
const NEARLY = 0.8;

async function used(config: Config, words: DoctorWords['doctorText']['minutes']): Promise<Said> {
  const agents = await Promise.all(
    Object.entries(config.MINUTES_A_DAY ?? {}).map(async ([agent, most]) => ({
      ...{ agent, most },
      minutes: Math.floor(await minutesToday(agent)),
    })),
  );
  const { matters } = words;
  const seen = words.seen(agents);
  const full = agents.filter(({ minutes, most }) => minutes >= most).map(({ agent }) => agent);
  const nearly = agents.some(({ minutes, most }) => minutes >= most * NEARLY);
  if (full.length > 0) return { state: 'fail', seen, matters, todo: words.full(full) };
  return nearly
    ? { state: 'warn', seen, matters, todo: words.nearly }
    : { state: 'ok', seen, matters, todo: '' };
}

/** None where no ceiling is set. */
export const minutesChecks = ({ checkTitles, doctorText }: DoctorWords): Check[] => {
  const check: Check = {
    id: 'minutes',
    title: checkTitles.minutes,
    limitMs: LIMIT_MS,
    run: (config) => used(config, doctorText.minutes),
  };
  // What is looked at is known before the settings are, which may be wrong.
  return process.env.MINUTES_A_DAY ? [check] : [];
};
