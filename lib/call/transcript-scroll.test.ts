// A transcript scrolls to new lines, and stops only if its reader scrolls up.
import { expect, test } from 'vitest';
import { isAway } from '@/lib/call/transcript-scroll';

const box = { scrollTop: 557, scrollHeight: 1_163, clientHeight: 606 };

test.each([
  ['stays at the end', false, 557, box, false],
  ['follows when lines come', false, 557, { ...box, scrollHeight: 1_300 }, false],
  ['follows when the box gets lower', false, 557, { ...box, clientHeight: 300 }, false],
  [
    'follows when the box gets higher',
    false,
    557,
    { ...box, scrollTop: 363, clientHeight: 800 },
    false,
  ],
  ['follows while it scrolls to the end', false, 0, { ...box, scrollTop: 300 }, false],
  ['stops when the reader scrolls up', false, 557, { ...box, scrollTop: 300 }, true],
  ['stops at the first pixels', false, 557, { ...box, scrollTop: 545 }, true],
  ['ignores rounded sizes', false, 557, { ...box, scrollTop: 555.5 }, false],
  ['waits while the reader scrolls down again', true, 100, { ...box, scrollTop: 300 }, true],
  ['follows again at the end', true, 100, { ...box, scrollTop: 540 }, false],
] as const)('%s', (_, wasAway, lastTop, now, away) => {
  expect(isAway(wasAway, lastTop, now)).toBe(away);
});
