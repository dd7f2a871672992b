// The ceiling of cost: which minutes of which calls count, and what is refused once they are used up.
import { DateTime } from 'luxon';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sampleCall } from '@/lib/testing/calls';
import { storeOn, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';

const MINUTE_MS = 60_000;
/** Two hours past midnight: what was before counts no more. */
const today = DateTime.now().startOf('day');
const now = today.plus({ hours: 2 }).toMillis();
/** A day has 23 hours at times. */
const secondsLeft = (today.plus({ days: 1 }).toMillis() - now) / 1_000;
let place: TestDatabase;
let store: Awaited<ReturnType<typeof storeOn>>;
let limits: typeof import('./minutes-a-day');

beforeAll(async () => {
  place = await testDatabase();
  store = await storeOn(place);
  limits = await import('./minutes-a-day');
}, 120_000);
afterAll(async () => {
  await store?.closeStore();
  await place?.remove();
  vi.unstubAllEnvs();
});

/** Writes a call that began so many minutes ago, with the agent of that place in the samples. */
async function call(seed: number, minutesAgo: number, agent: 0 | 1 | 2, ending: 'on' | 'caller') {
  const events = sampleCall(seed, now - minutesAgo * MINUTE_MS, { agent, ending, turns: 1 });
  await store.recordEvents(events, events.at(-1)?.at);
}

it('counts what an agent was asked for today, calls that go on too', async () => {
  expect(await limits.minutesToday('billing', now)).toBe(0);
  // Of yesterday, over before midnight.
  await call(1, 180, 2, 'caller');
  // Another agent's.
  await call(2, 60, 1, 'on');
  expect(await limits.minutesToday('billing', now)).toBe(0);
  // It began before midnight and goes on: its two hours of today count.
  await call(3, 150, 2, 'on');
  expect(await limits.minutesToday('billing', now)).toBe(120);
  // From when the agent joined, which takes under a second here.
  await call(4, 20, 2, 'on');
  const minutes = await limits.minutesToday('billing', now);
  expect(minutes).toBeLessThan(140);
  expect(minutes).toBeGreaterThan(139.9);
});

it('refuses a call once they are used up, until midnight', async () => {
  const require = (most: number) =>
    limits.requireMinutes({ MINUTES_A_DAY: { billing: most } }, 'billing', now);
  await require(140);
  await expect(require(139)).rejects.toMatchObject({
    kind: 'day-used-up',
    detail: expect.stringContaining('The 139 minutes'),
    headers: { 'retry-after': String(secondsLeft) },
  });
  await limits.requireMinutes({ MINUTES_A_DAY: { 'front-desk': 0 } }, 'billing', now);
  await limits.requireMinutes({ MINUTES_A_DAY: undefined }, 'billing', now);
});
