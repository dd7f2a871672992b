// A worker with capacity for one job per agent: the next caller in the queue is admitted, and a
// caller who is handed off to a busy agent stays with the first one.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from '@/agent/testing/stage';
import type { TestWorker } from '@/agent/testing/worker-process';
import { catalogue } from '@/lib/core/catalogue';
import { TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { waitInQueue } from '@/lib/dispatch/queue/queues';
import { recordReports } from '@/lib/livekit/workers';
import { testServer } from '@/lib/testing/server';

const AGENT = 'line-check';

const server = testServer();
let stage: Stage;
let worker: TestWorker;

/** Feeds the workers' latest reports to the web process's registry. */
function hear() {
  recordReports(
    server,
    catalogue.flatMap(({ name }) => worker.reportsOn(name).slice(-1)),
  );
}

/** A caller who wants to join. */
function caller() {
  const room = `call-${randomUUID()}`;
  const ticket = `ticket-${randomUUID()}`;
  const asking = new Request('http://localhost', { headers: { [TICKET_HEADER]: ticket } });
  return {
    /** Asks like the token route: "in", or the queue position. */
    async ask(): Promise<'in' | number> {
      hear();
      const wanted = { agent: AGENT, deployment: 'production', room };
      const turn = await waitInQueue(server, asking, wanted, ticket);
      return turn.kind === 'admitted' ? 'in' : turn.position;
    },
    call: () => stage.call(AGENT, { room }),
  };
}

beforeAll(async () => {
  stage = await openStage();
  worker = stage.startWorker({ AGENT_MAX_JOBS: '1' });
  await worker.live();
});

afterAll(() => stage?.close());

test('the second caller waits while the only slot is taken, and is admitted when the first hangs up', async () => {
  const [first, second, third] = [caller(), caller(), caller()];
  expect(await first.ask()).toBe('in');
  expect([await second.ask(), await third.ask()]).toEqual([1, 2]);
  const call = await first.call();
  await call.answered();
  // Waiting callers poll: a slot that nobody claims is given to the next.
  const said = async () => {
    await second.ask();
    await third.ask();
    return call.said;
  };
  await expect.poll(said).toContain('line check');
  expect([await third.ask(), await second.ask()]).toEqual([2, 1]);

  await call.hangUp();
  await expect
    .poll(async () => [await third.ask(), await second.ask()])
    .toEqual([expect.any(Number), 'in']);
  const next = await second.call();
  expect(await next.worker()).toBe(worker.id);
  await expect.poll(() => next.said).toContain('line check');
  expect(await third.ask()).toBe(1);
  await next.hangUp();
});

test('no agent is free at a handoff: the first agent says so and continues, and no other agent joins late', async () => {
  // The only slot for billing is taken.
  const other = await stage.call('billing');
  await other.answered();
  const call = await stage.call('front-desk');
  await expect.poll(() => call.said).toContain('How can I help?');
  await call.type('I have a question about my bill.');
  await expect.poll(() => call.said).toMatch(/Frank is not free/);
  await other.hangUp();
  await call.type('No, thank you. What is your address?');
  await expect.poll(() => call.said).toContain('Willow Street, Brookfield');
  expect(call.agentNames()).toEqual(['front-desk']);
  const kept = await stage.dispatches.listDispatch(call.room);
  expect(kept.map(({ agentName }) => agentName)).toEqual(['front-desk']);
  await call.hangUp();
  await worker.free('front-desk');
});
