// Agents with faulty code: the caller is told soon, failover gives up eventually, and no process is left behind.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { FAULTS, type FaultyWorker, startFaulty } from '@/e2e/faults/support/faulty-agents';
import { parts, placeWithDatabase, type Running, workersLive } from '@/e2e/faults/support/parts';
import { soon, within } from '@/e2e/faults/support/poll';
import { jobOf, newestJob } from '@/e2e/faults/support/processes';
import { isRunning } from '@/lib/testing/processes';

/** Failover attempts in one call. */
const MOST_ATTEMPTS = 2;
/** Milliseconds until the process of an agent that does not join is ended. The product takes 13 s. */
const ABSENT_MS = 50_000;
/** Milliseconds until an agent that hangs is replaced. The product ends it after 15 to 20 s, the framework after 60 s. */
const HANGING_MS = 40_000;

let desk: Running;
let faulty: FaultyWorker;

beforeAll(async () => {
  desk = await parts(await placeWithDatabase(), 'livekit', 'web');
  faulty = startFaulty(desk.settings, {
    billing: FAULTS.throwsAtOnce,
    'front-desk': FAULTS.neverConnects,
    'line-check': FAULTS.throwsLater,
  });
  await workersLive(desk, 1);
});
afterEach(() => desk.product.allHangUp());
afterAll(async () => {
  await faulty?.close();
  await desk?.close();
});

test('the agent throws before it joins: two more attempts, then the caller is told', async () => {
  const call = await desk.product.call('billing');
  await soon(async () => (await call.events('gave_up')).length).toBe(1);
  expect(await call.events('failover')).toHaveLength(MOST_ATTEMPTS);
});

test('the agent never connects: its process is ended and another agent is dispatched', async () => {
  const call = await desk.product.call('front-desk');
  const job = await newestJob(faulty.worker.pid, 'front-desk');
  await within(ABSENT_MS, async () => ({
    failover: (await call.events('failover')).length > 0,
    job: isRunning(job),
  })).toEqual({ failover: true, job: false });
  await call.caller.hangUp();
});

test('the agent throws a second into each call: it is replaced twice, then the caller is told', async () => {
  const call = await desk.product.call();
  const lost = await call.present();
  const job = await jobOf(lost);
  await soon(() => isRunning(job)).toBe(false);
  await call.replaced(lost);
  await call.wasNoticedHere();
  await soon(async () => (await call.events('gave_up')).length).toBe(1);
  expect(await call.events('failover')).toHaveLength(MOST_ATTEMPTS);
  await soon(() => call.agents()).toEqual([]);
});

test('the agent leaks memory: only its process is ended', async () => {
  await faulty.close();
  await workersLive(desk, 0);
  faulty = startFaulty(desk.settings, {
    'line-check': FAULTS.leaks,
    'front-desk': FAULTS.blocks,
  });
  await workersLive(desk, 1);
  const call = await desk.product.call();
  const lost = await call.present();
  const job = await jobOf(lost);
  await soon(() => isRunning(job)).toBe(false);
  expect(isRunning(faulty.worker.pid)).toBe(true);
  await call.replaced(lost);
  await call.wasNoticedHere();
});

test('the agent hangs during a call: its process is ended and another agent joins', async () => {
  const call = await desk.product.call('front-desk');
  const lost = await call.present();
  const job = await jobOf(lost);
  // The agent hangs a few seconds into the call; the timeout counts from then on.
  await soon(() => Date.now() - call.caller.heartbeatAt).toBeGreaterThan(1_500);
  await call.replaced(lost, HANGING_MS);
  expect(isRunning(job)).toBe(false);
});
