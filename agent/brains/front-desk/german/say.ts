// How times, days and lists are put into German. Times stand as "14 Uhr 30", which says the half of
// the day; dates in words, because a full stop after a number would end the sentence for a
// synthesiser that takes speech sentence by sentence.
import { DateTime } from 'luxon';
import { daysBetween, WEEKDAYS, type Weekday, weekdayOf } from '../calendar';
import type { Practice, Span } from '../facts';
import { ordinal } from './plain';

const DAYS = 'Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag'.split(' ');

/** "9 Uhr", "14 Uhr 30". */
export function sayTime(minute: number): string {
  const rest = minute % 60;
  return `${Math.floor(minute / 60)} Uhr${rest ? ` ${rest}` : ''}`;
}

export const sayWeekday = (day: Weekday) => DAYS[WEEKDAYS.indexOf(day)] ?? '';

/** "Freitag, dem siebenundzwanzigsten", with the month where it is another one than that of `today`. */
function sayDate(day: string, today: string): string {
  const date = DateTime.fromISO(day, { zone: 'utc' }).setLocale('de');
  const month = day.slice(0, 7) === today.slice(0, 7) ? '' : ` ${date.monthLong}`;
  return `${sayWeekday(weekdayOf(day))}, dem ${ordinal(date.day)}en${month}`;
}

/** "Freitag, der siebenundzwanzigste November". */
export function sayToday(day: string): string {
  const date = DateTime.fromISO(day, { zone: 'utc' }).setLocale('de');
  return `${sayWeekday(weekdayOf(day))}, der ${ordinal(date.day)}e ${date.monthLong}`;
}

/** "heute", "morgen", "am Freitag, dem siebenundzwanzigsten". */
export function onDay(day: string, today: string): string {
  const away = daysBetween(today, day);
  if (away === 0) return 'heute';
  if (away === 1) return 'morgen';
  return `am ${sayDate(day, today)}`;
}

/** A day of the next week by its name alone, any other with its date between commas. */
export function sayNear(day: string, today: string): string {
  const named = onDay(day, today);
  if (!named.includes(',')) return named;
  return daysBetween(today, day) <= 7 ? named.replace(/,.*/, '') : `${named},`;
}

/** A day and a time in one: "morgen um 9 Uhr", "am Montag, dem dritten, um 9 Uhr". */
export function sayWhen(day: string, minute: number, today: string): string {
  const named = onDay(day, today);
  return `${named}${named.includes(',') ? ',' : ''} um ${sayTime(minute)}`;
}

/** "a, b und c". */
export function list(items: readonly string[], word: 'und' | 'oder' = 'und'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** Offered times: "9 Uhr, 12 Uhr oder 14 Uhr 30". */
export const sayOffers = (offers: readonly { readonly minute: number }[]) =>
  list(
    offers.map(({ minute }) => sayTime(minute)),
    'oder',
  );

/** "8 Uhr 30 bis 18 Uhr". */
export const saySpans = (spans: readonly Span[]) =>
  list(spans.map(({ from, to }) => `${sayTime(from)} bis ${sayTime(to)}`));

/** The week's hours with equal days together. */
export function sayWeek(hours: Practice['hours']): string[] {
  const groups: { first: Weekday; last: Weekday; text: string }[] = [];
  for (const day of WEEKDAYS) {
    const text = saySpans(hours[day]);
    const group = groups.at(-1);
    if (group && group.text === text) group.last = day;
    else groups.push({ first: day, last: day, text });
  }
  const name = ({ first, last }: { first: Weekday; last: Weekday }) =>
    first === last ? sayWeekday(first) : `${sayWeekday(first)} bis ${sayWeekday(last)}`;
  const open = groups.filter(({ text }) => text !== '');
  const closed = groups.filter(({ text }) => text === '');
  return [
    `Geöffnet ist ${list(open.map((group) => `${name(group)} ${group.text}`))}.`,
    ...(closed.length > 0 ? [`${list(closed.map(name))} ist geschlossen.`] : []),
  ];
}

/** Digits one by one, in the groups they were written in. */
export const sayPhone = (phone: string) =>
  (phone.match(/\d+/g) ?? []).map((group) => [...group].join(' ')).join(', ');

/** The first letter large, as a sentence begins. */
export const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
