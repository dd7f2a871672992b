// Waiting for something that must happen soon.
import { expect, test, vi } from 'vitest';
import { Patience } from '@/agent/watchdog/patience';
import { fakeTime } from '@/lib/testing/fake-time';

test('is over once, after its time, unless it ends or begins anew', () => {
  fakeTime();
  const over = vi.fn();
  const patience = new Patience(1_000, over);
  patience.wait();
  vi.advanceTimersByTime(900);
  patience.wait();
  vi.advanceTimersByTime(900);
  expect(over).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(over.mock.calls).toEqual([[1_000]]);
  expect(patience.isWaiting).toBe(false);
  patience.wait();
  patience.end();
  vi.advanceTimersByTime(5_000);
  expect(over).toHaveBeenCalledTimes(1);
});

test('a process that was blocked gets the time that it has lost', async () => {
  const over = vi.fn();
  const patience = new Patience(50, over);
  patience.wait();
  const until = performance.now() + 400;
  while (performance.now() < until);
  // What arrived while the process was blocked.
  await new Promise((resolve) => setImmediate(resolve));
  expect(over).not.toHaveBeenCalled();
  await expect.poll(() => over.mock.calls.length).toBe(1);
});
