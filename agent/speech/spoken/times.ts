// Times of day as spoken: "10:30 am" → "ten thirty ay em".
import { cardinal } from './numbers';
import type { Rule } from './rule';

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

function halfTime(hour: number, minute: number, half: 'a' | 'p'): string {
  if (hour === 12 && minute === 0) return half === 'a' ? 'midnight' : 'noon';
  return `${clock(hour, minute)} ${HALVES[half]}`;
}

function withHalf(hour: string, minute: string, half: string, rest: string): string {
  const letter = half.toLowerCase() === 'a' ? 'a' : 'p';
  return halfTime(Number(hour), Number(minute || 0), letter) + rest;
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
      withHalf(hour, minute, half, dot && SENTENCE_ENDS.test(dot + after) ? '.' : ''),
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
