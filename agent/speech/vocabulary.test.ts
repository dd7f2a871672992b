// The preference for words that callers are likely to say.
import { describe, expect, it, vi } from 'vitest';
import {
  Expected,
  hasLongWord,
  PROMPT_WORD_MAX,
  Tokenizer,
  wordsIn,
} from '@/agent/speech/vocabulary';

const PIECES = ['▁will', '▁bill', '▁den', 'tist', 'ture', '▁d', 'e', 'n', 't'];
const tokenizer = new Tokenizer(PIECES);
const expected = (...words: string[]) =>
  new Expected(words.map((word) => tokenizer.tokensOf(word)));
/** Scores of the pieces, 0 for those that are not given. */
const scores = (given: Readonly<Record<string, number>>) =>
  Float32Array.from(PIECES, (piece) => given[piece] ?? 0);
const best = (of: Expected, given: Readonly<Record<string, number>>) => {
  const all = scores(given);
  return PIECES[of.best(all, all.indexOf(Math.max(...all)))];
};

it('a prompt is a list of words', () => {
  expect(wordsIn('blood test, check-up; O’Brien… bill bill')).toEqual([
    ...['blood', 'test', 'check-up', 'O', 'Brien', 'bill'],
  ]);
});

it('a word is split into the longest pieces', () => {
  expect(tokenizer.tokensOf('dentist').map((token) => PIECES[token])).toEqual(['▁den', 'tist']);
  expect(tokenizer.tokensOf('zoo')).toEqual([]);
});

describe('an expected word', () => {
  it('wins over one that is slightly more likely, and over no other', () => {
    expect(best(expected('bill'), { '▁will': 5, '▁bill': 3.5 })).toBe('▁bill');
    expect(best(expected('bill'), { '▁will': 5, '▁bill': 2.5 })).toBe('▁will');
    expect(best(expected(), { '▁will': 5, '▁bill': 4.9 })).toBe('▁will');
  });

  it('is followed to its end', () => {
    const following = expected('dentist');
    following.take(PIECES.indexOf('▁den'));
    expect(best(following, { ture: 5, tist: 3.5 })).toBe('tist');
    following.take(PIECES.indexOf('tist'));
    expect(best(following, { ture: 5, tist: 3.5 })).toBe('ture');
  });
});

describe('time', () => {
  it('for a word grows with its length only', () => {
    const lookups = (length: number) => {
      const has = vi.spyOn(Map.prototype, 'has');
      try {
        expect(tokenizer.tokensOf('e'.repeat(length))).toEqual([]);
        expect(tokenizer.tokensOf(`d${'e'.repeat(length)}`)).toHaveLength(length + 1);
        return has.mock.calls.length;
      } finally {
        has.mockRestore();
      }
    };
    expect(lookups(2_000)).toBeLessThan(2.1 * lookups(1_000));
  });

  it('for a token grows with the number of words only', () => {
    const reads = (count: number) => {
      let read = 0;
      // All begin alike, so that all of them go on after each token.
      const same = Array.from({ length: count }, (_, word) => [0, 1, 2, 3 + word]);
      const counted = same.map(
        (word) =>
          new Proxy(word, {
            get(of, key) {
              read += 1;
              return Reflect.get(of, key);
            },
          }),
      );
      const following = new Expected(counted);
      const likely = new Float32Array(3 + count);
      for (const token of [0, 1, 2]) {
        following.best(likely, token);
        following.take(token);
      }
      return read;
    };
    expect(reads(400)).toBeLessThan(2.1 * reads(200));
  });
});

it('finds words that are too long', () => {
  expect(hasLongWord(`bill, ${'a'.repeat(PROMPT_WORD_MAX)}`)).toBe(false);
  expect(hasLongWord(`bill, ${'a'.repeat(PROMPT_WORD_MAX + 1)}.`)).toBe(true);
});
