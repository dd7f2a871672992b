// Figures as English words: dates, times, prices, telephone numbers, measures. A synthesizer can only guess about them:
// 1042 may be a year, a count or an invoice.

const SMALL = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen ' +
  'sixteen seventeen eighteen nineteen'
).split(' ');
const TENS = ['', '', ...'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')];
const THOUSANDS = ['', 'thousand', 'million', 'billion'];
/** Larger numbers have no name that callers expect: they are read digit by digit. */
const LARGEST = 999_999_999_999;

function belowHundred(n: number): string {
  if (n < 20) return SMALL[n] as string;
  const unit = n % 10;
  return `${TENS[Math.floor(n / 10)]}${unit ? `-${SMALL[unit]}` : ''}`;
}

function belowThousand(n: number): string {
  const hundreds = Math.floor(n / 100);
  const rest = n % 100;
  if (hundreds === 0) return belowHundred(rest);
  return `${SMALL[hundreds]} hundred${rest ? ` ${belowHundred(rest)}` : ''}`;
}

/** 1200 → "one thousand two hundred". @param n an integer from 0 */
export function cardinal(n: number): string {
  if (n > LARGEST) return digits(String(n));
  if (n < 1_000) return belowThousand(n);
  const parts: string[] = [];
  for (let rest = n, power = 0; rest > 0; rest = Math.floor(rest / 1_000), power += 1) {
    const group = rest % 1_000;
    if (group) parts.unshift(`${belowThousand(group)} ${THOUSANDS[power]}`.trim());
  }
  return parts.join(' ');
}

const IRREGULAR: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** 23 → "twenty-third". */
export function ordinal(n: number): string {
  return cardinal(n).replace(/[a-z]+$/, (last) => {
    return IRREGULAR[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`);
  });
}

/** 2026 → "twenty twenty-six", 2005 → "two thousand five", 1905 → "nineteen oh five". */
export function year(n: number): string {
  const [century, rest] = [Math.floor(n / 100), n % 100];
  if (n < 1_000 || n > 9_999 || (century % 10 === 0 && rest < 10)) return cardinal(n);
  if (rest === 0) return `${belowHundred(century)} hundred`;
  return `${belowHundred(century)} ${rest < 10 ? `oh ${SMALL[rest]}` : belowHundred(rest)}`;
}

/**
 * Figures one by one; anything else is skipped.
 * @param zero "oh" as in spoken telephone numbers, "zero" where a letter O could be meant
 */
function digits(text: string, zero: 'oh' | 'zero' = 'zero'): string {
  return [...text.replace(/\D/g, '')]
    .map((digit) => (digit === '0' ? zero : SMALL[Number(digit)]))
    .join(' ');
}

/** A number as written, with commas or a decimal point: "1,200.5". */
function amount(written: string): string {
  const [whole = '', decimals] = written.replace(/,/g, '').split('.');
  const said = cardinal(Number(whole || '0'));
  return decimals ? `${said} point ${digits(decimals)}` : said;
}

/** "one day", "two days". */
function counted(written: string, one: string, many: string): string {
  return `${amount(written)} ${Number(written.replace(/,/g, '')) === 1 ? one : many}`;
}

/** Letters by their names, written as words, because a synthesizer reads a lone "A" as the article. */
const NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'a:ay b:bee c:see d:dee e:ee f:eff g:gee h:aitch i:eye j:jay k:kay l:ell m:em n:en o:oh p:pee ' +
    'q:cue r:are s:ess t:tee u:you v:vee w:double-you x:ex y:why z:zee'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

/** "AB7" → "ay bee seven". Other signs are skipped. */
export function spelled(text: string): string {
  return (text.match(/[a-z]|\d/gi) ?? [])
    .map((sign) => NAMES[sign.toLowerCase()]?.replace('-', ' ') ?? digits(sign))
    .join(' ');
}

/** A pattern in written text, and the words for it: `say` gets the arguments of a `String.replace` function: the match, then the groups. */
export interface Rule {
  readonly pattern: RegExp;
  readonly say: (match: string, ...groups: string[]) => string;
}

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

/** 3 and 11 in figures: the one above 12 is the day; otherwise the month comes first, as with dollars. */
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
  // "Mon-Fri"; then "Fri 3rd", "Sat, 12 December", "Wed at 9": short days only before a date or time.
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

/** Each spelled as a word: "am" alone would be the verb. */
const HALVES = { a: 'ay em', p: 'pee em' } as const;

/** "am", "a.m.", "PM": the first letter, and the dot of an abbreviation that ends a sentence. */
const HALF = String.raw`\s?([ap])\.?\s?m\b(\.)?`;
const HOUR = '([01]?\\d|2[0-4])';
/** After this a dot ended a sentence, and still does. */
const SENTENCE_ENDS = /^\.\s*$|^\.\s+[A-Z]/;

function clock(hour: number, minute: number): string {
  const named = cardinal(((hour + 11) % 12) + 1);
  if (minute === 0) return named;
  return `${named} ${minute < 10 ? `oh ${cardinal(minute)}` : cardinal(minute)}`;
}

/** A time without am or pm: in the afternoon, the half of the day is added. */
function plainTime(hour: number, minute: number): string {
  const of24 = hour % 24;
  if (minute === 0 && of24 === 0) return 'midnight';
  if (minute === 0 && hour === 12) return 'noon';
  const said = clock(of24, minute);
  if (of24 > 12) return `${said} ${HALVES.p}`;
  return minute === 0 ? `${said} o'clock` : said;
}

function halfTime(hour: number, minute: number, half: string): string {
  const letter = half.toLowerCase() === 'a' ? 'a' : 'p';
  if (hour === 12 && minute === 0) return letter === 'a' ? 'midnight' : 'noon';
  return `${clock(hour, minute)} ${HALVES[letter]}`;
}

export const timeRules: readonly Rule[] = [
  // "9am-5pm", "8:30-12:00", "9-5 pm": a dash between times is "to".
  {
    pattern:
      /\b(\d{1,2}(?::[0-5]\d)?(?:\s?[ap]\.?m\.?)?)\s?-\s?(?=\d{1,2}(?::[0-5]\d|\s?[ap]\.?m\b))/gi,
    say: (match, from) => (/^\d{3}/.test(match) ? match : `${from} to `),
  },
  {
    pattern: new RegExp(String.raw`\b${HOUR}(?::([0-5]\d))?${HALF}(?=(.*))`, 'gis'),
    say: (_, hour = '', minute = '', half = '', dot = '', after = '') =>
      halfTime(Number(hour), Number(minute || 0), half) +
      (dot && SENTENCE_ENDS.test(dot + after) ? '.' : ''),
  },
  {
    pattern: new RegExp(String.raw`\b${HOUR}:([0-5]\d)(?::[0-5]\d)?(?:\s?h(?:rs)?\b)?(?!\d)`, 'g'),
    say: (_, hour, minute) => plainTime(Number(hour), Number(minute)),
  },
  {
    pattern: /\b(\d{1,2})\s?o['’]?clock\b/gi,
    say: (_, hour) => `${cardinal(Number(hour))} o'clock`,
  },
];

/** Main and hundredth unit of a currency, singular and plural. */
interface Currency {
  readonly whole: readonly [string, string];
  readonly part: readonly [string, string];
}

const DOLLAR: Currency = { whole: ['dollar', 'dollars'], part: ['cent', 'cents'] };
const POUND: Currency = { whole: ['pound', 'pounds'], part: ['penny', 'pence'] };
const EURO: Currency = { whole: ['euro', 'euros'], part: ['cent', 'cents'] };
const CURRENCIES: Readonly<Record<string, Currency>> = {
  $: DOLLAR,
  USD: DOLLAR,
  '£': POUND,
  GBP: POUND,
  '€': EURO,
  EUR: EURO,
};

const SIGN = '([$£€]|USD|GBP|EUR)';
/** A number as written, with commas or a decimal point. */
const SUM = '(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)';
const LARGE = '(?:\\s(thousand|million|billion)\\b)?';

function price(sign: string, sum: string, large?: string): string {
  const { whole, part } = CURRENCIES[sign] ?? DOLLAR;
  if (large) return `${amount(sum)} ${large} ${whole[1]}`;
  const cents = /\.(\d\d)$/.exec(sum)?.[1];
  // "$12.5" is a measure, not a price: read as written.
  if (cents === undefined) return counted(sum, ...whole);
  const units = sum.slice(0, -3);
  const small = Number(cents);
  const parts = small > 0 && `${cardinal(small)} ${part[small === 1 ? 0 : 1]}`;
  if (Number(units.replace(/,/g, '')) === 0 && parts) return parts;
  return [counted(units, ...whole), parts].filter(Boolean).join(' and ');
}

export const moneyRules: readonly Rule[] = [
  // "$80-$120": the currency is said once, at the end.
  {
    pattern: new RegExp(`${SIGN}\\s?${SUM}\\s?-\\s?(?:\\1\\s?)?${SUM}`, 'g'),
    say: (_, sign = '', from = '', to = '') => `${amount(from)} to ${price(sign, to)}`,
  },
  {
    pattern: new RegExp(`${SIGN}\\s?${SUM}${LARGE}`, 'g'),
    say: (_, sign = '', sum = '', large) => price(sign, sum, large),
  },
  {
    pattern: new RegExp(`\\b${SUM}\\s?(€|USD|GBP|EUR)(?!\\w)`, 'g'),
    say: (_, sum = '', sign = '') => price(sign, sum),
  },
  {
    pattern: new RegExp(`\\b${SUM}\\s(dollars|pounds|euros)\\b`, 'g'),
    say: (_, sum = '', name) => price({ dollars: '$', pounds: '£' }[name as string] ?? '€', sum),
  },
  { pattern: /\b(\d{1,3})p\b(?!\.?\s?m)/g, say: (_, sum = '') => counted(sum, 'penny', 'pence') },
  { pattern: new RegExp(`\\b${SUM}\\s?%`, 'g'), say: (_, sum = '') => `${amount(sum)} percent` },
];

/** Digits in one breath: people do not remember more. */
const BREATH = 4;
/** Digits of a telephone number: fewer are a count, more (E.164) are not a telephone number. */
const PHONE = { least: 7, most: 15 };
/** Letters in a row that are a word and not letters of a reference: "COVID-19". */
const WORD = 4;

/** 10 digits → 3, 3, 4; 7 → 3, 4; 11 → 3, 4, 4. */
function breaths(text: string): string[] {
  if (text.length <= BREATH) return [text];
  const size = text.length === 5 || text.length === 8 ? text.length - BREATH : 3;
  return [text.slice(0, size), ...breaths(text.slice(size))];
}

/** In the groups it is written in, with a pause between them: "555 0142" → "five five five, oh one four two". */
function phone(match: string): string {
  const count = match.replace(/\D/g, '').length;
  if (count < PHONE.least || count > PHONE.most) return match;
  const groups = (match.match(/\d+/g) ?? []).flatMap(breaths);
  const said = groups.map((group) => digits(group, 'oh')).join(', ');
  return match.trimStart().startsWith('+') ? `plus ${said}` : said;
}

/** Letters and figures one by one, with a pause at each dash: "AB-1042" → "ay bee, one zero four two". */
function reference(written: string): string {
  return written.split('-').map(spelled).filter(Boolean).join(', ');
}

function mixed(match: string): string {
  // "B12" → "bee twelve": a letter and a small number are a name, not a reference.
  const [, letter, number] = /^([A-Z])(\d{1,2})$/.exec(match) ?? [];
  if (letter) return `${spelled(letter)} ${cardinal(Number(number))}`;
  if (new RegExp(`[A-Z]{${WORD},}`).test(match)) return match;
  return reference(match);
}

const NAMED =
  'reference|ref|invoice|order|booking|confirmation|account|case|ticket|policy|claim|code|pin|extension|ext';
const LONG: Readonly<Record<string, string>> = { ref: 'reference', ext: 'extension' };

export const figureRules: readonly Rule[] = [
  // "invoice 1042", "reference number: WS-17", "booking ref. 4471", "code is 0815".
  {
    pattern: new RegExp(
      `\\b(${NAMED})(\\.?\\s(?:number|no|ref|reference|code)\\b)?\\.?(:?\\s(?:is\\s)?|\\s?#|:)#?((?=[A-Z-]*\\d)[A-Z\\d]+(?:-[A-Z\\d]+)*)\\b(?![.,]?\\d|:\\d)`,
      'gi',
    ),
    say: (_, name = '', of = '', between = '', written = '') => {
      const gap = between.replace('#', ' ').replace(/^:$/, ': ').replace(/\s+/g, ' ');
      return `${LONG[name.toLowerCase()] ?? name}${of.replace(/\bno\b\.?/, 'number').replace('.', '')}${gap}${reference(written)}`;
    },
  },
  // "call 911", "dial 0 for the desk".
  {
    pattern: /\b(call|dial|ring|phone|text)\s+(\d{1,6})\b(?![\d:.,-]*\d)/gi,
    say: (_, verb, written = '') => `${verb} ${digits(written, 'oh')}`,
  },
  // "+44 20 7946 0123", "(555) 010-0199", "555 0142".
  {
    pattern:
      /(?<![\w.,$£€-])(?:\+\d{1,3}[\s.-]?)?(?:\(\d{2,5}\)[\s.-]?)?\d{2,}(?:[\s.-]\d{2,})*(?![\w%]|[.,:]\d)/g,
    say: phone,
  },
  // "5 5 5, 0 1 4 2": already separate digits, except for the zero.
  {
    pattern: /\b\d(?:,? \d){2,}\b(?![\d:.,-]*\d)/g,
    say: (match) =>
      match
        .split(', ')
        .map((group) => digits(group, 'oh'))
        .join(', '),
  },
  {
    pattern: /\b(?=[A-Z\d-]*\d)(?=[A-Z\d-]*[A-Z])[A-Z\d]+(?:-[A-Z\d]+)*\b/g,
    say: mixed,
  },
];

/** Singular and plural, by how they are written after a number. */
const UNITS: Readonly<Record<string, readonly [string, string]>> = {
  ...Object.fromEntries(
    (
      'kg:kilogram g:gram mg:milligram mcg:microgram ml:milliliter l:liter km:kilometer m:meter cm:centimeter ' +
      'mm:millimeter mi:mile lb:pound lbs:pound oz:ounce h:hour hr:hour hrs:hour min:minute mins:minute sec:second ' +
      'secs:second ms:millisecond'
    )
      .split(' ')
      .map((pair) => pair.split(':') as [string, string])
      .map(([unit, one]) => [unit, [one, `${one}s`]]),
  ),
  ft: ['foot', 'feet'],
  mph: ['mile an hour', 'miles an hour'],
  'km/h': ['kilometer an hour', 'kilometers an hour'],
  '°C': ['degree Celsius', 'degrees Celsius'],
  '°F': ['degree Fahrenheit', 'degrees Fahrenheit'],
  '°': ['degree', 'degrees'],
};
/** Longer ones first, so that "mg" is not read as "m". */
const UNIT = Object.keys(UNITS)
  .sort((a, b) => b.length - a.length)
  .join('|');

const FRACTIONS: Readonly<Record<string, string>> = {
  '1/2': 'half',
  '1/3': 'one third',
  '2/3': 'two thirds',
  '1/4': 'one quarter',
  '3/4': 'three quarters',
};

export const measureRules: readonly Rule[] = [
  {
    pattern: /\b(?:(\d+) )?([123]\/[234])\b(?!\/)/g,
    say: (match, whole, fraction = '') => {
      const said = FRACTIONS[fraction];
      if (!said) return match;
      if (!whole) return said === 'half' ? 'one half' : said;
      return `${amount(whole)} and ${said === 'half' ? 'a half' : said}`;
    },
  },
  // "15-20 min", "3-4": a dash between numbers is "to".
  {
    pattern: new RegExp(`(?<![\\w-])${SUM}\\s?-\\s?(?=\\d)(?!\\d+-)`, 'g'),
    say: (_, from = '') => `${amount(from)} to `,
  },
  {
    pattern: new RegExp(`(?<![\\w.])${SUM}\\s?(${UNIT})(?![\\w°/])(?:\\.(?=\\s+[a-z]))?`, 'g'),
    say: (match, sum = '', unit = '') => {
      const [one, many] = UNITS[unit] ?? [];
      return one && many ? counted(sum, one, many) : match;
    },
  },
  {
    pattern: new RegExp(`(?<![\\w.])[-−]${SUM}`, 'g'),
    say: (_, sum = '') => `minus ${amount(sum)}`,
  },
  { pattern: new RegExp(`(?<![\\w.])${SUM}(?![\\w])`, 'g'), say: (_, sum = '') => amount(sum) },
];
