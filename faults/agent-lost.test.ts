// The agent is gone in the middle of a call: its process, its whole worker, or its server.
// In each case the caller stays, and another agent goes on; there are never two.
import type { ParticipantInfo } from 'livekit-server-sdk';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isRunning } from '@/lib/testing/processes';
import type { Call } from './support/call';
import { type Begins, fault, TEST_MS } from './support/fault';
import { jobOf, programOf, workerPid } from './support/processes';
import { type Everything, everything, STACK_MS, workersLive } from './support/running';
import { soon, within } from './support/until';

let all: Everything;

/** The calls that are on. */
const live = async () => (await all.product.ask('GET', '/api/calls?live=true')).body.calls;

beforeAll(async () => {
  all = await everything();
}, STACK_MS);
afterEach(async () => {
  await all.product.allHangUp();
  // What one call left behind would be taken for the next one's.
  await soon(live).toEqual([]);
});
afterAll(() => all?.close(), STACK_MS);

/** One agent came in place of `lost`, there were never two, it goes on, and the call says so. */
async function takenOver(call: Call, lost: ParticipantInfo, ms: number, over: () => void) {
  const count = call.countAgents();
  await call.replaced(lost, ms);
  over();
  await call.goesOn();
  expect(await count()).toBe(1);
  await soon(() => call.events('failover')).toHaveLength(1);
}

fault('3 · only the job process is killed', async (begins) => {
  const call = await all.product.call();
  const agent = await call.answered();
  const over = begins();
  process.kill(await jobOf(agent), 'SIGKILL');
  await takenOver(call, agent, 5_000, over);
});

fault('2 · the worker is killed in mid-call, and there is no other', async (begins) => {
  const call = await all.product.call();
  const agent = await call.answered();
  const over = begins();
  process.kill(workerPid(agent), 'SIGKILL');
  await takenOver(call, agent, 20_000, over);
});

fault('1 · the worker is killed in mid-call, and there is a second one', async (begins) => {
  await all.part('agent', {}, '--deployment', 'production');
  await workersLive(all, 2);
  const call = await all.product.call();
  const agent = await call.answered();
  const over = begins();
  process.kill(workerPid(agent), 'SIGKILL');
  await takenOver(call, agent, 3_000, over);
});

test(
  'a worker stands still until its job gives it up for dead, as where the machine has too much to do',
  async () => {
    const call = await all.product.call();
    const agent = await call.answered();
    const worker = workerPid(agent);
    process.kill(worker, 'SIGSTOP');
    // The framework's 15 s, and some to leave.
    await within(30_000, () => call.agents())
      .toEqual([])
      .finally(() => process.kill(worker, 'SIGCONT'));
    await takenOver(call, agent, 20_000, () => undefined);
  },
  TEST_MS,
);

/** The LiveKit server is killed, and started again; caller and one agent go on there. */
async function serverRestarts(call: Call, begins: Begins): Promise<void> {
  const over = begins();
  process.kill(programOf('livekit', all.product.stack.pid), 'SIGKILL');
  await within(15_000, async () => {
    const there = await call.agents().catch(() => []);
    return there.length === 1 && call.caller.agents().length === 1;
  }).toBe(true);
  over();
  await call.goesOnInTheEnd();
}

fault('12 · the LiveKit server is killed in the first word of a greeting', async (begins) => {
  const call = await all.product.call();
  await call.answered();
  await serverRestarts(call, begins);
});

fault('12 · the LiveKit server is killed and started again', async (begins) => {
  const call = await all.product.call();
  const { identity } = await call.answered();
  // In a talk that goes on.
  await call.goesOn('The sun is up');
  const most = call.countAgents();
  await serverRestarts(call, begins);
  expect(await most()).toBe(1);
  // The talk is this one's.
  expect(await call.agents()).toMatchObject([{ identity }]);
  await call.caller.hangUp();
  await within(15_000, async () => (await call.summary())?.endedAt).toBeTypeOf('number');
});

test(
  'a caller who hangs up while the LiveKit server is away leaves no agent behind',
  async () => {
    const call = await all.product.call();
    const agent = await call.answered();
    const job = await jobOf(agent);
    process.kill(programOf('livekit', all.product.stack.pid), 'SIGKILL');
    await call.caller.hangUp();
    // The agent comes back, and waits 15 s in vain for the caller.
    await within(45_000, async () => (await call.summary())?.endedAt).toBeTypeOf('number');
    await soon(() => all.product.livekit.rooms.listRooms()).toEqual([]);
    await soon(() => isRunning(job)).toBe(false);
  },
  TEST_MS,
);
