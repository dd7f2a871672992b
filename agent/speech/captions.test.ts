// Captions: the text stays as written, and its words appear when they are spoken.
import { expect, test } from 'vitest';
import { captionTimes, secondsOf } from '@/agent/speech/captions';

async function* pieces(...texts: string[]) {
  yield* texts;
}
const all = async (...texts: string[]) => {
  const words: { text: string; at: number }[] = [];
  for await (const { text, startTime } of captionTimes(pieces(...texts))) {
    words.push({ text, at: startTime ?? Number.NaN });
  }
  return words;
};

test('the text stays as written, however it is split', async () => {
  const text = ' It costs $12.50, due by\n2026-11-23.  Call 555 0142';
  for (const size of [1, 4, 100]) {
    const parts = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
    expect((await all(...parts)).map((word) => word.text).join('')).toBe(text);
  }
  expect(await all()).toEqual([]);
});

test('a word begins when those before it have been spoken', async () => {
  const words = await all('It costs $120, ', 'due by 2026-11-23. Anything else?');
  const at = (text: string) => words.find((word) => word.text.startsWith(text))?.at ?? Number.NaN;
  expect(at('It')).toBe(0);
  // "one hundred twenty dollars": six syllables and more.
  expect(at('due') - at('$120')).toBeGreaterThan(1.3);
  expect(at('Anything') - at('2026')).toBeGreaterThan(2);
  expect(at('Anything')).toBeLessThan(6);
});

test('plain words take as long as the framework counts', () => {
  expect(secondsOf('hello')).toBeCloseTo(2 / 3.83, 5);
  expect(secondsOf('10:30')).toBeCloseTo(secondsOf('ten thirty'), 5);
  expect(secondsOf('—')).toBe(0);
});
