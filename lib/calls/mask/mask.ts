// Takes e-mail addresses, telephone numbers and card numbers out of what was said, as it is written and
// as it is spoken ("anna at example dot com", digits one by one). Pure. What looks alike and is needed
// to understand a call stays: times, dates, prices, references. In doubt a number stays below seven digits.
import type { Masked } from '@/lib/core/masked';
import { DIGIT_WORD, digitsOf, PAIR_WORD, ZERO_WORD } from './spoken-numbers';

/** What stands in place of what was masked. */
const SIGNS: Readonly<Record<Masked, string>> = {
  email: '[e-mail]',
  phone: '[phone number]',
  card: '[card number]',
};

/** Digits of a telephone number (E.164 has at most 15), and of a card (ISO/IEC 7812). */
const PHONE_DIGITS = { least: 7, most: 15 } as const;
const CARD_DIGITS = { least: 13, most: 19 } as const;

/** It begins where a word does: else each letter of a long word would be tried as a beginning. */
const WRITTEN_EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+\s?@\s?[\p{L}\p{N}-]+(?:\s?\.\s?[\p{L}\p{N}-]+)*\s?\.\s?\p{L}{2,}/giu;
const AT = `(?:at|ät|@)`;
const DOT = `(?:dot|punkt|point)`;
const JOINT = `(?:${DOT}|underscore|unterstrich|dash|hyphen|minus|bindestrich|plus)`;
/**
 * Most parts that a spoken or dotted name is followed for. No name has more; without it each word of a long text
 * would be followed to the end of it.
 */
const PARTS = 10;
const PART = String.raw`[\p{L}\p{N}]+(?:[._-][\p{L}\p{N}]+){0,${PARTS}}`;
/** Endings that may follow "dot" in speech: without one, "at" is only a place or a time. */
const ENDING = `(?:com|org|net|edu|gov|info|io|eu|uk|de|at|ch|fr|es|it|nl|us|ie|co)`;
/**
 * "anna dot hale at example dot co dot uk". Words before that are not joined by a spoken sign stay:
 * "my address is". A name that is spelt, "a n n a at …", goes with it.
 */
const SPOKEN_EMAIL = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(?:[\p{L}\p{N}]\s+){1,30})?${PART}(?:\s+${JOINT}\s+${PART}){0,${PARTS}}\s+${AT}\s+` +
    String.raw`${PART}(?:\s+(?:${DOT}|dash|hyphen|minus|bindestrich)\s+(?!${ENDING}(?![\p{L}\p{N}]))${PART}){0,${PARTS}}` +
    String.raw`(?:\s+${DOT}\s+${ENDING}|\.${ENDING})+(?![\p{L}\p{N}])`,
  'giu',
);

/** Digits, or one said as a word; plus, brackets and what stands between groups come with them. */
const PIECE = String.raw`(?:\d+|(?:${DIGIT_WORD})(?![\p{L}\p{N}]))`;
const RUN = new RegExp(
  String.raw`(?<![\p{L}\p{N}€$£#]|[\p{L}\p{N}][-_]|[€$£]\s|\d[.,:])(?:\+|plus\s+)?\(?${PIECE}(?:[\s,./()–-]{1,3}${PIECE})*`,
  'giu',
);

/**
 * The same with words for several digits ("forty-two"), which are also prices, times and years: so only what
 * begins with plus or zero, as numbers with an area do, or has all digits of a card.
 */
const SEVERAL = String.raw`(?:\d+|(?:${DIGIT_WORD}|${PAIR_WORD})(?![\p{L}\p{N}]))`;
const PAIRS = new RegExp(
  String.raw`(?<![\p{L}\p{N}€$£#]|[\p{L}\p{N}][-_]|[€$£]\s|\d[.,:])(?:\+|plus\s+)?${SEVERAL}(?:[\s,./–-]{1,3}${SEVERAL})*`,
  'giu',
);
const AREA_FIRST = new RegExp(String.raw`^(?:\+|plus\s|0|(?:${ZERO_WORD})[\s-])`, 'iu');
const HAS_PAIR = new RegExp(String.raw`(?<!\p{L})(?:${PAIR_WORD})(?!\p{L})`, 'iu');
/** Digits from which a number said in pairs is one: a year or a time before it has fewer. */
const PAIRS_LEAST = 9;

function maskPairs(run: string, kinds: readonly Masked[]): string {
  const digits = digitsOf(run);
  const isPhone =
    AREA_FIRST.test(run) && digits.length >= PAIRS_LEAST && digits.length <= PHONE_DIGITS.most;
  const kind = isCard(digits) ? 'card' : isPhone ? 'phone' : undefined;
  return kind && kinds.includes(kind) ? SIGNS[kind] : run;
}

/** Whether the last digit of a card number checks the others (Luhn, ISO/IEC 7812-1). */
export function isCard(digits: string): boolean {
  if (digits.length < CARD_DIGITS.least || digits.length > CARD_DIGITS.most) return false;
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

const DAY = String.raw`(?:0?[1-9]|[12]\d|3[01])`;
const MONTH = `(?:0?[1-9]|1[0-2])`;
const YEAR = String.raw`(?:19|20)\d\d`;
/** Dates in figures, which may have eight digits, with a time behind them or not. */
const DATE = new RegExp(
  String.raw`^(?:${DAY}[./ -]\s?${MONTH}[./ -]\s?${YEAR}|${MONTH}/${DAY}/${YEAR}|${YEAR}[-/. ]${MONTH}[-/. ]${DAY})(?:[\s,]+\d{1,2})?$`,
);
/** Sums: groups of three with a comma or point, and none of another length before the cents. */
const SUM = /^\d{1,3}(?:[,.]\d{3})+(?:[.,]\d{2})?$|^\d+[.,]\d{2}$/;
/** What stands behind a number that is a sum, a size or a time. */
const UNIT =
  /^\s?(?:€|\$|£|%|euro|eur|dollar|pound|cent|pence|kg|km|metres|meter|uhr|o'clock|:\d)/iu;
/** Lists of small numbers ("10, 11, 12, 14"): hours or days that are offered, not groups of one number. */
const LIST = /^\d{1,2}(?:,\s\d{1,2})+$|^(?:19|20)\d\d(?:[,\s–-]+(?:19|20)\d\d)+$/;
/** A time as programs count it, in milliseconds since 1970: of 2017 to 2033. */
const EPOCH = /^1[5-9]\d{11}$/;
/** Runs in which each is to be looked at alone, where all together are too long for one number. */
const BETWEEN = /(,\s+)/;

function kindOf(run: string, after: string): 'phone' | 'card' | undefined {
  if ([DATE, SUM, LIST, EPOCH].some((harmless) => harmless.test(run))) return undefined;
  if (UNIT.test(after)) return undefined;
  const digits = digitsOf(run);
  if (isCard(digits)) return 'card';
  const { least, most } = PHONE_DIGITS;
  return digits.length >= least && digits.length <= most ? 'phone' : undefined;
}

/** Digits that are too many for one number: whatever they are, they are no time and no price. */
function kindOfLong(digits: string): 'phone' | 'card' | undefined {
  if (digits.length <= CARD_DIGITS.most) return undefined;
  const windows = Array.from(digits, (_, at) => digits.slice(at, at + CARD_DIGITS.most - 3));
  return windows.some(isCard) ? 'card' : 'phone';
}

function maskRun(run: string, after: string, kinds: readonly Masked[]): string {
  const kind = kindOf(run, after);
  if (kind) return kinds.includes(kind) ? SIGNS[kind] : run;
  if (digitsOf(run).length <= PHONE_DIGITS.most) return run;
  const parts = run.split(BETWEEN);
  if (parts.length > 1) return parts.map((part) => maskRun(part, '', kinds)).join('');
  const long = kindOfLong(digitsOf(run));
  return long && kinds.includes(long) ? SIGNS[long] : run;
}

/** `text` without what is of these kinds. The same however often it is done. */
export function mask(text: string, kinds: readonly Masked[]): string {
  let masked = text;
  if (kinds.includes('email')) {
    masked = masked.replace(WRITTEN_EMAIL, SIGNS.email).replace(SPOKEN_EMAIL, SIGNS.email);
  }
  if (!kinds.includes('phone') && !kinds.includes('card')) return masked;
  // What was masked out of a run that was too long for one number may leave one that is not.
  for (let before = ''; before !== masked; ) {
    before = masked;
    masked = masked
      .replace(PAIRS, (run) => (HAS_PAIR.test(run) ? maskPairs(run, kinds) : run))
      .replace(RUN, (run: string, at: number, whole: string) =>
        maskRun(run, whole.slice(at + run.length), kinds),
      );
  }
  return masked;
}
