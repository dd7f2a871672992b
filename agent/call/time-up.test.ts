// When the end of a limited call is announced, and when it ends.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startTimeLimit } from '@/agent/call/end';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';

const MINUTE_MS = 60_000;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** The events by then, in milliseconds from the start. */
function reported(endsInMs: number | undefined, stopAfterMs = Number.POSITIVE_INFINITY) {
  const start = Date.now();
  const seen: [string, number][] = [];
  const note = (what: string) => () => seen.push([what, Date.now() - start]);
  const endsAt = endsInMs === undefined ? '' : String(start + endsInMs);
  const stop = startTimeLimit(
    { [PERSON_ATTRIBUTES.endsAt]: endsAt },
    { almost: note('almost'), up: note('up') },
  );
  if (stopAfterMs < Number.POSITIVE_INFINITY) setTimeout(stop, stopAfterMs);
  vi.advanceTimersByTime(60 * MINUTE_MS);
  return seen;
}

test('a call with a time limit is announced a minute before its end, and ends', () => {
  expect(reported(15 * MINUTE_MS)).toEqual([
    ['almost', 14 * MINUTE_MS],
    ['up', 15 * MINUTE_MS],
  ]);
});

test.each([
  ['an agent that joins in the last minute announces nothing', 20_000, [['up', 20_000]]],
  ['an agent that joins too late ends the call immediately', -5_000, [['up', 0]]],
  ['a call without a time limit continues', undefined, []],
])('%s', (_, endsInMs, expected) => {
  expect(reported(endsInMs)).toEqual(expected);
});

test('nothing is announced or ended after the agent has left', () => {
  expect(reported(15 * MINUTE_MS, 2 * MINUTE_MS)).toEqual([]);
});
