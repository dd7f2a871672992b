// Texts are masked as they are written down, also those that somebody made to take long.
import { expect, test } from 'vitest';
import { mask } from './mask';
import { MASKED } from './masked';

/** Characters of the shorter text. */
const LENGTH = 10_000;
/** How much longer the other one is. */
const TIMES = 30;
/** As much longer it may take: 30 times if time grows with the length, 900 times with its square. */
const MOST = 165;

/** The least milliseconds of some runs: what else the machine does only adds to it. */
function timeOf(text: string): number {
  const runs = Array.from({ length: 5 }, () => {
    const began = performance.now();
    mask(text, MASKED);
    return performance.now() - began;
  });
  return Math.min(...runs);
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
])('time grows with the length of "%s" over and over', (piece) => {
  const text = (length: number) => piece.repeat(length / piece.length);
  const short = timeOf(text(LENGTH));
  expect(timeOf(text(TIMES * LENGTH)) / short).toBeLessThan(MOST);
});
