// Days and times: counting them on the wall clock, and saying them. `read-when.ts` reads them.
import { DateTime, Info } from 'luxon';
import { nth, sentence } from '@/agent/scripted/phrases';
import { cardinal } from '@/agent/speech/figures';

/** Hours without am or pm that count as afternoon: few businesses open before seven. */
export const EARLIEST_HOUR = 7;
/** First hour that is evening, and not understood without the word. */
const EVENING = 19;
/** Days ahead, or past, from which a date is said with its year. */
const WITH_YEAR = 330;
export const WEEKDAYS = Info.weekdays('long', { locale: 'en' }).map((name) => name.toLowerCase());

/** This machine's wall clock as if it were UTC, so that time zones do not affect counting days. */
export const wallClock = (now: Date) =>
  DateTime.fromJSDate(now).setZone('utc', { keepLocalTime: true }) as DateTime<true>;
export const dateOf = (day: string) => DateTime.fromISO(day, { zone: 'utc' }) as DateTime<true>;

/** ISO date of today on the wall clock, or this many days later. */
export const dayFrom = (now: Date, days = 0): string => wallClock(now).plus({ days }).toISODate();
/** `HH:MM` on the wall clock. */
export const timeOf = (now: Date): string => wallClock(now).toFormat('HH:mm');
/** "monday", … of an ISO date. */
export const weekdayOf = (day: string): string => WEEKDAYS[dateOf(day).weekday - 1] ?? '';

/**
 * `14:30` in spoken form: "half past two", "nine o'clock", "ten twenty", "noon". The half of the
 * day is said where the hour alone means the other one: "six o'clock in the morning".
 */
export function sayTime(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  if (minute === 0 && hour % 12 === 0) return hour === 12 ? 'noon' : 'midnight';
  const number = (of: number) => cardinal(of).replace('-', ' ');
  const name = (of: number) => number(((of + 11) % 12) + 1);
  const half =
    hour === 0
      ? ' at night'
      : hour < EARLIEST_HOUR
        ? ' in the morning'
        : hour < EVENING
          ? ''
          : ' in the evening';
  if (minute === 0) return `${name(hour)} o'clock${half}`;
  if (minute === 15) return `quarter past ${name(hour)}${half}`;
  if (minute === 30) return `half past ${name(hour)}${half}`;
  if (minute === 45) return `quarter to ${name(hour + 1)}${half}`;
  return `${name(hour)} ${minute < 10 ? `oh ${number(minute)}` : number(minute)}${half}`;
}

/** "the 3rd of December", with the year if it is far. */
export function sayDate(day: string, now: Date): string {
  const date = dateOf(day).setLocale('en-GB');
  const far = Math.abs(date.diff(wallClock(now), 'days').days) > WITH_YEAR;
  return `the ${nth(date.day)} of ${date.monthLong}${far ? ` ${date.year}` : ''}`;
}

/** "Friday the 27th", with the month if it is another one. */
function sayWeekday(day: string, now: Date): string {
  const same = day.slice(0, 7) === dayFrom(now).slice(0, 7);
  const date = sayDate(day, now);
  return `${sentence(weekdayOf(day))} ${same ? date.replace(/ of .*/, '') : date}`;
}

/** `2026-11-27` in spoken form: "today", "tomorrow", "Friday the 27th", "Tuesday the 1st of December". */
export function sayDay(day: string, now: Date): string {
  if (day === dayFrom(now)) return 'today';
  return day === dayFrom(now, 1) ? 'tomorrow' : sayWeekday(day, now);
}

/** The same, always with weekday and date: "tomorrow, Saturday the 21st". */
export function sayFullDay(day: string, now: Date): string {
  const [said, full] = [sayDay(day, now), sayWeekday(day, now)];
  return said === full ? full : `${said}, ${full}`;
}

/** The same after "on": "on Friday the 27th", "tomorrow". */
export function onDay(day: string, now: Date): string {
  const said = sayDay(day, now);
  return said.startsWith('to') ? said : `on ${said}`;
}
