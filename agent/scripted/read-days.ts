// The days in an utterance: weekdays, dates, distances from today, weeks and months. A day that is ambiguous or does
// not exist is found as such, for the agent to ask.
import type { DateTime } from 'luxon';
import { one, oneOf, type Rule } from '@/agent/scripted/mentions';
import { nth, sentence } from '@/agent/scripted/phrases';
import { dateOf, WEEKDAYS } from '@/agent/scripted/when';
import { MONTHS } from '@/agent/scripted/written-dates';

type Day = DateTime<true>;

const WEEKDAY = WEEKDAYS.join('|');
const MONTH = `${MONTHS.join('|')}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec`;
const NTH = '(\\d{1,2})(?:st|nd|rd|th)';
/** "2026", "26" after slashes, and as spoken: "20 26", "2 thousand 26". */
const YEAR = '(?: ((?:20 |2 thousand (?:and )?)[2-9]\\d|(?:19|20)\\d\\d)(?![\\d:]))?';
/** Before this hour, "tomorrow" may be the day that has already begun. */
const NIGHT_ENDS = 4;
/** Days for which a date without a year counts as past, and not as next year's. */
const JUST_PAST = 90;
/** Days that are the beginning, the middle or the end of a month. */
const PART_OF_MONTH = 7;

/** Days with a name, their day and month. */
const FEASTS: readonly (readonly [RegExp, number, number])[] = [
  [/\b(?:christmas|xmas) eve\b|\bday before (?:christmas|xmas)\b/, 24, 12],
  [/\bboxing day\b|\bday after (?:christmas|xmas)\b/, 26, 12],
  [/\b(?:christmas|xmas)(?: day)?\b/, 25, 12],
  [/\bnew year'?s eve\b/, 31, 12],
  [/\bnew year(?:'?s)?(?: day)?\b/, 1, 1],
];

const iso = (day: Day): string => day.toISODate();
const some = (count: string | undefined) =>
  /^(?:a couple of|a couple)$/.test(count ?? '') ? 2 : Number(count) || 1;
const COUNT = '(\\d{1,3}|an?|a couple of)';

/** The next day of that name, not today. */
const nextWeekday = (today: Day, name: string) =>
  today.plus({ days: (WEEKDAYS.indexOf(name) - today.weekday + 8) % 7 || 7 });
const weekdayIn = (week: Day, name: string) =>
  week.startOf('week').plus({ days: WEEKDAYS.indexOf(name) });

const range = (from: Day, until: Day) => ({ from: iso(from), until: iso(until) });
const monthOf = (name: string) =>
  MONTHS.findIndex((month) => month.startsWith(name.slice(0, 3))) + 1;
const yearOf = (said: string | undefined) => {
  if (!said || said.length === 4) return said ? Number(said) : undefined;
  return 2_000 + Number(said.replace(/\D/g, '').slice(-2));
};

/** The first day of that month, this year or next. */
function nextMonth(today: Day, name: string): Day {
  const month = today.startOf('month').set({ month: monthOf(name) });
  return month < today.startOf('month') ? month.plus({ years: 1 }) : month;
}

/** A date; without a year the next one, or the one that has just passed. */
function dated(today: Day, date: number, month: number, year?: number) {
  const named = today.startOf('month').set({ month, year: year ?? today.year });
  const over =
    named.endOf('month') < today && year === undefined && date > (named.daysInMonth ?? 0);
  const first = over ? named.plus({ years: 1 }) : named;
  const name = MONTHS[month - 1] ?? '';
  if (date < 1 || !name) return oneOf([], 'I know no such date.');
  if (date > (first.daysInMonth ?? 0)) {
    const last = first.endOf('month').startOf('day');
    const leap = date === 29 ? ` ${last.year}` : '';
    const near = date > 31 ? [] : [iso(last), iso(last.plus({ days: 1 }))];
    return oneOf(near, `There is no ${nth(date)} of ${sentence(name)}${leap}.`);
  }
  const day = first.set({ day: date });
  const past = today.startOf('day').diff(day, 'days').days;
  const found = year === undefined && past > JUST_PAST ? day.plus({ years: 1 }) : day;
  return { ...one(iso(found)), dated: true };
}

/** Both readings of "03/12"; with a figure above 12, or if the other one has passed, there is only one. */
function slashed(today: Day, a: number, b: number, year?: number) {
  if (a > 12 || b > 12 || a === b)
    return a > 12 ? dated(today, a, b, year) : dated(today, b, a, year);
  const days = [dated(today, a, b, year), dated(today, b, a, year)].map(({ from }) => from);
  const ahead = days.filter((day) => day >= iso(today));
  return oneOf(ahead.length > 0 ? ahead : days);
}

/** The next days with that day of the month. */
export function withDate(today: Day, date: number, months = 4): string[] {
  return Array.from({ length: months }, (_, later) =>
    today.startOf('month').plus({ months: later }).set({ day: date }),
  )
    .filter((day) => day.day === date && iso(day) >= iso(today))
    .map(iso);
}

/** "next Friday": the coming one, or next week's where both are meant by some. */
function nextNamed(today: Day, name: string) {
  const coming = nextWeekday(today, name);
  const nextWeeks = weekdayIn(today.plus({ weeks: 1 }), name);
  const later = +nextWeeks > +coming ? nextWeeks : coming.plus({ weeks: 1 });
  // On a Sunday the next week has begun for some, and has not for others; nobody calls tomorrow next.
  const unclear =
    +nextWeeks !== +coming ||
    today.weekday === 7 ||
    +coming === +today.plus({ days: 1 }).startOf('day');
  return unclear ? oneOf([iso(coming), iso(later)]) : one(iso(coming));
}

const isWeekend = (day: string) => dateOf(day).weekday > 5;

/** The rules on that day, by the wall clock; earlier ones have precedence. */
export function dayRules(now: Day): readonly Rule[] {
  const today = now.startOf('day');
  const tomorrow = today.plus({ days: 1 });
  const week = today.startOf('week');
  const month = today.startOf('month');
  const last = (day: Day, unit: 'week' | 'month') => day.endOf(unit).startOf('day');
  const base = (name: string) =>
    name === 'tomorrow' ? tomorrow : WEEKDAYS.includes(name) ? nextWeekday(today, name) : today;
  const monthNamed = (said: string) =>
    said === 'next'
      ? month.plus({ months: 1 })
      : /^(?:the|this)?$/.test(said)
        ? month
        : nextMonth(today, said);
  const OF_MONTH = `(?:(next|this|the) month|(${MONTH}))`;
  return [
    [
      new RegExp(
        `(?<!\\b(?:in|next|this|following|coming|last) )\\b(?:${COUNT} weeks?|(?:an? |1 )?(fortnight)|(week)) (?:from |on |after )?(?:next |this )?(today|now|tomorrow|${WEEKDAY})\\b`,
      ),
      ([, count, fortnight, , name = '']) =>
        one(iso(base(name).plus({ weeks: fortnight ? 2 : some(count) }))),
    ],
    [
      new RegExp(`\\b(today|tomorrow|${WEEKDAY}) (week|fortnight)\\b`),
      ([, name = '', unit]) => one(iso(base(name).plus({ weeks: unit === 'week' ? 1 : 2 }))),
    ],
    [/\b(?:the )?day after tomorrow\b/, () => one(iso(today.plus({ days: 2 })))],
    [/(?<=\btomorrow (?:or|and) )the day after\b/, () => one(iso(today.plus({ days: 2 })))],
    [
      new RegExp(`\\b(?:the|${COUNT}) days? (after|before) (${WEEKDAY})\\b`),
      ([, count, way, name = '']) =>
        one(iso(base(name).plus({ days: some(count) * (way === 'after' ? 1 : -1) }))),
    ],
    [/\b(?:the )?day before yesterday\b/, () => one(iso(today.minus({ days: 2 })))],
    [
      new RegExp(`\\b${COUNT} (days?|weeks?|months?|years?) ago\\b`),
      ([, count, unit = '']) => one(iso(today.minus({ [unit]: some(count) }))),
    ],
    [
      new RegExp(`\\b${COUNT} (${WEEKDAY}) from (?:now|today)\\b`),
      ([, count, name = '']) => one(iso(nextWeekday(today, name).plus({ weeks: some(count) - 1 }))),
    ],
    [/\byesterday\b/, () => one(iso(today.minus({ days: 1 })))],
    [
      /\btomorrow\b/,
      () =>
        now.hour < NIGHT_ENDS
          ? oneOf([iso(today), iso(tomorrow)], 'It is past midnight.')
          : one(iso(tomorrow)),
    ],
    [/\btoday\b|\btonight\b|\bthis (?=morning|afternoon|evening|lunch)/, () => one(iso(today))],
    // Distances.
    [
      new RegExp(
        `\\b(?:within(?: the next)?|(?:in|over) the (?:next|coming)) (?:${COUNT} )?(day|week|fortnight|month)s?\\b`,
      ),
      ([, count, unit]) => {
        const many = some(count) * (unit === 'fortnight' ? 2 : 1);
        return range(today, today.plus({ [unit === 'fortnight' ? 'week' : (unit ?? '')]: many }));
      },
    ],
    [
      new RegExp(
        `\\b(?:in )?${COUNT} (day|week|fortnight|month|year)s?'?(?: time| from now| from today)?\\b`,
      ),
      ([all, count, unit]) => {
        if (!/^in |time$|now$|today$/.test(all)) return undefined;
        const many = some(count) * (unit === 'fortnight' ? 2 : 1);
        const found = today.plus({ [unit === 'fortnight' ? 'week' : (unit ?? '')]: many });
        return { ...one(iso(found)), inWeek: unit === 'week' || unit === 'fortnight' };
      },
    ],
    [/\b(?:a |the )?fortnight\b/, () => ({ ...one(iso(today.plus({ weeks: 2 }))), inWeek: true })],
    // Dates.
    [
      new RegExp(`\\b(1st|2nd|3rd|4th|5th|last) (${WEEKDAY}) (?:of|in) ${OF_MONTH}\\b`),
      ([, place = '', name = '', said, named]) => {
        const first = monthNamed(said ?? named ?? '');
        const from =
          place === 'last'
            ? last(first, 'month').minus({ days: 6 })
            : first.plus({ weeks: Number(place[0]) - 1 });
        const day = nextWeekday(from.minus({ days: 1 }), name);
        return day.hasSame(first, 'month') ? one(iso(day)) : oneOf([], 'I know no such date.');
      },
    ],
    [
      new RegExp(`\\b(1st|2nd) half of ${OF_MONTH}\\b`),
      ([, half, said, named]) => {
        const from = monthNamed(said ?? named ?? '');
        return half === '1st'
          ? range(from, from.plus({ days: 14 }))
          : range(from.plus({ days: 15 }), last(from, 'month'));
      },
    ],
    // Feasts that move.
    [
      new RegExp(
        `\\b(?:easter|whit|bank holiday|good(?= friday)|black|cyber|shrove|ash|palm) (?:${WEEKDAY})\\b`,
      ),
      () => oneOf([], 'Please tell me its date.'),
    ],
    [
      /\bin the new year\b/,
      () => range(nextMonth(today, 'january'), last(nextMonth(today, 'january'), 'month')),
    ],
    [
      new RegExp(`\\b(?:the )?(1st|2nd|3rd|4th|last) week (?:of|in) ${OF_MONTH}\\b`),
      ([, place = '', said, named]) => {
        const first = monthNamed(said ?? named ?? '');
        const from =
          place === 'last'
            ? last(first, 'month').minus({ days: 6 })
            : first.plus({ weeks: Number(place[0]) - 1 });
        return range(from, from.plus({ days: 6 }));
      },
    ],
    [
      new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)?(?: the)? (${MONTH})\\b${YEAR}`),
      ([, date, name = '', year]) => dated(today, Number(date), monthOf(name), yearOf(year)),
    ],
    [
      new RegExp(
        `\\b(${MONTH})(?: the)? (\\d{1,2})(?:st|nd|rd|th)?\\b(?![:\\d]| ?[ap]m\\b| o'clock)${YEAR}`,
      ),
      ([, name = '', date, year]) => dated(today, Number(date), monthOf(name), yearOf(year)),
    ],
    [
      new RegExp(`\\b${NTH} of the ${NTH}\\b`),
      ([, date, nr]) => dated(today, Number(date), Number(nr)),
    ],
    [
      /\b(\d{4})\/(\d{1,2})\/(\d{1,2})\b/,
      ([, year, nr, date]) => dated(today, Number(date), Number(nr), Number(year)),
    ],
    [
      /(?<!\/)\b(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d\d))?\b(?!\/| (?:past|hours?)\b)/,
      ([all, a, b, year]) =>
        all === '24/7' ? undefined : slashed(today, Number(a), Number(b), yearOf(year)),
    ],
    [
      /\b(\d{1,2})(?:st|nd|rd|th)(?: of)?(?: the)? (next|this) month\b/,
      ([, date, said = '']) => {
        const { month: nr, year } = monthNamed(said);
        return dated(today, Number(date), nr, year);
      },
    ],
    ...FEASTS.map(([name, date, nr]): Rule => [name, () => dated(today, date, nr)]),
    [
      new RegExp(`\\b(?:the )?last day of (?:${OF_MONTH})\\b`),
      ([, said, named]) => one(iso(last(monthNamed(said ?? named ?? ''), 'month'))),
    ],
    [
      new RegExp(
        `\\b(beginning|start|middle|end|early|mid|late)(?: of| in)?(?: the)? (?:(next|this) )?(?:(month)|(week)|(year)|(${MONTH}))\\b`,
      ),
      ([, part = '', which, ofMonth, ofWeek, , named]) => {
        const later = which === 'next' ? 1 : 0;
        const from = ofWeek
          ? week.plus({ weeks: later })
          : ofMonth
            ? month.plus({ months: later })
            : named
              ? nextMonth(today, named)
              : today.startOf('year').plus({ years: later });
        const until = ofWeek
          ? last(from, 'week')
          : ofMonth || named
            ? last(from, 'month')
            : from.endOf('year').startOf('day');
        const size = ofWeek ? 3 : PART_OF_MONTH;
        if (/^(?:end|late)$/.test(part)) return range(until.minus({ days: size - 1 }), until);
        if (/^mid/.test(part))
          return ofWeek
            ? range(from.plus({ days: 1 }), from.plus({ days: 3 }))
            : range(from.plus({ days: 9 }), from.plus({ days: 19 }));
        return range(from, from.plus({ days: size - 1 }));
      },
    ],
    [
      // After "the", a number that is no hour is a date also without its ending.
      new RegExp(
        `(?<=(?:\\b(?:the|on|or|and|to|until|till|no|wait|sorry|mean|actually|that|it|${WEEKDAY})|#) |^)${NTH}\\b(?! (?:one|week|thing|floor|time|choice|option|slot|person|name|visit|of us|of them|appointment|available|free|class)\\b)|(?:(?<=\\bthe )(?=1[3-9]|2)|(?<=\\b(?:${WEEKDAY}) )(?=2[4-9]|[3-9])|(?<=\\bthe )(?=3[01])|(?<=# (?:no|no wait|wait|sorry|i mean|actually|rather) )(?=1[3-9]|2\\d|3[01]))(\\d\\d)\\b(?![:\\d]| ?[ap]m| (?:of|minutes|hours|days)\\b)`,
      ),
      ([, nthOf, number]) => {
        const date = Number(nthOf ?? number);
        const [day] = withDate(today, date);
        return day ? { ...one(day), date } : oneOf([], `There is no ${nth(date)}.`);
      },
    ],
    // Weeks and months.
    [/\b(?:the )?week after next\b/, () => range(week.plus({ weeks: 2 }), week.plus({ days: 20 }))],
    [
      /\b(?:the )?(?:next|following|coming) week(?! ?end)(?:'s)?\b/,
      () => range(week.plus({ weeks: 1 }), week.plus({ days: 13 })),
    ],
    [/\b(?:this|the current) week(?! ?end)(?:'s)?\b/, () => range(week, week.plus({ days: 6 }))],
    [
      /\b(?:last|past|previous) week(?! ?end)\b/,
      () => range(week.minus({ weeks: 1 }), week.minus({ days: 1 })),
    ],
    [
      /\bweek ?end after next\b/,
      () => {
        const saturday = weekdayIn(today, 'saturday');
        return {
          ...range(saturday.plus({ days: 7 }), saturday.plus({ days: 15 })),
          every: isWeekend,
        };
      },
    ],
    [
      /\b(?:(next|following) )?week ?ends?\b/,
      ([, next]) => {
        const saturday = weekdayIn(today, 'saturday');
        const sunday = saturday.plus({ days: next ? 8 : 1 });
        return { ...range(saturday, sunday), every: isWeekend };
      },
    ],
    [
      /\bweekdays?\b|\bworking days?\b/,
      () => ({ ...range(today, today.plus({ weeks: 4 })), every: (day) => !isWeekend(day) }),
    ],
    [
      /\b(?:the )?month after next\b/,
      () => range(month.plus({ months: 2 }), last(month.plus({ months: 2 }), 'month')),
    ],
    [
      /\b(next|this) month\b/,
      ([, said = '']) => range(monthNamed(said), last(monthNamed(said), 'month')),
    ],
    [
      new RegExp(
        `(?<=\\b(?:in|during|until|before|after|by|of|from|not|except|but|for) )(?:next |this )?(${MONTH})\\b`,
      ),
      ([, name = '']) => range(nextMonth(today, name), last(nextMonth(today, name), 'month')),
    ],
    // Weekdays.
    [
      new RegExp(`\\b(?:the )?(${WEEKDAY}) after next\\b`),
      ([, name = '']) => {
        const next = nextNamed(today, name);
        const days = next.either ?? [next.from];
        return oneOf(days.map((day) => iso(dateOf(day).plus({ weeks: 1 }))));
      },
    ],
    [
      new RegExp(`\\b(?:last|past|previous) (${WEEKDAY})\\b`),
      ([, name = '']) =>
        one(
          iso(
            nextWeekday(today, name).minus({
              weeks: today.weekday === WEEKDAYS.indexOf(name) + 1 ? 2 : 1,
            }),
          ),
        ),
    ],
    [
      new RegExp(`\\bnext (${WEEKDAY})\\b`),
      ([, name = '']) => ({ ...nextNamed(today, name), weekday: name }),
    ],
    [
      new RegExp(`\\bthis (?:coming )?(${WEEKDAY})\\b`),
      ([, name = '']) => ({
        ...one(iso(nextWeekday(today.minus({ days: 1 }), name))),
        weekday: name,
      }),
    ],
    [
      new RegExp(`\\b(?:coming |following )?(${WEEKDAY})\\b`),
      ([, name = '']) => ({
        ...one(iso(nextWeekday(today, name))),
        weekday: name,
        every: (day) => dateOf(day).weekday === WEEKDAYS.indexOf(name) + 1,
      }),
    ],
  ];
}
