// When a worker counts as broken, and when it accepts no jobs.
import { expect, test } from 'vitest';
import { cannotStart, judge, STUCK_MS, type Starts } from './judge';

const NOW = 1_000_000;
const starts = (fields: Partial<Starts>): Starts => ({
  warm: 0,
  wasReady: true,
  emptySince: NOW,
  ...fields,
});
const ago = (ms: number) => ({ emptySince: NOW - ms });

test.each<[string, Partial<Starts>, boolean, string, boolean]>([
  ['one is idle', { warm: 1 }, false, 'live', true],
  ['one is idle though the last failed', { warm: 1, failing: 'no' }, false, 'live', true],
  ['the first is starting', { wasReady: false }, false, 'starting', true],
  ['the first takes long', { wasReady: false, ...ago(STUCK_MS) }, false, 'starting', true],
  ['the first failed', { wasReady: false, failing: 'no' }, false, 'broken', false],
  ['a later one failed', { failing: 'no' }, true, 'broken', false],
  ['the last was taken just now', {}, true, 'live', true],
  ['none becomes ready', ago(STUCK_MS), false, 'broken', false],
  ['none becomes ready during calls', ago(STUCK_MS), true, 'live', false],
  ['none becomes ready, just before the timeout', ago(STUCK_MS - 1), false, 'live', true],
])('%s', (_, fields, busy, state, takes) => {
  const judged = judge(starts(fields), busy, NOW);
  expect(judged.state).toBe(state);
  expect(Boolean(judged.error)).toBe(state === 'broken' || state === 'starting');
  expect(cannotStart(starts(fields), NOW) === undefined).toBe(takes);
});

test('returns the error itself', () => {
  expect(judge(starts({ failing: 'no model' }), false, NOW).error).toBe('no model');
  expect(cannotStart(starts({ failing: 'no model' }), NOW)).toContain('no model');
});
