// Finds words in a transcript: tolerant of spelling, never of numbers. Both are normalized first: "half past ten", "ten
// thirty" and "10:30" are one number, "it's" is "it is", and articles and fillers are dropped.
import { cardinal, ordinal } from '@/agent/speech/figures';
import { editDistance } from '@/lib/core/edit-distance';

const valuesOf = (numbers: readonly number[]): Readonly<Record<string, number>> =>
  Object.fromEntries(numbers.map((number) => [cardinal(number), number]));
const UNITS = valuesOf([...Array(20).keys()]);
const TENS = valuesOf([20, 30, 40, 50, 60, 70, 80, 90]);
const ORDINALS: Readonly<Record<string, string>> = Object.fromEntries(
  [...Array(20).keys(), 20, 30].map((number) => [ordinal(number), cardinal(number)]),
);
const FILLERS = new Set(['the', 'a', 'an', 'uh', 'um', 'er', 'and']);
const ENDINGS: readonly [RegExp, string][] = [
  [/\bwon't\b/g, 'will not'],
  [/\bcan't\b/g, 'can not'],
  [/\bcannot\b/g, 'can not'],
  [/n't\b/g, ' not'],
  [/'re\b/g, ' are'],
  [/'ll\b/g, ' will'],
  [/'m\b/g, ' am'],
  [/'ve\b/g, ' have'],
  [/'s\b/g, ' is'],
  [/\bdr\b\.?/g, 'doctor'],
];

function written(text: string): string {
  return text
    .replace(/\bo'? ?clock\b/g, ' ')
    .replace(/\$\s?(\d+)/g, '$1 dollars')
    .replace(/(\d+):00\b/g, '$1')
    .replace(/(\d+)[:.](\d\d)\b/g, '$1 $2')
    .replace(/(\d+)(?:st|nd|rd|th)\b/g, '$1')
    .replace(/\b([ap])\.?\s?m\b\.?/g, ' ')
    .replace(/(\d)-(?=\d)/g, '$1 ');
}

const isNumber = (word: string | undefined) => word !== undefined && /^\d+$/.test(word);

/** Number words to digits: "forty five" to 45, "one hundred and twenty" to 120. */
function numbered(words: readonly string[]): string[] {
  const found: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    const tens = TENS[word];
    const unit = UNITS[word];
    if (tens !== undefined) {
      const after = UNITS[words[at + 1] ?? ''] ?? 0;
      const joined = after > 0 && after < 10;
      found.push(String(tens + (joined ? after : 0)));
      if (joined) at += 1;
    } else if (word === 'hundred' && isNumber(found.at(-1))) {
      const rest = numbered(words.slice(at + 1).filter((each, i) => i > 0 || each !== 'and'));
      const [small] = rest;
      const value = Number(found.pop()) * 100;
      if (!isNumber(small) || Number(small) >= 100) return [...found, String(value), ...rest];
      return [...found, String(value + Number(small)), ...rest.slice(1)];
    } else if (unit !== undefined) found.push(String(unit));
    else found.push(word);
  }
  return found;
}

/** Times: "half past 10" to "10 30", "quarter to 3" to "2 45". */
function timed(words: readonly string[]): string[] {
  const text = ` ${words.join(' ')} `
    .replace(/ half past (\d+) /g, ' $1 30 ')
    .replace(/ quarter (?:past|after) (\d+) /g, ' $1 15 ')
    .replace(/ quarter (?:to|two|2) (\d+) /g, (_, hour: string) => ` ${Number(hour) - 1 || 12} 45 `)
    .replace(/ (\d+) (?:past|after) (\d+) /g, ' $2 $1 ')
    // "nine oh five", and telephone numbers.
    .replace(/(?<=\d) (?:oh|o)(?= \d)/g, ' 0');
  return text.trim().split(/\s+/);
}

/** Joins adjacent numbers, because people and speech recognition group them differently. */
function together(words: readonly string[]): string[] {
  const found: string[] = [];
  for (const word of words) {
    if (isNumber(word) && isNumber(found.at(-1))) found.push(`${found.pop()}${word}`);
    else found.push(word);
  }
  return found;
}

/** The normalized words of a text, in order. */
export function wordsOf(text: string): readonly string[] {
  let lower = written(text.toLowerCase().replaceAll('’', "'"));
  for (const [ending, full] of ENDINGS) lower = lower.replace(ending, full);
  const words = lower
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .split(' ')
    .filter(Boolean)
    .map((word) => ORDINALS[word] ?? word);
  const ready = together(timed(numbered(words)).filter(Boolean));
  return ready.filter((word) => !FILLERS.has(word));
}

/** Separates alternatives: "Monday the 23rd / the 23rd". */
const WAYS = ' / ';
/** Letters from which one wrong letter counts as a spelling of the same word. */
const LONG = 5;
/** One word may be wrong for each so many words of a phrase. */
const FORGIVEN = 5;
const AROUND = 4;

const SOUNDS_LIKE: Readonly<Record<string, readonly string[]>> = {
  1: ['won'],
  2: ['to', 'too'],
  4: ['for'],
  8: ['ate'],
};

/** A word's consonants, which speech recognition gets right in unknown names. */
const skeleton = (word: string) =>
  word
    .replace(/ph/g, 'f')
    .replace(/th/g, 't')
    .replace(/ck|q|c/g, 'k')
    .replace(/z/g, 's')
    .replace(/[aeiouyhw]+/g, '.')
    .replace(/(.)\1+/g, '$1');

function sameWord(wanted: string, heard: string): boolean {
  if (wanted === heard) return true;
  if (/\d/.test(wanted) || /\d/.test(heard)) {
    // A long number may be merged with another one.
    if (/^\d{3,}$/.test(wanted) && /^\d+$/.test(heard)) return heard.includes(wanted);
    return SOUNDS_LIKE[wanted]?.includes(heard) ?? false;
  }
  const shorter = Math.min(wanted.length, heard.length);
  if (shorter < LONG - 1) return false;
  const apart = editDistance(wanted, heard);
  if (apart <= 1 && shorter >= LONG) return true;
  return apart <= 2 && skeleton(wanted) === skeleton(heard);
}

/** Counts the words of `wanted` in `heard` from a position on, each at most one word after the last. */
function foundFrom(wanted: readonly string[], heard: readonly string[], from: number) {
  let at = from;
  let count = 0;
  let strict = true;
  for (let i = 0; i < wanted.length; i += 1) {
    const word = wanted[i] as string;
    const two = `${heard[at] ?? ''}${heard[at + 1] ?? ''}`;
    if (at < heard.length && sameWord(word, heard[at] as string)) at += 1;
    else if (at + 1 < heard.length && sameWord(word, two)) at += 2;
    else if (i + 1 < wanted.length && sameWord(`${word}${wanted[i + 1]}`, heard[at] ?? '')) {
      at += 1;
      i += 1;
      count += 1;
    } else {
      if (/\d/.test(word)) strict = false;
      at += 1;
      continue;
    }
    count += 1;
  }
  return { count, strict };
}

/** The result of a search. */
export interface PhraseMatch {
  readonly found: boolean;
  /** The best partial match as it was heard; empty if no word matches. */
  readonly near: string;
}

function findOne(phrase: string, heard: readonly string[]): PhraseMatch & { share: number } {
  const wanted = wordsOf(phrase);
  const enough = wanted.length - Math.floor(wanted.length / FORGIVEN);
  let best = { count: 0, at: 0 };
  for (let at = 0; at < heard.length; at += 1) {
    const { count, strict } = foundFrom(wanted, heard, at);
    if (strict && count >= enough) return { found: true, near: '', share: 1 };
    if (count > best.count) best = { count, at };
  }
  if (best.count === 0) return { found: false, near: '', share: 0 };
  const around = heard.slice(Math.max(0, best.at - AROUND), best.at + wanted.length + AROUND);
  return { found: false, near: around.join(' '), share: best.count / wanted.length };
}

/** Searches for a phrase, or one of its alternatives, in what was heard. */
export function findPhrase(phrase: string, heard: string): PhraseMatch {
  const words = wordsOf(heard);
  const ways = phrase.split(WAYS).map((way) => findOne(way, words));
  const best = ways.reduce((one, other) => (other.share > one.share ? other : one));
  return { found: best.found, near: best.near };
}
