// Masks e-mail addresses, phone numbers and card numbers in transcripts, both written and spoken ("anna at example dot
// com", digits one by one). Pure. Similar text that is needed to understand a call stays: times, dates, prices,
// references. In doubt, numbers with fewer than seven digits stay.

import type { CallEvent, EventData, EventOf } from '@/lib/calls/event';
import type { Masked } from '@/lib/core/masked';

// Spoken numbers as digits: one by one, doubled, and in pairs ("double oh seven, forty-two", "dreiundzwanzig").

const UNITS: Readonly<Record<string, string>> = {
  ...{ zero: '0', oh: '0', o: '0', nought: '0', one: '1', two: '2', three: '3', four: '4' },
  ...{ five: '5', six: '6', seven: '7', eight: '8', nine: '9' },
  ...{ null: '0', eins: '1', zwei: '2', zwo: '2', drei: '3', vier: '4', fünf: '5', sechs: '6' },
  ...{ sieben: '7', acht: '8', neun: '9' },
};
const TIMES: Readonly<Record<string, number>> = { double: 2, triple: 3, doppel: 2, dreifach: 3 };
const TEENS: Readonly<Record<string, string>> = {
  ...{ ten: '10', eleven: '11', twelve: '12', thirteen: '13', fourteen: '14', fifteen: '15' },
  ...{ sixteen: '16', seventeen: '17', eighteen: '18', nineteen: '19' },
  ...{ zehn: '10', elf: '11', zwölf: '12', dreizehn: '13', vierzehn: '14', fünfzehn: '15' },
  ...{ sechzehn: '16', siebzehn: '17', achtzehn: '18', neunzehn: '19' },
};
/** A unit may follow: "forty two" is 42. */
const TENS: Readonly<Record<string, string>> = {
  ...{ twenty: '2', thirty: '3', forty: '4', fifty: '5', sixty: '6', seventy: '7', eighty: '8' },
  ninety: '9',
};
const GERMAN_TENS: Readonly<Record<string, string>> = {
  ...{ zwanzig: '2', dreißig: '3', dreissig: '3', vierzig: '4', fünfzig: '5', sechzig: '6' },
  ...{ siebzig: '7', achtzig: '8', neunzig: '9' },
};
const GERMAN_UNIT = '(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)';
const GERMAN_PAIR = `(?:${GERMAN_UNIT}und)?(?:${Object.keys(GERMAN_TENS).join('|')})`;
/** "nine hundred" appends two zeros to its digit. */
const HUNDRED = 'hundred';

const either = (words: Readonly<Record<string, unknown>>) => Object.keys(words).join('|');

/** Words for a digit or a repetition of the next one, as alternatives of a regular expression. */
const DIGIT_WORD = `${either(UNITS)}|${either(TIMES)}`;
/** Words for several digits. */
const PAIR_WORD = `${either(TEENS)}|${either(TENS)}|${GERMAN_PAIR}|${HUNDRED}`;
/** Words that begin a number with an area code. */
const ZERO_WORD = Object.keys(UNITS)
  .filter((word) => UNITS[word] === '0')
  .join('|');

function germanPair(word: string): string | undefined {
  const [unit = '', tens = ''] = word.includes('und') ? word.split('und') : ['null', word];
  const [ones, ten] = [UNITS[unit === 'ein' ? 'eins' : unit], GERMAN_TENS[tens]];
  return ones === undefined || ten === undefined ? undefined : ten + ones;
}

/** The digits in `said`, from figures and words. Other words are ignored. */
function digitsOf(said: string): string {
  const pieces = said.toLowerCase().match(/\d+|\p{L}+/gu) ?? [];
  // An array, as replacing the last character of a long string copies it.
  const digits: string[] = [];
  let times = 1;
  /** "Forty" was the last word: a digit after it replaces its zero. */
  let open = false;
  for (const piece of pieces) {
    const unit = UNITS[piece] ?? (/^\d+$/.test(piece) ? piece : undefined);
    if (open && unit !== undefined && unit.length === 1 && unit !== '0' && times === 1) {
      digits[digits.length - 1] = unit;
    } else if (unit !== undefined) {
      digits.push(...(unit.length === 1 ? unit.repeat(times) : [unit]));
    } else {
      const ten = TENS[piece];
      const several = TEENS[piece] ?? (ten === undefined ? germanPair(piece) : `${ten}0`);
      digits.push(...(piece === HUNDRED ? '00' : (several ?? '')));
    }
    open = TENS[piece] !== undefined;
    times = TIMES[piece] ?? 1;
  }
  return digits.join('');
}

/** Replacement texts. */
const REPLACEMENTS: Readonly<Record<Masked, string>> = {
  email: '[e-mail]',
  phone: '[phone number]',
  card: '[card number]',
};

/** Number of digits of a phone number (E.164 allows 15), and of a card (ISO/IEC 7812). */
const PHONE_DIGITS = { least: 7, most: 15 } as const;
const CARD_DIGITS = { least: 13, most: 19 } as const;

/** Starts at a word boundary; otherwise each letter of a long word would be tried as a start. */
const WRITTEN_EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+\s?@\s?[\p{L}\p{N}-]+(?:\s?\.\s?[\p{L}\p{N}-]+)*\s?\.\s?\p{L}{2,}/giu;
const AT = `(?:at|ät|@)`;
const DOT = `(?:dot|punkt|point)`;
const JOINT = `(?:${DOT}|underscore|unterstrich|dash|hyphen|minus|bindestrich|plus)`;
/**
 * Maximum number of parts of a spoken or dotted name. No real name has more; without a limit each word of a long text
 * would be scanned to the end of the text.
 */
const PARTS = 10;
const PART = String.raw`[\p{L}\p{N}]+(?:[._-][\p{L}\p{N}]+){0,${PARTS}}`;
/** Top-level domains after a spoken "dot": without one, "at" is only a place or a time. */
const ENDING = `(?:com|org|net|edu|gov|info|io|eu|uk|de|at|ch|fr|es|it|nl|us|ie|co)`;
/**
 * "anna dot hale at example dot co dot uk". Words before it that are not joined by a spoken sign stay: "my address is".
 * A spelled name, "a n n a at …", is masked too.
 */
const SPOKEN_EMAIL = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(?:[\p{L}\p{N}]\s+){1,30})?${PART}(?:\s+${JOINT}\s+${PART}){0,${PARTS}}\s+${AT}\s+` +
    String.raw`${PART}(?:\s+(?:${DOT}|dash|hyphen|minus|bindestrich)\s+(?!${ENDING}(?![\p{L}\p{N}]))${PART}){0,${PARTS}}` +
    String.raw`(?:\s+${DOT}\s+${ENDING}|\.${ENDING})+(?![\p{L}\p{N}])`,
  'giu',
);

/** Digits, or one as a word, with plus, brackets and separators between groups. */
const PIECE = String.raw`(?:\d+|(?:${DIGIT_WORD})(?![\p{L}\p{N}]))`;
const RUN = new RegExp(
  String.raw`(?<![\p{L}\p{N}€$£#]|[\p{L}\p{N}][-_]|[€$£]\s|\d[.,:])(?:\+|plus\s+)?\(?${PIECE}(?:[\s,./()–-]{1,3}${PIECE})*`,
  'giu',
);

/**
 * The same with words for several digits ("forty-two"), which are also used in prices, times and years. So only those
 * that begin with plus or zero, like numbers with an area code, or that have all digits of a card.
 */
const SEVERAL = String.raw`(?:\d+|(?:${DIGIT_WORD}|${PAIR_WORD})(?![\p{L}\p{N}]))`;
const PAIRS = new RegExp(
  String.raw`(?<![\p{L}\p{N}€$£#]|[\p{L}\p{N}][-_]|[€$£]\s|\d[.,:])(?:\+|plus\s+)?${SEVERAL}(?:[\s,./–-]{1,3}${SEVERAL})*`,
  'giu',
);
const AREA_FIRST = new RegExp(String.raw`^(?:\+|plus\s|0|(?:${ZERO_WORD})[\s-])`, 'iu');
const HAS_PAIR = new RegExp(String.raw`(?<!\p{L})(?:${PAIR_WORD})(?!\p{L})`, 'iu');
/** Minimum digits of a number spoken in pairs: a year or time in front of it has fewer. */
const PAIRS_LEAST = 9;

function maskPairs(run: string, kinds: readonly Masked[]): string {
  const digits = digitsOf(run);
  const isPhone =
    AREA_FIRST.test(run) && digits.length >= PAIRS_LEAST && digits.length <= PHONE_DIGITS.most;
  const kind = isCard(digits) ? 'card' : isPhone ? 'phone' : undefined;
  return kind && kinds.includes(kind) ? REPLACEMENTS[kind] : run;
}

/** Whether the check digit of a card number is valid (Luhn, ISO/IEC 7812-1). */
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
/** Dates in figures, which may have eight digits, with or without a time. */
const DATE = new RegExp(
  String.raw`^(?:${DAY}[./ -]\s?${MONTH}[./ -]\s?${YEAR}|${MONTH}/${DAY}/${YEAR}|${YEAR}[-/. ]${MONTH}[-/. ]${DAY})(?:[\s,]+\d{1,2})?$`,
);
/** Amounts: groups of three digits with comma or point, optionally cents. */
const SUM = /^\d{1,3}(?:[,.]\d{3})+(?:[.,]\d{2})?$|^\d+[.,]\d{2}$/;
/** What follows an amount, a size or a time. */
const UNIT =
  /^\s?(?:€|\$|£|%|euro|eur|dollar|pound|cent|pence|kg|km|metres|meter|uhr|o'clock|:\d)/iu;
/** Lists of small numbers ("10, 11, 12, 14"): offered hours or days rather than groups of one number. */
const LIST = /^\d{1,2}(?:,\s\d{1,2})+$|^(?:19|20)\d\d(?:[,\s–-]+(?:19|20)\d\d)+$/;
/** A timestamp in milliseconds since 1970, from 2017 to 2033. */
const EPOCH = /^1[5-9]\d{11}$/;
/** Separators at which a run that is too long for one number is split. */
const BETWEEN = /(,\s+)/;

function kindOf(run: string, after: string): 'phone' | 'card' | undefined {
  if ([DATE, SUM, LIST, EPOCH].some((harmless) => harmless.test(run))) return undefined;
  if (UNIT.test(after)) return undefined;
  const digits = digitsOf(run);
  if (isCard(digits)) return 'card';
  const { least, most } = PHONE_DIGITS;
  return digits.length >= least && digits.length <= most ? 'phone' : undefined;
}

/** Digits that are too many for one number: in any case no time and no price. */
function kindOfLong(digits: string): 'phone' | 'card' | undefined {
  if (digits.length <= CARD_DIGITS.most) return undefined;
  const windows = Array.from(digits, (_, at) => digits.slice(at, at + CARD_DIGITS.most - 3));
  return windows.some(isCard) ? 'card' : 'phone';
}

function maskRun(run: string, after: string, kinds: readonly Masked[]): string {
  const kind = kindOf(run, after);
  if (kind) return kinds.includes(kind) ? REPLACEMENTS[kind] : run;
  if (digitsOf(run).length <= PHONE_DIGITS.most) return run;
  const parts = run.split(BETWEEN);
  if (parts.length > 1) return parts.map((part) => maskRun(part, '', kinds)).join('');
  const long = kindOfLong(digitsOf(run));
  return long && kinds.includes(long) ? REPLACEMENTS[long] : run;
}

/** `text` with these kinds masked. Idempotent. */
export function mask(text: string, kinds: readonly Masked[]): string {
  let masked = text;
  if (kinds.includes('email')) {
    masked = masked
      .replace(WRITTEN_EMAIL, REPLACEMENTS.email)
      .replace(SPOKEN_EMAIL, REPLACEMENTS.email);
  }
  if (!kinds.includes('phone') && !kinds.includes('card')) return masked;
  // Masking part of a run that was too long may leave a rest that is one number.
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

/** By kind of event, the fields with people's words or quotations of them. */
const WORDS: {
  readonly [K in EventData['kind']]: readonly (keyof EventOf<K>)[];
} = {
  turn: ['text'],
  ...{ whisper: ['text'], summary: ['text'] },
  tool: ['label', 'args', 'result'],
  error: ['message', 'stack'],
  // Reasons given by people who end a call, and error messages.
  ...{ ended: ['reason'], failover: ['reason'], gave_up: ['reason'], job_refused: ['reason'] },
  outcome: ['reason'],
  evaluation: ['reason'],
  // A system prompt may have the numbers of the team's own telephones.
  agent_config: ['instructions'],
  // Identities, places and times.
  ...{ tagged: [], spans: [], agent_changed: [] },
  ...{ requested: [], token_minted: [], room_started: [], room_finished: [], dispatched: [] },
  ...{ job_assigned: [], agent_joined: [], first_audio: [], person_joined: [], person_left: [] },
  ...{ agent_state: [], connection: [], handed_off: [], agent_left: [], dispatch_deleted: [] },
  ...{ put_through: [], recording: [], missed_words: [], stuck: [], usage: [] },
};

/** The content of an event with its words replaced by what `change` returns. */
function changeWords(what: EventData, change: (words: string) => string): EventData {
  const words: readonly string[] = WORDS[what.kind];
  if (words.length === 0) return what;
  const fields = Object.entries(what).map(([name, value]) => [
    name,
    words.includes(name) && typeof value === 'string' ? change(value) : value,
  ]);
  return Object.fromEntries(fields);
}

/** The event to store. */
export function maskEvent<T extends Pick<CallEvent, 'what'>>(
  event: T,
  kinds: readonly Masked[],
): T {
  if (kinds.length === 0) return event;
  return { ...event, what: changeWords(event.what, (words) => mask(words, kinds)) };
}

/** What stands for words that are not kept at all. */
const WITHHELD = '[redacted]';

/** The event without words of people, and without quotations of them. */
export const withoutWords = <T extends Pick<CallEvent, 'what'>>(event: T): T => ({
  ...event,
  what: changeWords(event.what, (words) => (words === '' ? '' : WITHHELD)),
});
