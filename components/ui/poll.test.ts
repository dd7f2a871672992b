// Polling goes on, whatever one round does.
import { afterEach, expect, test, vi } from 'vitest';
import { poll } from '@/components/ui/poll';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('goes on after an error, which is shown, until it is stopped', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { addEventListener() {}, removeEventListener() {}, hidden: false });
  const shown = vi.spyOn(console, 'error').mockImplementation(() => {});
  const broken = new TypeError('the page is broken');
  const load = vi.fn(async () => {});
  load.mockRejectedValueOnce(broken);
  const stop = poll(load, { everyMs: 1_000, now: true });
  await vi.advanceTimersByTimeAsync(2_500);
  expect([load.mock.calls.length, shown.mock.calls]).toEqual([3, [[broken]]]);
  stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(load).toHaveBeenCalledTimes(3);
});
