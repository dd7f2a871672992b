// Finds times of day in the plain form of what was said: "half past 2", "2 30", "quarter to 9",
// "after 3", "in the morning". Which half of the day an hour means follows from opening hours.

/** Times as a caller limits them, in minutes after midnight. */
interface TimeWish {
  readonly at?: number;
  readonly after?: number;
  readonly before?: number;
  /** What is left of the text once the times are taken out. */
  readonly rest: string;
}

/** Hours said without am or pm that are taken as afternoon: nobody opens before seven. */
const EARLIEST_HOUR = 7;

const HALF = '(?: ?(am|pm))?';
/** One time of day, in any of its forms; groups are read by {@link minuteOf}. */
const FORMS: readonly (readonly [string, (m: readonly (string | undefined)[]) => number])[] = [
  [`half past (\\d{1,2})${HALF}`, ([h, p]) => hour(h, p) + 30],
  [`half (\\d{1,2})(?![:\\d])${HALF}`, ([h, p]) => hour(h, p) + 30],
  [`(?:a )?quarter past (\\d{1,2})${HALF}`, ([h, p]) => hour(h, p) + 15],
  [`(?:a )?quarter (?:to|of|till) (\\d{1,2})${HALF}`, ([h, p]) => hour(h, p) - 15],
  [`(\\d{1,2})(?: minutes)? past (\\d{1,2})${HALF}`, ([m, h, p]) => hour(h, p) + Number(m)],
  [
    `(5|10|20|25)(?: minutes)? (?:to|till) (\\d{1,2})${HALF}`,
    ([m, h, p]) => hour(h, p) - Number(m),
  ],
  [`(\\d{1,2}):(\\d{2})${HALF}`, ([h, m, p]) => hour(h, p) + Number(m)],
  [`(\\d{1,2}) (?:oh|o) (\\d)${HALF}`, ([h, m, p]) => hour(h, p) + Number(m)],
  [
    `(\\d{1,2}) ([0-5]\\d)(?! ?\\d)(?! (?:minutes|days|weeks))${HALF}`,
    ([h, m, p]) => hour(h, p) + Number(m),
  ],
  ["(\\d{1,2}) o'clock", ([h]) => hour(h)],
  ['(\\d{1,2}) ?(am|pm)', ([h, p]) => hour(h, p)],
  ['(?:noon|midday|12 noon)', () => 720],
];
const NEAR = '(?:at|around|about|by|say|for|from|make it)';

function hour(text: string | undefined, half?: string): number {
  const value = Number(text);
  if (value > 24) return Number.NaN;
  if (half === 'pm') return (value % 12) * 60 + 720;
  if (half === 'am') return (value % 12) * 60;
  return (value < EARLIEST_HOUR ? value + 12 : value) * 60;
}

interface Found {
  minute: number;
  start: number;
  end: number;
}

type Form = readonly [string, (m: readonly (string | undefined)[]) => number];
const compiled = (forms: readonly Form[]) =>
  forms.map(([pattern, value]) => ({
    pattern: new RegExp(`(?<![\\w:])${pattern}(?![\\w])`),
    value,
  }));

/** An hour alone is a time after a word that announces one. */
const ANNOUNCED =
  '\\b(?:at|around|about|after|before|until|till|past|from|between|make it|say|(?:it|that|mine|appointment) to)';
const LONE = '(\\d{1,2})(?!\\d|st|nd|rd|th|:)(?! (?:days|weeks|months|minutes))';
const ALWAYS = compiled([
  ...FORMS,
  [`(?<=${ANNOUNCED} )${LONE}`, ([h]) => hour(h)],
  [
    '(?<=\\b(?:at|around|about|after|before) )(\\d{1,2})([0-5]\\d)(?!\\d)',
    ([h, m]) => hour(h) + Number(m),
  ],
  // "Monday nine" is an hour, "Monday 23" a date.
  [
    '(?<=\\b(?:\\w+day|tomorrow) )(1[0-2]|[1-9])(?!\\d|st|nd|rd|th|:)(?! (?:of|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|weeks|days|people))',
    ([h]) => hour(h),
  ],
  ['(?<![\\d:])(\\d{1,2})([0-5]\\d) ?(am|pm)', ([h, m, p]) => hour(h, p) + Number(m)],
]);
const WHERE_ASKED = [
  ...ALWAYS,
  ...compiled([
    [`(?<![\\d:])${LONE}`, ([h]) => hour(h)],
    ['^(\\d{1,2})([0-5]\\d)$', ([h, m]) => hour(h) + Number(m)],
  ]),
];

/** `bare`: an hour alone, "three", is a time, because a time was asked for. */
function find(text: string, bare: boolean): Found | undefined {
  for (const { pattern, value } of bare ? WHERE_ASKED : ALWAYS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const minute = value(match.slice(1));
    if (Number.isNaN(minute) || minute < 0 || minute >= 1_440) continue;
    return { minute, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

const cut = (text: string, from: number, to: number) =>
  `${text.slice(0, from)} ${text.slice(to)}`.replace(/\s+/g, ' ').trim();

/** Windows that words alone name. */
const PARTS: readonly (readonly [
  RegExp,
  { after?: number; before?: number; half?: 'am' | 'pm' },
])[] = [
  [
    /\b(?:(?:first|1st) thing(?: in the morning)?|early(?: in the)? morning)\b/,
    { before: 600, half: 'am' },
  ],
  [/\b(?:in the |this |late )?mornings?\b/, { before: 720, half: 'am' }],
  [/\b(?:around |at )?lunch ?time\b/, { after: 720, before: 840 }],
  [/\b(?:in the |this |late |early )?afternoons?\b/, { after: 720, before: 1_020, half: 'pm' }],
  [/\b(?:in the |this )?evenings?\b|\btonight\b|\bafter work\b/, { after: 1_020, half: 'pm' }],
  [/\b(?:as late as (?:possible|you can)|(?:the )?latest possible)\b/, { after: 960 }],
  [/\b(?:late in|(?:at )?the end of) the day\b/, { after: 960 }],
];

/** Finds a time, or the limits of one, in plain text. */
export function readTimes(text: string, bare = false): TimeWish {
  // A greeting names no time.
  let rest = text.replace(/\bgood (?:morning|afternoon|evening)\b/g, ' ').trim();
  let window: { after?: number; before?: number; half?: 'am' | 'pm' } = {};
  for (const [pattern, part] of PARTS) {
    const match = pattern.exec(rest);
    if (!match) continue;
    rest = cut(rest, match.index, match.index + match[0].length);
    window = part;
    break;
  }
  // "Seven in the evening": beside a part of the day, a number is a time.
  const beside = /\b\d{1,2} (?:in the |this )?(?:morning|afternoon|evening|tonight)\b/.test(text);
  const found = find(rest, bare || beside);
  if (!found) return { after: window.after, before: window.before, rest };
  const lead = rest.slice(0, found.start);
  let minute = found.minute;
  if (window.half === 'am' && minute >= 780) minute -= 720;
  if (window.half === 'pm' && minute < 720) minute += 720;
  if (/\bbetween $/.test(lead)) {
    const tail = rest.slice(found.end).replace(/^ (?:and|to) /, ' at  ');
    const second = find(tail, true);
    if (second) {
      const left = `${lead.replace(/between $/, '')} ${tail.slice(second.end)}`;
      return { after: minute, before: second.minute, rest: left.replace(/\s+/g, ' ').trim() };
    }
  }
  const left = lead.replace(new RegExp(`\\b(?:${NEAR}|after|before|until|till) $`), '');
  const all = `${left} ${rest.slice(found.end)}`.replace(/\s+/g, ' ').trim();
  if (/\b(?:after|from|later than) $/.test(lead)) {
    return { after: minute, before: window.before, rest: all };
  }
  if (/\b(?:before|by|until|till|earlier than) $/.test(lead)) {
    return { before: minute, after: window.after, rest: all };
  }
  return { at: minute, rest: all };
}
