// Days and times as the practice's wall clock shows them: a day is "2026-11-27", a time is minutes
// after midnight. Everything else in the brain works on these two, so that no time zone slips in.
import { DateTime } from 'luxon';

/** In the order of ISO week days: Monday is 1. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A point on the wall clock. */
export interface Clock {
  /** ISO date. */
  readonly day: string;
  /** Minutes after midnight. */
  readonly minute: number;
}

/** What the wall clock shows at that moment; `zone` is an IANA name, the machine's if left out. */
export function clockOf(now: Date, zone?: string): Clock {
  const local = DateTime.fromJSDate(now, { zone: zone ?? 'system' });
  return { day: local.toISODate() ?? '', minute: local.hour * 60 + local.minute };
}

const at = (day: string) => DateTime.fromISO(day, { zone: 'utc' });

/** Whether it is a real date, written as "2026-11-27". */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && at(text).isValid;
}

/** The day that many days later (or earlier). */
export function addDays(day: string, days: number): string {
  return at(day).plus({ days }).toISODate() ?? day;
}

/** Days from one to the other; negative where the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round(at(to).diff(at(from), 'days').days);
}

export function weekdayOf(day: string): Weekday {
  return WEEKDAYS[at(day).weekday - 1] ?? 'monday';
}

/** Day of the month and names, for speaking. */
export function partsOf(day: string): { date: number; month: string; year: number } {
  const date = at(day).setLocale('en-GB');
  return { date: date.day, month: date.monthLong ?? '', year: date.year };
}

export function firstOfNextMonth(day: string): string {
  return at(day).startOf('month').plus({ months: 1 }).toISODate() ?? day;
}

/** The first day from `from` on (itself included) that is that day of the month. */
export function nextDateOfMonth(from: string, date: number): string | undefined {
  let month = at(from).startOf('month');
  for (let i = 0; i < 3; i += 1, month = month.plus({ months: 1 })) {
    const day = month.set({ day: date });
    const iso = day.toISODate();
    if (day.month === month.month && iso !== null && iso >= from) return iso;
  }
  return undefined;
}

/** "14:30" of minutes after midnight. */
export function toTime(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** Minutes after midnight of "14:30", or undefined. */
export function fromTime(time: string): number | undefined {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time.trim());
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}
