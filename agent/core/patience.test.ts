// Waiting for something that must happen soon.
import { expect, test, vi } from 'vitest';
import { machine } from '@/agent/core/machine-load';
import { Patience } from '@/agent/core/patience';
import { idleMachine } from '@/agent/testing/idle-machine';

test('is over once, after its time, unless it ends or begins anew', () => {
  idleMachine();
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

test('on a busy machine it waits for longer, up to three times', () => {
  idleMachine();
  let [busy, idle] = [0, 0];
  const share = vi.fn(() => 1);
  vi.spyOn(machine, 'cpus').mockImplementation(() => {
    busy += 250 * share();
    idle += 250 * (1 - share());
    return [{ model: '', speed: 0, times: { user: busy, nice: 0, sys: 0, idle, irq: 0 } }];
  });
  const over = vi.fn();
  const patience = new Patience(1_000, over);
  patience.wait();
  vi.advanceTimersByTime(2_999);
  expect(over).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(over.mock.calls).toEqual([[3_000]]);
  patience.wait();
  vi.advanceTimersByTime(1_500);
  share.mockReturnValue(0.8);
  vi.advanceTimersByTime(500);
  expect(over.mock.calls[1]).toEqual([2_000]);
  // A tool that is given up late for a moment of work is a caller in silence.
  share.mockReturnValue(1);
  const long = new Patience(20_000, over);
  long.wait();
  vi.advanceTimersByTime(20_500);
  share.mockReturnValue(0.8);
  vi.advanceTimersByTime(500);
  expect(over.mock.calls[2]).toEqual([21_000]);
});
