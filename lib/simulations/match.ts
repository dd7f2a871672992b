// Whether words were heard in what a recogniser wrote down: tolerant of spelling, never of numbers.
import { wordsOf } from './words';

/** Ways to say the same are parted so: "Monday the 23rd / the 23rd". */
const WAYS = ' / ';
/** Letters from which one wrong letter is a spelling, not another word. */
const LONG = 5;
/** Words of a phrase of which one may be misheard. */
const FORGIVEN = 5;
/** Words shown around the place that came nearest. */
const AROUND = 4;

/** Words that sound alike: single figures are written as these. */
const SOUNDS_LIKE: Readonly<Record<string, readonly string[]>> = {
  1: ['won'],
  2: ['to', 'too'],
  4: ['for'],
  8: ['ate'],
};

/** How many letters have to be changed, put in or left out; `most` where there are more. */
function distance(one: string, other: string, most: number): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const change = (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return Math.min(row.at(-1) as number, most);
}

/** A word by its consonants: what recognisers keep of names they do not know. */
const skeleton = (word: string) =>
  word
    .replace(/ph/g, 'f')
    .replace(/th/g, 't')
    .replace(/ck|q|c/g, 'k')
    .replace(/z/g, 's')
    .replace(/[aeiouyhw]+/g, '.')
    .replace(/(.)\1+/g, '$1');

/** Whether two words are the same one to the ear. */
function sameWord(wanted: string, heard: string): boolean {
  if (wanted === heard) return true;
  if (/\d/.test(wanted) || /\d/.test(heard)) {
    // A long number may stand beside another one.
    if (/^\d{3,}$/.test(wanted) && /^\d+$/.test(heard)) return heard.includes(wanted);
    return SOUNDS_LIKE[wanted]?.includes(heard) ?? false;
  }
  const shorter = Math.min(wanted.length, heard.length);
  if (shorter < LONG - 1) return false;
  const apart = distance(wanted, heard, 3);
  if (apart <= 1 && shorter >= LONG) return true;
  return apart <= 2 && skeleton(wanted) === skeleton(heard);
}

/** Words of `wanted` found from a place in `heard` on, each at most one word further than the last. */
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

/** What came of looking for a phrase. */
export interface Looked {
  readonly found: boolean;
  /** Where it came nearest, as it was heard; empty where no word of it was. */
  readonly near: string;
}

function lookFor(phrase: string, heard: readonly string[]): Looked & { share: number } {
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

/** Looks for a phrase, or one of several ways to say it, in what was heard. */
export function look(phrase: string, heard: string): Looked {
  const words = wordsOf(heard);
  const ways = phrase.split(WAYS).map((way) => lookFor(way, words));
  const best = ways.reduce((one, other) => (other.share > one.share ? other : one));
  return { found: best.found, near: best.near };
}
