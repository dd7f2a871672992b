import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PendingShares, SHARE_TIMEOUT_MS, type SharedAgent } from './fall-back';

const sent: SharedAgent = {
  room: { name: 'r', sid: 'RM_1' },
  agent: 'front-desk',
  metadata: '',
  caller: 'PA_1',
  dispatchId: 'AD_1',
  deployment: 'staging',
  fallback: 'production',
};
const late = vi.fn();
const watch = new PendingShares(late);

beforeEach(() => {
  vi.useFakeTimers();
  late.mockReset();
});
afterEach(() => vi.useRealTimers());

it("ends at the timeout, counted from the caller's joining", () => {
  watch.begin(sent, Date.now() - 500);
  vi.advanceTimersByTime(SHARE_TIMEOUT_MS - 501);
  expect(late).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(late).toHaveBeenCalledExactlyOnceWith(sent);
});

it('ends only for agents that did not join', () => {
  watch.begin(sent, Date.now());
  watch.begin({ ...sent, agent: 'line-check' }, Date.now());
  watch.arrived('RM_1', 'front-desk');
  watch.arrived('RM_2', 'line-check');
  vi.advanceTimersByTime(SHARE_TIMEOUT_MS);
  expect(late.mock.calls.map(([one]) => one.agent)).toEqual(['line-check']);
});

it('starts once for each agent in a room', () => {
  watch.begin(sent, Date.now());
  watch.begin({ ...sent, dispatchId: 'AD_2' }, Date.now());
  vi.advanceTimersByTime(SHARE_TIMEOUT_MS * 2);
  expect(late).toHaveBeenCalledOnce();
});
