import { expect, it } from 'vitest';
import type { LineResult } from '@/lib/calls/test-calls/result';
import { isAskedAgain, saidTwice } from './again';

const line = { say: 'How can I pay?', hear: ['card'] };
const missed: LineResult = {
  said: 'How can I pay?',
  heard: "Sorry, I didn't catch that. I can take a message.",
  delayMs: 900,
  misses: [{ kind: 'not heard', wanted: 'card', near: '' }],
};

it('says a line once more where the agent asks for it', () => {
  expect(isAskedAgain(line, missed)).toBe(true);
  expect(isAskedAgain(line, { ...missed, heard: 'Could you repeat that?' })).toBe(true);
});

it('does not where it was understood, where the agent asks for nothing, and where nothing was said', () => {
  expect(isAskedAgain(line, { ...missed, misses: [] })).toBe(false);
  expect(isAskedAgain(line, { ...missed, heard: 'We are open from nine to six.' })).toBe(false);
  expect(isAskedAgain({ ...line, say: undefined }, missed)).toBe(false);
});

it('shows both, and forgives neither a late answer nor a wrong word', () => {
  const late = { kind: 'late', limitMs: 800, ms: 900 } as const;
  const first = { ...missed, misses: [...missed.misses, late] };
  const second = { said: 'How can I pay?', heard: 'By card.', delayMs: 700, misses: [] };
  expect(saidTwice(first, second)).toEqual({
    said: 'How can I pay? – How can I pay?',
    heard: "Sorry, I didn't catch that. I can take a message. – By card.",
    delayMs: 900,
    misses: [late],
  });
});
