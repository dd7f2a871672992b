// Keys of one answer are in one line, with their closing hash.
import { expect, test } from 'vitest';
import { KEYS_PAUSE_MS, type PressedKeys, spaced, withKey } from '@/lib/call/pressed-keys';

test('an answer ends with the hash or after a pause', () => {
  const answers: string[] = [];
  let answer: PressedKeys | undefined;
  for (const [key, at] of [
    ['1', 0],
    ['#', 400],
    ['4', 800],
    ['2', 800 + KEYS_PAUSE_MS],
    ['7', 801 + 2 * KEYS_PAUSE_MS],
    ['#', 900 + 2 * KEYS_PAUSE_MS],
  ] as const) {
    const next = withKey(answer, key, at);
    if (next.at === answer?.at) answers.pop();
    answers.push(`${next.at} ${spaced(next.keys)}`);
    answer = next;
  }
  expect(answers).toEqual(['0 1 #', '800 4 2', `${801 + 2 * KEYS_PAUSE_MS} 7 #`]);
});
