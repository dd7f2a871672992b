// Days, dates and years: "2026-11-23" → "the twenty-third of November, twenty twenty-six".
import { ordinal, year } from './numbers';
import type { Rule } from './rule';

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

/** "Sep", "Sept." and "September" are all matched by their first three letters. */
const fullName = (names: readonly string[], short: string) =>
  names.find((name) => name.slice(0, 3).toLowerCase() === short.slice(0, 3).toLowerCase()) ?? short;

const MONTH =
  '(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\b\\.?';
const SHORT_DAY = '(Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)';
const DATE = '([0-3]?\\d)(?:st|nd|rd|th)?';
const YEAR = '(?:,?\\s+((?:19|20)\\d\\d))?(?!\\d)';

const withYear = (said: string, written: string | undefined) =>
  written ? `${said}, ${year(Number(written))}` : said;

/** The day first, as spoken: "the third of May". An invalid date stays as written. */
function dayOfMonth(match: string, day: string, month: string, written?: string): string {
  const date = Number(day);
  if (date < 1 || date > 31) return match;
  return withYear(`the ${ordinal(date)} of ${fullName(MONTHS, month)}`, written);
}

/**
 * 3 and 11 in figures: the one above 12 is the day; otherwise the month comes first, as with
 * dollars.
 */
function inFigures(match: string, first: string, second: string, written: string): string {
  const [a, b] = [Number(first), Number(second)];
  const [month, day] = a > 12 ? [b, a] : [a, b];
  const name = MONTHS[month - 1];
  return name ? dayOfMonth(match, String(day), name, written) : match;
}

export const dateRules: readonly Rule[] = [
  {
    pattern: /\b(?:the\s+)?((?:19|20)\d\d)-(0\d|1[0-2])-([0-3]\d)(?:T\S*)?\b/g,
    say: (match, written, month, day) =>
      dayOfMonth(match, day as string, MONTHS[Number(month) - 1] ?? '', written),
  },
  { pattern: /\b([0-3]?\d)[/.]([0-3]?\d)[/.]((?:19|20)\d\d)\b/g, say: inFigures },
  // "Mon-Fri"; then "Fri 3rd", "Sat, 12 December", "Wed at 9": short days only before a date or
  // time.
  {
    pattern: new RegExp(`\\b${SHORT_DAY}\\.?\\s?-\\s?${SHORT_DAY}\\b\\.?(?=(\\s[A-Z])?)`, 'g'),
    say: (_, from = '', to = '') => `${fullName(DAYS, from)} to ${fullName(DAYS, to)}`,
  },
  {
    pattern: new RegExp(
      `\\b${SHORT_DAY}\\b\\.?(?=,?\\s(?:at\\s|the\\s|from\\s)?\\d|,?\\s${MONTH})`,
      'g',
    ),
    say: (_, day) => fullName(DAYS, day as string),
  },
  {
    pattern: new RegExp(`\\b(?:the\\s+)?${DATE}\\s+(?:of\\s+)?${MONTH}${YEAR}`, 'g'),
    say: dayOfMonth as Rule['say'],
  },
  {
    pattern: new RegExp(`\\b${MONTH}\\s+(?:the\\s+)?${DATE}\\b${YEAR}`, 'g'),
    say: (match, month, day, written) => {
      const date = Number(day);
      if (date < 1 || date > 31) return match;
      return withYear(`${fullName(MONTHS, month as string)} ${ordinal(date)}`, written);
    },
  },
  {
    pattern: new RegExp(`\\b${MONTH}\\s+((?:19|20)\\d\\d)\\b`, 'g'),
    say: (_, month, written) => `${fullName(MONTHS, month as string)} ${year(Number(written))}`,
  },
  // A weekday and a bare ordinal: "Friday 3rd" is said "Friday the third".
  {
    pattern: new RegExp(`\\b(${DAYS.join('|')}),?\\s+(\\d{1,2})(?:st|nd|rd|th)\\b`, 'g'),
    say: (_, day, date) => `${day} the ${ordinal(Number(date))}`,
  },
  { pattern: /\b(\d{1,3})(?:st|nd|rd|th)\b/gi, say: (_, n) => ordinal(Number(n)) },
  {
    pattern:
      /\b(in|since|from|until|till|by|of|year|before|after|to)\s+((?:19|20)\d\d)\b(?![\d,.]*\d|\s?%)/gi,
    say: (_, word, written) => `${word} ${year(Number(written))}`,
  },
  {
    pattern: /\b((?:19|20)\d)0s\b/g,
    say: (_, decade) => `${year(Number(`${decade}0`))}s`.replace(/ys$/, 'ies'),
  },
];
