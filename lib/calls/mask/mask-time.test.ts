// Masking takes linear time, even for hostile texts.
import { expect, test } from 'vitest';
import { mask } from '@/lib/calls/mask/mask';
import { MASKED } from '@/lib/core/masked';

/** Characters of the shorter text. */
const LENGTH = 10_000;
/** How many times longer the other text is. */
const TIMES = 10;
/** How many times more work it may take: ten times if linear, a hundred times if quadratic. */
const MOST = 35;

/** CPU time in microseconds. Wall-clock time would include other processes. */
function workOf(text: string): number {
  const before = process.cpuUsage();
  mask(text, MASKED);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

test.each([
  'a',
  'a.',
  'a ',
  'ab ',
  'a@',
  'a@b.',
  'a@b.1 . ',
  'a dot ',
  'a dot dot ',
  'a.a dot ',
  'a at b dot ',
  'a at b dot com dash ',
  ' ',
  'at ',
  'plus ',
  'plus plus   ',
  '1',
  '1 ',
  '1, ',
  '12, ',
  '2024, ',
  '1.234,',
  '(',
  '+(1)',
  'one ',
  'double ',
  'double one ',
  'forty one ',
  'nine hundred ',
  'neunundvierzig ',
  '4111 1111 1111 1111, ',
  '020 7946 0018, 1 ',
])('work grows with the length of "%s" over and over', (piece) => {
  const text = (length: number) => piece.repeat(length / piece.length);
  // The least of some ratios, each measured in one go: a processor is not equally fast all the time.
  const ratio = () => {
    const short = Math.min(workOf(text(LENGTH)), workOf(text(LENGTH)));
    return workOf(text(TIMES * LENGTH)) / short;
  };
  let least = ratio();
  for (let more = 0; more < 4 && least >= MOST; more += 1) least = Math.min(least, ratio());
  expect(least).toBeLessThan(MOST);
});
