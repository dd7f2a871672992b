// The times in an utterance: on the clock, parts of the day, and distances from now. Hours without am or pm are read as
// business hours.
import { DateTime } from 'luxon';
import { one, oneOf, type Rule } from '@/agent/scripted/mentions';
import { EARLIEST_HOUR } from '@/agent/scripted/when';

/** After such a word, a number is no time. */
const COUNTED =
  '(?! ?(?:[:/\\d%]|st\\b|nd\\b|rd\\b|th\\b|(?:days?|weeks?|months?|years?|minutes?|mins?|hours?|of|people|persons|appointments?|questions?|slots?|rooms?|adults|children|kids|percent|dollars|pounds|euros|hundred|thousand|times)\\b))';
/** An hour, which may be followed by am or pm. */
const HOUR = `(\\d{1,2})(?! ?\\d)(?: ?([ap]m)\\b)?`;
const PART = 'morning|afternoon|evening|night|tonight|lunch ?time';

const two = (n: number) => String(n).padStart(2, '0');
const clock = (hour: number, minute: number) => `${two(hour)}:${two(minute)}`;

/** The part of the day that words after a time name, or any words if there is only one part. */
function partOf(text: string, after: string): string | undefined {
  const near = new RegExp(
    `^(?: o'clock)?(?: in the| at| this| tomorrow| today| on \\w+)? ?(${PART})s?\\b`,
  ).exec(after)?.[1];
  const all = new Set(text.match(new RegExp(`\\b(?:${PART})`, 'g')));
  return near ?? (all.size === 1 ? [...all][0] : undefined);
}

/** A time on the clock. An impossible one, or one that contradicts its part of the day, is found as such. */
function timed(
  hour: number,
  minute: number,
  half: string | undefined,
  text: string,
  after: string,
) {
  const said = `${hour}:${two(minute)}`;
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0))
    return oneOf([], `There is no ${said}.`);
  const part = partOf(text, after);
  const morning = part === 'morning';
  const late = part !== undefined && /^(?:afternoon|evening|night|tonight)$/.test(part);
  if (half) {
    if (hour === 0 || (hour > 12 && half === 'am'))
      return oneOf([], `There is no ${said} ${half}.`);
    const exact = hour > 12 ? hour : (hour % 12) + (half === 'pm' ? 12 : 0);
    const other = clock((exact + 12) % 24, minute);
    const against = half === 'pm' ? morning && exact > 12 : late && part !== 'night' && hour !== 12;
    return against
      ? oneOf([clock(exact, minute), other], `That is not in the ${part}.`)
      : one(clock(exact, minute));
  }
  if (hour === 24) return one('24:00');
  if (morning && hour > 12)
    return oneOf([clock(hour, minute), clock(hour - 12, minute)], `${said} is not in the morning.`);
  if (hour === 12 && /^(?:night|tonight)$/.test(part ?? '')) return one(clock(0, minute));
  const night = part === 'night' && hour < 6;
  const shifts = hour > 0 && hour < 12 && !night && (late || (hour < EARLIEST_HOUR && !morning));
  return one(clock(shifts ? hour + 12 : hour, minute));
}

/** Parts of the day: from the first time, to the second one. */
const PARTS: readonly (readonly [RegExp, string, string])[] = [
  [/\bafter (?:lunch|midday|noon)\b/, '13:00', '23:59'],
  [/\bafter school\b/, '15:00', '23:59'],
  [/\bbefore (?:work|school)\b/, '00:00', '08:59'],
  [/\bbefore lunch\b/, '00:00', '11:59'],
  [/\b(?:early|earlier) (?:in the )?mornings?\b|\b(?:first|1st) thing\b/, '00:00', '09:59'],
  [/\b(?:late|later) (?:in the )?mornings?\b|\bmid morning\b/, '10:00', '11:59'],
  [/\bearly (?:in the )?afternoons?\b/, '12:00', '14:29'],
  [/\blate (?:in the )?afternoons?\b/, '15:00', '17:59'],
  // "Tuesday am", but not "am I free on Tuesday".
  [
    /\bmornings?\b|(?<=# |\bthe )am\b(?! i\b)|^am\b(?= (?:please|or|would|if)\b|$)/,
    '00:00',
    '11:59',
  ],
  [/\blunch(?: ?time)?\b/, '12:00', '13:59'],
  [/\bafternoons?\b|\bpm\b/, '12:00', '16:59'],
  [/\bevenings?\b|\btonight\b|\bafter work\b/, '17:00', '23:59'],
];

const hourBefore = (hour: number) => ((hour + 10) % 12) + 1;
/** "half an", "an", "2 and a half" → the number. */
function amount(said: string): number {
  const number = /\d+/.exec(said)?.[0];
  const quarter = /quarters? of/.test(said);
  if (quarter) return (number ? Number(number) : 1) / 4;
  if (/^half/.test(said)) return 0.5;
  return (number ? Number(number) : 1) + (/half/.test(said) ? 0.5 : 0);
}

const ZONE =
  /\b(?:gmt|utc|bst|cest|cet|e[sd]t|p[sd]t|c[sd]t|m[sd]t|(?:eastern|pacific|central|mountain)(?: standard| daylight)?(?: time)?|(?:my|european|british|german|london|paris|berlin|new york|tokyo)(?: summer)? time)\b/;

/** The rules at that moment; earlier ones have precedence. */
export function timeRules(now: Date): readonly Rule[] {
  const zoned = (rule: Rule): Rule => [
    rule[0],
    (match, text) => {
      const value = rule[1](match, text);
      const after = text.slice(match.index + match[0].length);
      const zone = new RegExp(
        `^(?: in the \\w+| on \\w+| tomorrow| today)?(?: in)? ${ZONE.source}`,
      ).test(after);
      if (!value || !zone) return value;
      return oneOf(value.either ?? [value.from], 'My times are local to us.');
    },
  ];
  const at = (
    pattern: string,
    read: (m: RegExpExecArray) => readonly [number, number, (string | undefined)?],
  ): Rule => [
    new RegExp(pattern),
    (m, text) => {
      const [hour, minute, half] = read(m);
      return timed(hour, minute, half, text, text.slice(m.index + m[0].length));
    },
  ];
  const clocks: readonly Rule[] = [
    at(`\\bhalf(?: past)? ${HOUR}`, ([, h, half]) => [Number(h), 30, half]),
    at(`\\b(?:a )?quarter (?:past|after) ${HOUR}`, ([, h, half]) => [Number(h), 15, half]),
    at(`\\b(?:a )?quarter (?:to|of|till|before) ${HOUR}`, ([, h, half]) => [
      hourBefore(Number(h)),
      45,
      half,
    ]),
    at(`\\b([1-9]|[12]\\d)(?: minutes?)? (?:past|after) ${HOUR}`, ([, m, h, half]) => [
      Number(h),
      Number(m),
      half,
    ]),
    at(
      `(?<!\\b(?:between|from) )\\b(5|10|20|25|(?:[1-9]|[12]\\d)(?= minutes))(?: minutes)? (?:to|till|before) ${HOUR}`,
      ([, m, h, half]) => [hourBefore(Number(h)), 60 - Number(m), half],
    ),
    [/\b(?:12 )?(?:noon|midday)\b/, () => one('12:00')],
    [/\b(?:12 )?midnight\b/, () => one('24:00')],
    at(`\\b(\\d{1,2}):(\\d\\d)(?::\\d\\d)?(?: ?([ap]m)\\b)?(?![:\\d])`, ([, h, m, half]) => [
      Number(h),
      Number(m),
      half,
    ]),
    at(`\\b(\\d{1,2}) ?([0-5]\\d) ?([ap]m)\\b`, ([, h, m, half]) => [Number(h), Number(m), half]),
    at(`\\b(\\d{1,2}) ?([ap]m)\\b`, ([, h, half]) => [Number(h), 0, half]),
    at(`\\b(\\d\\d) ?(\\d\\d) ?(?:hours|hrs)\\b`, ([, h, m]) => [Number(h), Number(m)]),
    at(`\\b(\\d{1,2}) hundred(?: hours| hrs)?\\b`, ([, h]) => [Number(h), 0]),
    at(`\\b(\\d{1,2}) ?o'clock(?: ?([ap]m)\\b)?`, ([, h, half]) => [Number(h), 0, half]),
    at(`\\b(\\d{1,2}) (?:oh|o) ([1-9])\\b`, ([, h, m]) => [Number(h), Number(m)]),
    at(`(?<!\\d |/)\\b(\\d|1\\d|2[0-4]) ([0-5]\\d)\\b(?! ?\\d|/)${COUNTED}`, ([, h, m]) => [
      Number(h),
      Number(m),
    ]),
    at(`(?<=\\b(?:at|by|before|after) )([01]?\\d|2[0-3])([0-5]\\d)\\b`, ([, h, m]) => [
      Number(h),
      Number(m),
    ]),
    [/\b(?:half|quarter|\d{1,2}) past\b/, () => oneOf([], 'Past which hour?')],
    // Hours, of which the last has its half of the day: "2 to 4 pm", "2, 3 or 4 pm".
    [
      new RegExp(
        `\\b(\\d{1,2})(?= (?:to|until|till|or|(?:or \\d{1,2} )+or) #)${COUNTED}|(?<=\\bbetween )(\\d{1,2})(?= and #)`,
      ),
      (match, text) => {
        const hour = Number(match[1] ?? match[2]);
        const second = /^(?: or \d{1,2}\b(?= or))* \w+ (\d{1,2})\S* ?([ap]m)\b/.exec(
          text.slice(match.index + match[0].length),
        );
        const half = hour < Number(second?.[1]) ? second?.[2] : undefined;
        return timed(hour, 0, half, text, '');
      },
    ],
    at(
      `(?<=(?:\\b(?:at|around|about|make (?:it|that)|say|after|before|by|until|till|from|between|than|past|earliest|latest)|#) )(0?\\d|1\\d|2[0-3])\\b${COUNTED}`,
      ([, h]) => [Number(h), 0],
    ),
    // A second one: "2 or 3", "between 2 and 4", "3, no, 4".
    at(
      `(?<=# (?:or|and|to|until|till|no|no wait|wait|sorry|i mean|sorry i mean|no i mean|actually|rather|or rather) )(0?\\d|1\\d|2[0-3])\\b${COUNTED}`,
      ([, h]) => [Number(h), 0],
    ),
  ];
  return [
    [
      /\b(in )?((?:half|a quarter of|\d quarters of) an|an?|\d{1,3}(?: and a half)?) (minute|min|hour)s?( and a half)?(?:'? time)?( from now)?\b/,
      ([all, before, many = '', unit, more, fromNow]) => {
        if (!before && !fromNow) return undefined;
        const count = amount(many) + (more ? 0.5 : 0);
        const then = DateTime.fromJSDate(now).plus({ minutes: count * (unit === 'hour' ? 60 : 1) });
        return all
          ? { ...one(then.toFormat('HH:mm')), day: then.toISODate() ?? undefined }
          : undefined;
      },
    ],
    ...clocks.map(zoned),
  ];
}

/** The parts of the day. */
export const partRules: readonly Rule[] = PARTS.map(
  ([pattern, from, until]): Rule => [pattern, () => ({ from, until })],
);

/** Numbers that are times because a time was asked for: "three", "1430". */
export const bareRules: readonly Rule[] = [
  [
    // Not of a telephone number.
    /(?<!\d ?|\bin )\b([01]\d|2[0-3]|[1-9])([0-5]\d)\b(?! ?\d)/,
    ([, h, m], text) => timed(Number(h), Number(m), undefined, text, ''),
  ],
  [
    new RegExp(`(?<![\\d:/#]|\\d \\d{1,2} )\\b(0?\\d|1\\d|2[0-3])\\b${COUNTED}`),
    ([, h], text) => timed(Number(h), 0, undefined, text, ''),
  ],
];
