// Finds the day in the plain form of what was said. `chrono-node` knows most ways to name one; the
// rest here is what callers say that it reads otherwise: "Friday the 27th", "a week on Friday".
import * as chrono from 'chrono-node';
import {
  addDays,
  type Clock,
  daysBetween,
  firstOfNextMonth,
  isDay,
  nextDateOfMonth,
  partsOf,
  toTime,
  WEEKDAYS,
  weekdayOf,
} from './calendar';

/** The day a caller named. */
interface DayWish {
  /** ISO date; may lie in the past. */
  readonly day?: string;
  /** No day but a first one: "next week", "as soon as possible". */
  readonly from?: string;
  readonly rest: string;
}

const WEEKDAY = WEEKDAYS.join('|');
const MONTH =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec';
/** A date this much earlier in the year was meant as past, and not as next year's. */
const MEANT_PAST_DAYS = 90;

const without = (text: string, match: RegExpExecArray | { index: number; 0: string }) =>
  `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`
    .replace(/\b(?:on|for|by|from) +(?= |$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The next such weekday after today. */
function nextWeekday(today: string, name: string): string {
  for (let i = 1; i <= 7; i += 1) {
    const day = addDays(today, i);
    if (weekdayOf(day) === name) return day;
  }
  return today;
}

const monday = (today: string, weeks: number) =>
  addDays(nextWeekday(today, 'monday'), 7 * (weeks - 1));

/** "The first Monday in January": of the next such month. */
function nthWeekday(today: string, nth: number, weekday: string, month: string): string {
  let first = firstOfNextMonth(today);
  while (!partsOf(first).month.toLowerCase().startsWith(month.slice(0, 3))) {
    first = firstOfNextMonth(first);
  }
  while (weekdayOf(first) !== weekday) first = addDays(first, 1);
  return addDays(first, 7 * (nth - 1));
}

type Rule = readonly [RegExp, (match: RegExpExecArray, today: string) => Omit<DayWish, 'rest'>];

const RULES: readonly Rule[] = [
  [
    /\b(?:as soon as (?:possible|you can)|as early as (?:possible|you can)|asap|(?:the )?(?:earliest|soonest|(?:next|1st) (?:available|free|possible))(?: (?:appointment|time|slot|one|day))?|any ?time (?:this week|soon)|(?:later )?this week|any day|whenever)\b/,
    (_, today) => ({ from: today }),
  ],
  [
    new RegExp(`\\bany (?:week ?)?day (?:but|except)(?: for| on| not)? (${WEEKDAY})\\b`),
    (m, today) => {
      const first = monday(today, 1);
      return { day: weekdayOf(first) === m[1] ? addDays(first, 1) : first };
    },
  ],
  [/\b(?:the )?day after tomorrow\b/, (_, today) => ({ day: addDays(today, 2) })],
  [
    new RegExp(`\\b(?:a )?week (?:on|from) (${WEEKDAY})\\b|\\b(${WEEKDAY}) week\\b`),
    (m, today) => ({ day: addDays(nextWeekday(today, m[1] ?? m[2] ?? ''), 7) }),
  ],
  [
    /\b(?:(\d) weeks|a fortnight) (?:from )?today\b/,
    (m, today) => ({ day: addDays(today, 7 * Number(m[1] ?? 2)) }),
  ],
  [
    /\b(?:at |by )?the end of (next|the|this) week\b/,
    (m, today) => ({ day: addDays(monday(today, m[1] === 'next' ? 1 : 0), 4) }),
  ],
  [
    /\b(?:in )?(?:the )?middle of (?:the|next|this) week\b|\bmid ?week\b/,
    (_, today) => ({ day: nextWeekday(today, 'wednesday') }),
  ],
  [/\ba week today\b/, (_, today) => ({ day: addDays(today, 7) })],
  [/\ba week tomorrow\b/, (_, today) => ({ day: addDays(today, 8) })],
  [
    new RegExp(`\\b(\\d) weeks (?:on|from) (${WEEKDAY})\\b`),
    (m, today) => ({ day: addDays(nextWeekday(today, m[2] ?? ''), 7 * Number(m[1])) }),
  ],
  [/\bin a fortnight\b/, (_, today) => ({ day: addDays(today, 14) })],
  [
    new RegExp(`\\bnext week(?: on)? (${WEEKDAY})\\b|\\b(${WEEKDAY}) (?:of )?next week\\b`),
    (m, today) => ({ day: addDays(monday(today, 1), WEEKDAYS.indexOf((m[1] ?? m[2]) as never)) }),
  ],
  [
    /\b(?:some ?time |any ?time |any day )?(?:in )?next week\b/,
    (_, today) => ({ from: monday(today, 1) }),
  ],
  [
    new RegExp(`\\b(1st|2nd|3rd|4th) (${WEEKDAY}) (?:in|of) (${MONTH})\\b`),
    (m, today) => ({ day: nthWeekday(today, Number(m[1]?.[0]), m[2] ?? '', m[3] ?? '') }),
  ],
  [/\b(?:the )?week after next\b/, (_, today) => ({ from: monday(today, 2) })],
  [/\b(?:some ?time )?next month\b/, (_, today) => ({ from: firstOfNextMonth(today) })],
  // A day of the month without a month, which would be chrono's to read.
  [
    new RegExp(
      `(?<!(?:${MONTH})(?: the)? ?)(?:\\b(?:${WEEKDAY})(?: the)? |\\bthe |\\bon |^(?=\\d+\\w\\w(?:$| (?:please|then|at|would|works|in|of))))(\\d{1,2})(?:st|nd|rd|th)\\b(?! (?:of|one|1)\\b)(?! (?:${MONTH}))`,
    ),
    (m, today) => ({ day: nextDateOfMonth(today, Number(m[1])) }),
  ],
];

/** Month names are days only with a number beside them: "I may come" names none. */
const NOT_A_DAY = /^(?:now|may|march|mar|sun|sat|second|.*\b(?:minutes?|hours?|seconds?)\b.*)$/;

/** Without one of these words, two of its parsers find nothing. */
const SPAN = /\b(?:ago|before|earlier|later|after|from now|henceforth|forward|out)\b/;

/** Without those two: the engine takes 50 ms for each of their patterns once, in the first answers of a call. */
export const withoutSpans = chrono.en.casual.clone();
const nothing = new chrono.ParsingContext('');
withoutSpans.parsers = withoutSpans.parsers.filter(
  (parser) => !/\b(?:ago|later)\b/.test(parser.pattern(nothing).source),
);

/** Finds a day in plain text from which the times are taken out already. */
export function readDay(text: string, clock: Clock): DayWish {
  for (const [pattern, value] of RULES) {
    const match = pattern.exec(text);
    if (!match) continue;
    const found = value(match, clock.day);
    if (found.day ?? found.from) return { ...found, rest: without(text, match) };
  }
  const dated = text.replace(new RegExp(`\\b(${MONTH}) the (?=\\d)`), '$1 ');
  const past = /\b(?:last|yesterday|ago)\b/.test(text);
  // The wall clock is given as if it were UTC, and read back so: no zone takes part.
  const instant = new Date(`${clock.day}T${toTime(clock.minute)}:00Z`);
  const reader = SPAN.test(dated) ? chrono.en.casual : withoutSpans;
  const results = reader.parse(dated, { instant, timezone: 0 }, { forwardDate: false });
  for (const result of results) {
    if (NOT_A_DAY.test(result.text)) continue;
    const { start } = result;
    const named = ['day', 'weekday'].some((part) => start.isCertain(part as 'day' | 'weekday'));
    const relative = start.tags().size > 0 && !start.isCertain('hour');
    if (!named && !relative) continue;
    const at = start.date();
    let day = at.toISOString().slice(0, 10);
    if (!isDay(day)) continue;
    const ago = daysBetween(day, clock.day);
    if (start.isCertain('weekday') && !start.isCertain('day') && !past) {
      const name = WEEKDAYS[((start.get('weekday') ?? 1) + 6) % 7] ?? 'monday';
      const next = nextWeekday(clock.day, name);
      if (!/\bnext\b/.test(result.text)) {
        day = /\bthis\b/.test(result.text) && weekdayOf(clock.day) === name ? clock.day : next;
      } else if (ago >= 0) day = next;
    } else if (start.isCertain('month') && !start.isCertain('year') && ago > MEANT_PAST_DAYS) {
      day = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
    }
    return { day, rest: without(dated, { index: result.index, 0: result.text }) };
  }
  return { rest: text };
}
