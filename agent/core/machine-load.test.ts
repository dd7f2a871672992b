import type { CpuInfo } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, test } from 'vitest';
import { busyBetween, measureLag, smoothed } from '@/agent/core/machine-load';

/** A processor with these busy and idle times in milliseconds. */
const processor = (user: number, idle: number): CpuInfo => ({
  model: 'any',
  speed: 1,
  times: { user, nice: 0, sys: 0, idle, irq: 0 },
});

test.each([
  ['all idle', [processor(5, 200), processor(0, 200)], 0],
  ['one of two busy', [processor(105, 100), processor(0, 200)], 0.5],
  ['both busy', [processor(105, 100), processor(100, 100)], 1],
  ['one that was less idle than before', [processor(105, 100), processor(100, 90)], 1],
  ['no time in between', [processor(5, 100), processor(0, 100)], 0],
])('%s', (_, after, share) => {
  expect(busyBetween([processor(5, 100), processor(0, 100)], after)).toBe(share);
});

test('the reported value rises immediately and falls by halves', () => {
  expect(smoothed(0.25, 1)).toBe(1);
  expect(smoothed(1, 0.5)).toBe(0.75);
});

it('reports the longest delay once', async () => {
  const lag = measureLag();
  const blocked = async () => {
    const until = performance.now() + 400;
    while (performance.now() < until) Math.sqrt(until);
    await pause(50);
    return lag();
  };
  // Node measures from its first tick on, which may come only after a block.
  await expect.poll(blocked).toBeGreaterThan(300);
  await expect.poll(lag).toBeLessThan(300);
});
