// Agents whose code is wrong. The caller is told soon, nobody is called in vain for ever, and no
// process is left behind.
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { isRunning } from '@/lib/testing/processes';
import { fault } from './support/fault';
import { FAULTS, type FaultyWorker, startFaulty } from './support/faulty-agents';
import { newPlace } from './support/place';
import { jobOf, jobsOf, newestJob } from './support/processes';
import { parts, type Running, STACK_MS, workersLive } from './support/running';
import { soon, within } from './support/until';

/** How often another agent is sent for in one call. */
const MOST_ATTEMPTS = 2;

let desk: Running;
let faulty: FaultyWorker;

beforeAll(async () => {
  desk = await parts(await newPlace(), 'livekit', 'speech', 'web');
  faulty = startFaulty(desk.settings, {
    billing: FAULTS.throwsAtOnce,
    'front-desk': FAULTS.neverConnects,
    'line-check': FAULTS.throwsLater,
  });
  await workersLive(desk, 1);
}, STACK_MS);
afterEach(() => desk.product.allHangUp());
afterAll(async () => {
  await faulty?.close();
  await desk?.close();
}, STACK_MS);

fault('7 · the agent throws before it is in the room', async (begins) => {
  const over = begins();
  const call = await desk.product.call('billing');
  await within(8_000, async () => (await call.events('gave_up')).length).toBe(1);
  over();
  expect(await call.events('failover')).toHaveLength(MOST_ATTEMPTS);
});

fault('8 · the agent never connects', async (begins) => {
  const over = begins();
  const call = await desk.product.call('front-desk');
  const job = await newestJob(faulty.worker.pid, 'front-desk');
  await within(15_000, async () => ({
    failover: (await call.events('failover')).length > 0,
    job: isRunning(job),
  })).toEqual({ failover: true, job: false });
  over();
  await call.caller.hangUp();
  // Those that were sent for after it go as well.
  await within(30_000, () => jobsOf(faulty.worker.pid, 'front-desk').length).toBe(1);
});

fault('9 · the agent throws a second into the call, each time', async (begins) => {
  // The one that waits for a call: its own process is over before the next one is started.
  await soon(() => jobsOf(faulty.worker.pid, 'line-check')).toHaveLength(1);
  const [job = 0] = jobsOf(faulty.worker.pid, 'line-check');
  const call = await desk.product.call();
  const lost = await call.present();
  await soon(() => isRunning(job)).toBe(false);
  const over = begins();
  await call.replaced(lost, 5_000);
  over();
  await within(30_000, async () => (await call.events('gave_up')).length).toBe(1);
  expect(await call.events('failover')).toHaveLength(MOST_ATTEMPTS);
  await within(5_000, () => call.agents()).toEqual([]);
});

fault('11 · the agent takes more and more memory', async (begins) => {
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
  const over = begins();
  await within(15_000, () => isRunning(job)).toBe(false);
  over();
  expect(isRunning(faulty.worker.pid)).toBe(true);
  await call.replaced(lost, 5_000);
});

fault('10 · the agent hangs in the middle of a call', async (begins) => {
  const call = await desk.product.call('front-desk');
  const lost = await call.present();
  const job = await jobOf(lost);
  // It hangs a few seconds later: from then on it counts.
  await soon(() => Date.now() - call.caller.pulseAt).toBeGreaterThan(1_500);
  const over = begins();
  await call.replaced(lost, 65_000);
  over();
  expect(isRunning(job)).toBe(false);
});
