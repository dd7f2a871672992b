// Days and times as callers and agents say them. `chrono-node` reads most of them; this file adds
// what it reads differently: "half past two", "Friday the 27th", "a week on Friday".
import * as chrono from 'chrono-node';
import { DateTime, Info } from 'luxon';
import { cardinal } from '../speech/figures';
import { nth, sentence } from './phrases';

/** Hours without am or pm that count as afternoon: few businesses open before seven. */
const EARLIEST_HOUR = 7;
export const WEEKDAYS = Info.weekdays('long', { locale: 'en' }).map((name) => name.toLowerCase());
const WEEKDAY = WEEKDAYS.join('|');
const MONTH =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec';

/** What was found in an utterance. */
export interface When {
  /** ISO date; may lie in the past. */
  readonly day?: string;
  /** `HH:MM`. */
  readonly time?: string;
  /** Hours of a part of the day without a time: from the first, before the second. */
  readonly part?: readonly [number, number];
}

/** This machine's wall clock as if it were UTC, so that time zones do not affect counting days. */
const wallClock = (now: Date) =>
  DateTime.fromJSDate(now).setZone('utc', { keepLocalTime: true }) as DateTime<true>;
const dateOf = (day: string) => DateTime.fromISO(day, { zone: 'utc' }) as DateTime<true>;

/** ISO date of today on the wall clock, or this many days later. */
export const dayFrom = (now: Date, days = 0): string => wallClock(now).plus({ days }).toISODate();
/** `HH:MM` on the wall clock. */
export const timeOf = (now: Date): string => wallClock(now).toFormat('HH:mm');
/** "monday", … of an ISO date. */
export const weekdayOf = (day: string): string => WEEKDAYS[dateOf(day).weekday - 1] ?? '';

function nextWeekday(today: DateTime<true>, name: string, weeks = 0): DateTime<true> {
  const ahead = (WEEKDAYS.indexOf(name) - today.weekday + 8) % 7 || 7;
  return today.plus({ days: ahead, weeks });
}

/** The next day with that day of the month. */
function nextDate(today: DateTime<true>, date: number): DateTime<true> | undefined {
  return [0, 1, 2]
    .map((months) => today.startOf('month').plus({ months }).set({ day: date }))
    .find((day) => day.day === date && day >= today.startOf('day'));
}

type Rule = readonly [
  RegExp,
  (match: RegExpExecArray, today: DateTime<true>) => DateTime<true> | undefined,
];
const RULES: readonly Rule[] = [
  [/\bday after tomorrow\b/, (_, today) => today.plus({ days: 2 })],
  [
    new RegExp(`\\bweek (?:on|from) (${WEEKDAY})\\b|\\b(${WEEKDAY}) week\\b`),
    (m, today) => nextWeekday(today, m[1] ?? m[2] ?? '', 1),
  ],
  [/\bweek (?:from )?(?:today|now)\b/, (_, today) => today.plus({ weeks: 1 })],
  [/\bfortnight\b/, (_, today) => today.plus({ weeks: 2 })],
  [
    new RegExp(`\\bnext week(?! (?:on )?(?:${WEEKDAY}))\\b(?<!(?:${WEEKDAY}) next week)`),
    (_, today) => nextWeekday(today, 'monday'),
  ],
  [
    new RegExp(
      `(?<!(?:${MONTH})(?: the)? ?)(?:\\b(?:${WEEKDAY})(?: the)? |\\bthe |\\bon |^(?=\\d+\\w\\w(?:$| (?:please|then|at))))(\\d{1,2})(?:st|nd|rd|th)\\b(?! (?:of|one|1|${MONTH})\\b)`,
    ),
    (m, today) => nextDate(today, Number(m[1])),
  ],
];

const hourBefore = (hour: string) => String(((Number(hour) + 10) % 12) + 1);
const two = (minute: string) => minute.padStart(2, '0');
const NOT_ORDINAL = '(?![\\d:]|st|nd|rd|th)(?! (?:days|weeks|months|minutes|of)\\b)';
/** Times as spoken → as chrono reads them. */
const TIMES: readonly (readonly [RegExp, (...groups: string[]) => string])[] = [
  [/\bhalf(?: past)? (\d{1,2})\b(?![:\d])/g, (_, h) => `${h}:30`],
  [/\b(?:a )?quarter past (\d{1,2})\b/g, (_, h) => `${h}:15`],
  [/\b(?:a )?quarter (?:to|of|till) (\d{1,2})\b/g, (_, h = '') => `${hourBefore(h)}:45`],
  [/\b(\d{1,2})(?: minutes)? past (\d{1,2})\b/g, (_, m = '', h) => `${h}:${two(m)}`],
  [
    /\b(5|10|20|25)(?: minutes)? (?:to|till) (\d{1,2})\b/g,
    (_, m, h = '') => `${hourBefore(h)}:${60 - Number(m)}`,
  ],
  [/\b(\d{1,2}) (?:oh|o) (\d)\b/g, (_, h, m) => `${h}:0${m}`],
  [/\b(\d{1,2}) ([0-5]\d)\b(?! ?\d)(?! (?:minutes|days|weeks))/g, (_, h, m) => `${h}:${m}`],
  [/\b(\d{1,2})([0-5]\d)(?= ?[ap]m\b)/g, (_, h, m) => `${h}:${m}`],
  [/\b(\d{1,2}) o'clock\b/g, (_, h) => `${h}:00`],
  [/\bmidday\b/g, () => 'noon'],
  [
    new RegExp(
      `\\b(?:at|around|about|make it|say|${WEEKDAY}|tomorrow) (\\d{1,2})${NOT_ORDINAL}(?! ?[ap]m)`,
      'g',
    ),
    (all = '', h = '') => `${all.slice(0, -h.length)}at ${h}:00`,
  ],
];
const BARE_HOUR = new RegExp(`\\b(\\d{1,2})${NOT_ORDINAL}(?! ?[ap]m)`);

const PARTS: readonly (readonly [RegExp, readonly [number, number]])[] = [
  [/\bmornings?\b|\bfirst thing\b|\b1st thing\b/, [0, 12]],
  [/\blunch ?time\b/, [12, 14]],
  [/\bafternoons?\b/, [12, 17]],
  [/\bevenings?\b|\btonight\b|\bafter work\b/, [17, 24]],
];

/** Month names are dates only next to a number: "I may come" contains none. */
const NOT_A_DAY =
  /^(?:now|may|march|mar|sun|sat|second|(?:the )?(?:day|week|month|year)|.*\b(?:minutes?|hours?|seconds?)\b.*)$/;

/** Without one of these words, two of chrono's parsers find nothing. */
const SPAN = /\b(?:ago|before|earlier|later|after|from now|henceforth|forward|out)\b/;
/**
 * Without those two: V8 takes 50 ms to compile each of their patterns, in the first answers of a
 * call.
 */
const withoutSpans = chrono.en.casual.clone();
const nothing = new chrono.ParsingContext('');
withoutSpans.parsers = withoutSpans.parsers.filter(
  (parser) => !/\b(?:ago|later)\b/.test(parser.pattern(nothing).source),
);

function readTime(results: readonly chrono.ParsedResult[], text: string): string | undefined {
  const start = results.find((one) => one.start.isCertain('hour'))?.start;
  if (!start) return undefined;
  let hour = start.get('hour') ?? 0;
  if (!start.isCertain('meridiem') && hour < 12) {
    if (/\b(?:afternoon|evening|tonight)\b/.test(text)) hour += 12;
    else if (hour < EARLIEST_HOUR && !/\bmorning\b/.test(text)) hour += 12;
  }
  return `${two(String(hour))}:${two(String(start.get('minute') ?? 0))}`;
}

function readDay(results: readonly chrono.ParsedResult[], text: string, today: DateTime<true>) {
  for (const [pattern, value] of RULES) {
    const match = pattern.exec(text);
    const day = match && value(match, today);
    if (day) return day.toISODate();
  }
  for (const { text: words, start } of results) {
    if (NOT_A_DAY.test(words)) continue;
    if (!start.isCertain('day') && !start.isCertain('weekday')) continue;
    const day = start.date().toISOString().slice(0, 10);
    // "Friday", said on a Friday, is the next one.
    const same = day === today.toISODate() && !start.isCertain('day');
    return same && !/\bthis\b/.test(words) ? today.plus({ weeks: 1 }).toISODate() : day;
  }
  return undefined;
}

/**
 * The day and time in plain text (see `plain`).
 * @param bare whether an hour alone, "three", is a time, because one was asked for
 */
export function readWhen(plainText: string, now: Date, bare = false): When {
  const today = wallClock(now);
  let text = plainText.replace(/\bgood (?:morning|afternoon|evening)\b/g, ' ').trim();
  text = text.replace(new RegExp(`\\b(${MONTH}) the (?=\\d)`, 'g'), '$1 ');
  for (const [pattern, value] of TIMES) text = text.replace(pattern, value);
  const reader = SPAN.test(text) ? chrono.en.casual : withoutSpans;
  const reference = { instant: today.toJSDate(), timezone: 0 };
  const parse = () => reader.parse(text, reference, { forwardDate: true });
  let results = parse();
  if (bare && !results.some(({ start }) => start.isCertain('hour')) && BARE_HOUR.test(text)) {
    text = text.replace(BARE_HOUR, 'at $1:00');
    results = parse();
  }
  const time = readTime(results, text);
  const part = time ? undefined : PARTS.find(([pattern]) => pattern.test(text))?.[1];
  return { day: readDay(results, text, today), time, part };
}

/** `14:30` in spoken form: "half past two", "nine o'clock", "ten twenty", "noon". */
export function sayTime(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const number = (of: number) => cardinal(of).replace('-', ' ');
  const name = (of: number) => number(((of + 11) % 12) + 1);
  if (minute === 0) return hour === 12 ? 'noon' : `${name(hour)} o'clock`;
  if (minute === 15) return `quarter past ${name(hour)}`;
  if (minute === 30) return `half past ${name(hour)}`;
  if (minute === 45) return `quarter to ${name(hour + 1)}`;
  return `${name(hour)} ${minute < 10 ? `oh ${number(minute)}` : number(minute)}`;
}

/**
 * `2026-11-27` in spoken form: "today", "tomorrow", "Friday the 27th", with the month if it is
 * another one.
 */
export function sayDay(day: string, now: Date): string {
  if (day === dayFrom(now)) return 'today';
  if (day === dayFrom(now, 1)) return 'tomorrow';
  const date = dateOf(day).setLocale('en-GB');
  const month = date.month === wallClock(now).month ? '' : ` of ${date.monthLong}`;
  return `${sentence(weekdayOf(day))} the ${nth(date.day)}${month}`;
}

/** The same after "on": "on Friday the 27th", "tomorrow". */
export function onDay(day: string, now: Date): string {
  const said = sayDay(day, now);
  return said.startsWith('to') ? said : `on ${said}`;
}
