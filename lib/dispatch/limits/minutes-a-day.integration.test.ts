// The daily minutes of an agent: what counts, and what is refused once they are used up.

import { DateTime } from 'luxon';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { server } from '@/lib/server';
import { sampleCall } from '@/lib/testing/calls';
import { storeOn, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { endServer } from '@/lib/testing/server';

const MINUTE_MS = 60_000;
/** Two hours past midnight; earlier minutes do not count. */
const today = DateTime.now().startOf('day');
const now = today.plus({ hours: 2 }).toMillis();
/** Some days have 23 hours. */
const secondsLeft = (today.plus({ days: 1 }).toMillis() - now) / 1_000;
let place: TestDatabase;
let store: Awaited<ReturnType<typeof storeOn>>;
let limits: typeof import('@/lib/dispatch/limits/minutes-a-day');

beforeAll(async () => {
  place = await testDatabase();
  store = await storeOn(place);
  limits = await import('@/lib/dispatch/limits/minutes-a-day');
});
afterAll(async () => {
  await endServer();
  await place?.remove();
  vi.unstubAllEnvs();
});

/** Writes a call that began `minutes` ago, with the agent at that index of the samples. */
async function call(seed: number, minutesAgo: number, agent: 0 | 1 | 2, ending: 'on' | 'caller') {
  const events = sampleCall(seed, now - minutesAgo * MINUTE_MS, { agent, ending, turns: 1 });
  await store.storeEvents(server(), events, events.at(-1)?.at);
}

it("counts today's minutes of an agent, active calls included", async () => {
  expect(await limits.minutesToday(server(), 'billing', now)).toBe(0);
  // Ended before midnight.
  await call(1, 180, 2, 'caller');
  // Another agent's.
  await call(2, 60, 1, 'on');
  expect(await limits.minutesToday(server(), 'billing', now)).toBe(0);
  // Began before midnight and is still active: its two hours of today count.
  await call(3, 150, 2, 'on');
  expect(await limits.minutesToday(server(), 'billing', now)).toBe(120);
  // Counted from when the agent joined, under a second later.
  await call(4, 20, 2, 'on');
  const minutes = await limits.minutesToday(server(), 'billing', now);
  expect(minutes).toBeLessThan(140);
  expect(minutes).toBeGreaterThan(139.9);
});

it('refuses calls until midnight once the minutes are used up', async () => {
  const require = (MINUTES_A_DAY: Record<string, number> | undefined) =>
    limits.requireMinutes(
      { ...server(), config: { ...server().config, MINUTES_A_DAY } },
      'billing',
      now,
    );
  await require({ billing: 140 });
  await expect(require({ billing: 139 })).rejects.toMatchObject({
    kind: 'day-used-up',
    detail: expect.stringContaining('139 minutes'),
    headers: { 'retry-after': String(secondsLeft) },
  });
  await require({ 'front-desk': 0 });
  await require(undefined);
});
