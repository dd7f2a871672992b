// How long the words alone make a caller wait, for three hundred sentences as a recognizer may write them: finished ones
// are answered soon, and no pause in the middle of a sentence ends the turn earlier than it used to.
import { expect, test } from 'vitest';
import { askedIn, ENDPOINTING_DELAY_MS, endpointOf } from '@/agent/turns/endpointing';
import { FINISHED, HESITATING, type Sentence, UNFINISHED } from '@/agent/turns/sentences';

/**
 * Milliseconds of an answer that are not the wait, by docs/performance.md: until the worker has the end of speech (110),
 * from its end of the turn to prepared audio (10), and back to the browser (90).
 */
const OTHER_PARTS_MS = 210;

/** Without its marks, as recognizers write what they take for a part of a sentence. */
const bare = (text: string) => text.replace(/[.?!,]+$/, '');

/** The ways in which a recognizer writes the end of a sentence. */
const FORMS: Readonly<Record<string, (text: string) => string>> = {
  'as written': (text) => text,
  'with a full stop': (text) => `${bare(text)}.`,
  'without a mark': bare,
  'in lower case': (text) => bare(text).toLowerCase().replaceAll(',', ''),
  'with a comma': (text) => `${bare(text)},`,
};
const FILLED = ['um', 'uh.', 'you know,'];

const delay = (text: string, { after }: Sentence) =>
  ENDPOINTING_DELAY_MS[endpointOf(text, askedIn(after))];

/** The value below which that share of all values is. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
}

test('the table', () => {
  const all = [...FINISHED, ...UNFINISHED, ...HESITATING];
  expect([FINISHED.length, UNFINISHED.length, HESITATING.length]).toEqual([180, 80, 40]);
  expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
});

test('finished sentences are answered soon', () => {
  const delays = Object.values(FORMS).flatMap((form) =>
    FINISHED.map((sentence) => delay(form(sentence.text), sentence)),
  );
  expect(quantile(delays, 0.5) + OTHER_PARTS_MS).toBeLessThanOrEqual(600);
  expect(quantile(delays, 0.95) + OTHER_PARTS_MS).toBeLessThanOrEqual(1_100);
});

test.each(Object.entries(FORMS))(
  'pauses in the middle, %s, are waited for as long as ever',
  (_, form) => {
    for (const sentence of [...UNFINISHED, ...HESITATING]) {
      const { text, least } = sentence;
      expect.soft(delay(form(text), sentence), text).toBeGreaterThanOrEqual(least);
    }
  },
);

test('a filler after a finished sentence gains time', () => {
  for (const sentence of FINISHED) {
    for (const filler of FILLED) {
      const text = `${bare(sentence.text)}, ${filler}`;
      expect.soft(delay(text, sentence), text).toBe(ENDPOINTING_DELAY_MS.unfinished);
    }
  }
});
