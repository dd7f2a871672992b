// Agents whose code is wrong. The caller is told soon, nobody is called in vain for ever, and no
// process is left behind.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isRunning } from '@/lib/testing/processes';
import { FAULTS, type FaultyWorker, startFaulty } from './support/faulty-agents';
import { newPlace, parts, type Running, workersLive } from './support/parts';
import { jobOf, jobsOf, newestJob } from './support/processes';
import { soon, within } from './support/until';

/** How often another agent is sent for in one call. */
const MOST_ATTEMPTS = 2;
/** Milliseconds until the process of an agent that does not join is ended: 13 s by the product. */
const ABSENT_MS = 25_000;
/** Milliseconds until one that hangs is replaced: ended after 15 to 20 s by the product, after 60 by the framework. */
const HANGING_MS = 40_000;

let desk: Running;
let faulty: FaultyWorker;

beforeAll(async () => {
  desk = await parts(await newPlace(), 'livekit', 'web');
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

test('the agent throws before it joins: it is sent for twice more, then the caller is told', async () => {
  const call = await desk.product.call('billing');
  await soon(async () => (await call.events('gave_up')).length).toBe(1);
  expect(await call.events('failover')).toHaveLength(MOST_ATTEMPTS);
});

test('the agent never connects: its process is ended and another is sent for', async () => {
  const call = await desk.product.call('front-desk');
  const job = await newestJob(faulty.worker.pid, 'front-desk');
  await within(ABSENT_MS, async () => ({
    failover: (await call.events('failover')).length > 0,
    job: isRunning(job),
  })).toEqual({ failover: true, job: false });
  await call.caller.hangUp();
});

test('the agent throws a second into each call: replaced twice, then the caller is told', async () => {
  // The one that waits for a call: its own process is over before the next one is started.
  await soon(() => jobsOf(faulty.worker.pid, 'line-check')).toHaveLength(1);
  const [job = 0] = jobsOf(faulty.worker.pid, 'line-check');
  const call = await desk.product.call();
  const lost = await call.present();
  await soon(() => isRunning(job)).toBe(false);
  await call.replaced(lost);
  await within(30_000, async () => (await call.events('gave_up')).length).toBe(1);
  expect(await call.events('failover')).toHaveLength(MOST_ATTEMPTS);
  await soon(() => call.agents()).toEqual([]);
});

test('the agent takes more and more memory: its process alone is ended', async () => {
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
});

test('the agent hangs in a call: its process is ended and another agent joins', async () => {
  const call = await desk.product.call('front-desk');
  const lost = await call.present();
  const job = await jobOf(lost);
  // It hangs a few seconds later: from then on it counts.
  await soon(() => Date.now() - call.caller.heartbeatAt).toBeGreaterThan(1_500);
  await call.replaced(lost, HANGING_MS);
  expect(isRunning(job)).toBe(false);
});
