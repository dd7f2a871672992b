// Finds times of day in plain German: "halb 3", "viertel nach 10", "14 uhr 30", "nach 3",
// "nachmittags". An hour that a practice is never open at is meant twelve hours later.

/** Times as a caller limits them, in minutes after midnight. */
interface TimeWish {
  readonly at?: number;
  readonly after?: number;
  readonly before?: number;
  /** What is left of the text once the times are taken out. */
  readonly rest: string;
}

/** Times before it are taken as afternoon: nobody opens before seven. Our own choice. */
const EARLIEST = 7 * 60;

type Groups = readonly (string | undefined)[];
type Form = readonly [string, (groups: Groups) => number];

const minutes = (hour: string | undefined, minute: string | number = 0) =>
  Number(hour) > 24 ? Number.NaN : Number(hour) * 60 + Number(minute);

const H = '(\\d{1,2})\\.?';
const FORMS: readonly Form[] = [
  [`(\\d{1,2}) (?:minuten )?vor halb ${H}`, ([m, h]) => minutes(h) - 30 - Number(m)],
  [`(\\d{1,2}) (?:minuten )?nach halb ${H}`, ([m, h]) => minutes(h) - 30 + Number(m)],
  [`halb ${H}`, ([h]) => minutes(h) - 30],
  [`viertel nach ${H}`, ([h]) => minutes(h, 15)],
  [`(?:viertel vor|dreiviertel|3 viertel) ${H}`, ([h]) => minutes(h) - 15],
  // In the east and the south of the language area, "viertel drei" is quarter past two.
  [`viertel ${H}`, ([h]) => minutes(h) - 45],
  [`(5|10|20|25) (?:minuten )?nach ${H}`, ([m, h]) => minutes(h, m)],
  [`(5|10|20|25) (?:minuten )?vor ${H}`, ([m, h]) => minutes(h) - Number(m)],
  ['(\\d{1,2}):(\\d{2})', ([h, m]) => minutes(h, m)],
  ['(\\d{1,2}) uhr (?:und )?([0-5]?\\d)(?!\\d|\\.)', ([h, m]) => minutes(h, m)],
  [`${H} uhr`, ([h]) => minutes(h)],
];
/** A number is no hour before these. */
const NO_HOUR =
  '(?! ?(?:\\d|tage?n?|wochen?|monate?n?|jahre?n?|minuten?|stunden?|mal|leute|personen|januar|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember)\\b)';
const LEADS = 'um|gegen|ab|nach|vor|bis|lieber|doch|so|eher|dann|zwischen|von';
const ALL: readonly Form[] = [
  ...FORMS,
  [`(?<=\\b(?:${LEADS}) )${H}(?!\\d)${NO_HOUR}`, ([h]) => minutes(h)],
];
const compiled = (forms: readonly Form[]) =>
  forms.map(([pattern, value]) => ({
    pattern: new RegExp(`(?<![\\w:.])${pattern}(?![\\w:])(?: uhr\\b)?`),
    value,
  }));
const ALWAYS = compiled(ALL);
const WHERE_ASKED = compiled([
  ...ALL,
  [
    `(?<!\\b(?:am|der|die|das|den|dem) )(?<![\\d.])(\\d{1,2})(?!\\d)(?!\\.\\d)(?!\\. \\w)${NO_HOUR}`,
    ([h]) => minutes(h),
  ],
]);

interface Found {
  readonly minute: number;
  readonly start: number;
  readonly end: number;
}

function find(text: string, forms: ReturnType<typeof compiled>): Found | undefined {
  for (const { pattern, value } of forms) {
    const match = pattern.exec(text);
    if (!match) continue;
    const minute = value(match.slice(1));
    if (Number.isNaN(minute) || minute < 0 || minute >= 1_440) continue;
    return { minute, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

type Part = Pick<TimeWish, 'after' | 'before'> & {
  readonly late?: boolean;
  readonly early?: boolean;
};
/** Parts of the day that words alone name. */
const PARTS: readonly (readonly [RegExp, Part])[] = [
  [
    /\b(?:(?:ganz|sehr|moeglichst|gleich) (?:frueh|morgens)(?: am (?:morgen|tag))?|frueh ?morgens|frueh am (?:morgen|tag)|gleich (?:am morgen|in der frueh)e?)\b/,
    { before: 600, early: true },
  ],
  [/\b(?:spaet am|am spaeten|spaeten?) ?nachmittags?\b/, { after: 960, before: 1_080, late: true }],
  [
    /\b(?:(?:am )?vormittags?|morgens|am morgen|in der frueh|(?<!zu )frueh)\b/,
    { before: 720, early: true },
  ],
  [/\b(?:am )?nachmittags?\b/, { after: 720, before: 1_020, late: true }],
  [/\b(?:(?:am |ueber |gegen )?mittags?|mittagszeit|mittagspause)\b/, { after: 720, before: 840 }],
  [/\b(?:(?:am )?abends?|nach der arbeit|nach feierabend)\b/, { after: 1_020, late: true }],
  [/\b(?:moeglichst spaet|so spaet wie moeglich)\b/, { after: 960 }],
];

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();
const onTheDay = (minute: number, part: Part) => {
  if (part.early) return minute >= 780 ? minute - 720 : minute;
  if (part.late && minute < 720) return minute + 720;
  return minute < EARLIEST ? minute + 720 : minute;
};

/**
 * Finds a time, or the limits of one.
 * @param bare whether a number alone is a time, because a time was asked for.
 */
export function readTimes(text: string, bare = false): TimeWish {
  // A greeting names no time; "heute morgen" names a part of the day, "morgen früh" another day's.
  let rest = text
    .replace(/\bguten? (?:morgen|tag|abend)\b/g, ' ')
    .replace(/\bheute (?:morgen|frueh)\b/g, 'heute morgens');
  let part: Part = {};
  for (const [pattern, window] of PARTS) {
    if (!pattern.test(rest)) continue;
    rest = rest.replace(pattern, ' ');
    part = window;
    break;
  }
  rest = tidy(rest);
  const { after, before } = part;
  const found = find(rest, bare ? WHERE_ASKED : ALWAYS);
  if (!found) return { after, before, rest };
  const minute = onTheDay(found.minute, part);
  const lead = rest.slice(0, found.start);
  const tail = rest.slice(found.end);
  const range = /\b(?:zwischen|von) $/.test(lead)
    ? find(tail.replace(/^ (?:und|bis) /, ' um '), ALWAYS)
    : undefined;
  if (range) {
    const left = `${lead.replace(/(?:zwischen|von) $/, '')}${tail.replace(/^ (?:und|bis) /, ' um ').slice(range.end)}`;
    return { after: minute, before: onTheDay(range.minute, part), rest: tidy(left) };
  }
  const left = tidy(`${lead.replace(new RegExp(`\\b(?:${LEADS}) $`), '')} ${tail}`);
  if (/\b(?:nach|ab|spaeter als|fruehestens um|fruehestens) $/.test(lead)) {
    return { after: minute, before, rest: left };
  }
  if (/\b(?:vor|bis|frueher als|spaetestens um|spaetestens) $/.test(lead)) {
    return { before: minute, after, rest: left };
  }
  return { at: minute, rest: left };
}
