// The lag of this process, blocked for real.
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { measureLag } from './loop-lag';

it('reports the longest delay once', async () => {
  const lag = measureLag();
  lag();
  // Node measures from the first tick after it was enabled.
  await pause(50);
  const until = performance.now() + 400;
  while (performance.now() < until) Math.sqrt(until);
  await pause(50);
  expect(lag()).toBeGreaterThan(300);
  await expect.poll(lag).toBeLessThan(300);
});
