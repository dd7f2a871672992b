import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SHARE_LIMIT_MS, type SharedAgent, ShareWatch } from './share-watch';

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
const watch = new ShareWatch(late);

beforeEach(() => {
  vi.useFakeTimers();
  late.mockReset();
});
afterEach(() => vi.useRealTimers());

it('is up at the limit, counted from when the caller joined', () => {
  watch.begin(sent, Date.now() - 500);
  vi.advanceTimersByTime(SHARE_LIMIT_MS - 501);
  expect(late).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(late).toHaveBeenCalledExactlyOnceWith(sent);
});

it('is not up for an agent that came, but for another one', () => {
  watch.begin(sent, Date.now());
  watch.begin({ ...sent, agent: 'line-check' }, Date.now());
  watch.arrived('RM_1', 'front-desk');
  watch.arrived('RM_2', 'line-check');
  vi.advanceTimersByTime(SHARE_LIMIT_MS);
  expect(late.mock.calls.map(([one]) => one.agent)).toEqual(['line-check']);
});

it('is begun once for an agent in a room', () => {
  watch.begin(sent, Date.now());
  watch.begin({ ...sent, dispatchId: 'AD_2' }, Date.now());
  vi.advanceTimersByTime(SHARE_LIMIT_MS * 2);
  expect(late).toHaveBeenCalledOnce();
});
