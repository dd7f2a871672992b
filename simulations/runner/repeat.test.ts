import { expect, it } from 'vitest';
import type { LineResult } from '@/lib/calls/test-calls/result';
import { isAskedToRepeat, mergeRepeated } from './repeat';

const line = { say: 'How can I pay?', hear: ['card'] };
const missed: LineResult = {
  said: 'How can I pay?',
  heard: "Sorry, I didn't catch that. I can take a message.",
  delayMs: 900,
  misses: [{ kind: 'not heard', wanted: 'card', near: '' }],
};

it('repeats a line if the agent asks for it', () => {
  expect(isAskedToRepeat(line, missed)).toBe(true);
  expect(isAskedToRepeat(line, { ...missed, heard: 'Could you repeat that?' })).toBe(true);
});

it('does not repeat it if it was understood, the agent does not ask, or nothing was said', () => {
  expect(isAskedToRepeat(line, { ...missed, misses: [] })).toBe(false);
  expect(isAskedToRepeat(line, { ...missed, heard: 'We are open from nine to six.' })).toBe(false);
  expect(isAskedToRepeat({ ...line, say: undefined }, missed)).toBe(false);
});

it('shows both, and keeps late responses and unwanted words as faults', () => {
  const late = { kind: 'late', limitMs: 800, ms: 900 } as const;
  const first = { ...missed, misses: [...missed.misses, late] };
  const second = { said: 'How can I pay?', heard: 'By card.', delayMs: 700, misses: [] };
  expect(mergeRepeated(first, second)).toEqual({
    said: 'How can I pay? – How can I pay?',
    heard: "Sorry, I didn't catch that. I can take a message. – By card.",
    delayMs: 900,
    misses: [late],
  });
});
