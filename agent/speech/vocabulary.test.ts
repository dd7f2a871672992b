// The preference for words that callers are likely to say.
import { describe, expect, it } from 'vitest';
import { Expected, Tokenizer, wordsIn } from './vocabulary';

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
