// Days of a wall clock: ISO dates as text, which sort as they follow each other. Without a library, as
// the pages use it too.

/** Whether it is a real date, written as "2026-11-27". */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** The day it is in that zone. @param now milliseconds since 1970 */
export function todayIn(zone: string, now: number): string {
  const options = { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const parts = new Intl.DateTimeFormat('en-GB', options).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The earliest day that it is anywhere: twelve hours behind Greenwich. @param now milliseconds since 1970 */
export const earliestToday = (now: number) => todayIn('Etc/GMT+12', now);

/** "14:30" of minutes after midnight. */
export const timeOf = (minute: number) =>
  [Math.floor(minute / 60) % 24, minute % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
