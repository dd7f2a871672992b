// Faults in everything that `npm start` runs: processes of agents, workers and the LiveKit server are killed, the
// machine is kept busy, and more calls are requested than the workers take. The tests share one product and run in
// order: the first starts it, the last ends it.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { cpus } from 'node:os';
import { sumBy } from 'es-toolkit';
import type { ParticipantInfo } from 'livekit-server-sdk';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Call, SeenCall } from '@/e2e/faults/support/call';
import {
  type Everything,
  everything,
  newPlace,
  type Place,
  workersLive,
} from '@/e2e/faults/support/parts';
import { soon, within } from '@/e2e/faults/support/poll';
import { jobOf, jobsOf, programOf, workerPid } from '@/e2e/faults/support/processes';
import { asksFor, claimsOf } from '@/e2e/faults/support/product';
import { TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { type Answer, askRoute } from '@/lib/testing/api';
import { runFile } from '@/lib/testing/bundled';
import { canBeNobody, openToNobody, openToOthers } from '@/lib/testing/other-user';
import { descendants, isRunning } from '@/lib/testing/processes';

/** Concurrent calls that a worker takes for an agent. */
const MAX_JOBS = 2;
/** Milliseconds until a call is closed. It takes two seconds on an idle machine; LiveKit alone takes 20 s. */
const CLOSED_MS = 18_000;
/** The same for a caller who vanished: LiveKit takes 20 s to notice, and the agent waits 15 s for the caller. */
const VANISHED_MS = 120_000;
/** Milliseconds from the start of the web process until it has stored the workers' queued events. */
const WRITTEN_MS = 60_000;

let place: Place;
let all: Everything;
/** Other programs on the product's default ports. */
let others: Server[];

const listening = async (port: number) => {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
};
const closed = (server: Server) => new Promise((done) => server.close(done));

beforeAll(async () => {
  place = await newPlace();
  // As earlier versions made it, and readable by all users of the machine.
  chmodSync(place.data, 0o755);
  others = await Promise.all(Object.values(place.ports).map(listening));
});
afterAll(() => all?.close());

test('ports in use: the next free ones are used and printed, one line each', async () => {
  all = await everything({ AGENT_MAX_JOBS: String(MAX_JOBS) }, place);
  for (const [part, port] of Object.entries(place.ports)) {
    expect(all.started.said()).toMatch(new RegExp(`Port ${port} is in use: ${part} is on \\d+\\.`));
  }
  expect(all.started.said()).not.toContain('restarting');
  await Promise.all(others.map(closed));
});

describe('while it runs', () => {
  // Leftovers of one call, such as its process, would be mistaken for the next call's.
  afterEach(async () => {
    await all.product.allHangUp();
    const live = async () => (await all.product.ask('GET', '/api/calls?live=true')).body.calls;
    await soon(live).toEqual([]);
    await soon(() => activeJobs()).toBe(0);
    await soon(() => jobsOf(all.product.stack.pid, 'line-check').length).toBe(0);
  });

  test('the process of a job is killed: another agent joins', async () => {
    const call = await all.product.call();
    const agent = await call.answered();
    const agents = call.countAgents();
    process.kill(await jobOf(agent), 'SIGKILL');
    await takenOver(call, agent, agents);
  });

  test('the only worker is killed: it is restarted, and an agent joins', async () => {
    const call = await all.product.call();
    const agent = await call.answered();
    const agents = call.countAgents();
    process.kill(workerPid(agent), 'SIGKILL');
    await takenOver(call, agent, agents);
  });

  test('all workers are full: a queue position, and a call once a worker is free', async () => {
    const calls = [await all.product.call(), await all.product.call()];
    for (const call of calls) await call.answered();
    const busy = await ask();
    expect(busy.status).toBe(202);
    expect(Number(busy.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(busy.body).toMatchObject({ position: 1, ticket: expect.any(String) });
    await calls[0]?.caller.hangUp();
    let turn = busy;
    await soon(async () => {
      turn = await ask(busy.body.ticket);
      return turn.status;
    }).toBe(201);
    const call = await all.product.join(turn.body.participant_token, 'line-check');
    await call.answered();
  });

  test('twice as many callers join as the workers take: the others see their queue position and are connected in order', async () => {
    const tokens: string[] = [];
    // An unused token reserves capacity for only a few seconds.
    while (tokens.length < 2 * MAX_JOBS) tokens.push(await all.product.token());
    const calls = await Promise.all(tokens.map((token) => all.product.join(token, 'line-check')));
    const agents = () => Promise.all(calls.map(async (call) => (await call.agents()).length));
    const positions = async () => {
      const there = await agents();
      return calls.flatMap(({ caller }, at) => (there[at] ? [] : [caller.positions.at(-1)])).sort();
    };
    await soon(positions).toEqual([1, 2]);
    // Somebody may have been queued for a moment, before their agent joined.
    const there = await agents();
    const served = calls.filter((_, at) => there[at]);
    const [next, last] = calls
      .filter((call) => !served.includes(call))
      .sort((a, b) => Number(a.caller.positions.at(-1)) - Number(b.caller.positions.at(-1))) as [
      Call,
      Call,
    ];
    await served[0]?.caller.hangUp();
    await next.answered();
    await soon(() => last.caller.positions.at(-1)).toBe(1);
    expect(await last.agents()).toEqual([]);
    await served[1]?.caller.hangUp();
    await last.answered();
    await soon(async () => (await last.events('put_through')).length).toBe(1);
    expect(await last.events('gave_up')).toEqual([]);
  });

  test('all processors are busy: a call gets its agent', async () => {
    const burning: ChildProcess[] = cpus().map(() =>
      spawn(process.execPath, ['-e', 'for (;;) {}'], { stdio: 'ignore' }),
    );
    try {
      const call = await all.product.call();
      await call.present();
      await call.goesOn();
    } finally {
      for (const one of burning) one.kill('SIGKILL');
    }
  });

  test('the LiveKit server is killed at the first word of a greeting, and restarted', async () => {
    const call = await all.product.call();
    await call.answered();
    await serverRestarts(call);
  });

  test('the LiveKit server is killed during a conversation, and restarted', async () => {
    const call = await all.product.call();
    const { identity } = await call.answered();
    await call.goesOn('The sun is up');
    const agents = call.countAgents();
    await serverRestarts(call);
    expect(await agents()).toBe(1);
    // The same agent continues the conversation.
    expect(await call.agents()).toMatchObject([{ identity }]);
    await call.caller.hangUp();
    await soon(async () => (await call.summary())?.endedAt).toBeTypeOf('number');
  });

  test('the caller hangs up: room and process are gone, and the call is closed', async () => {
    const call = await all.product.call();
    const agent = await call.answered();
    const job = await jobOf(agent);
    await call.caller.hangUp();
    await within(CLOSED_MS, async () => ({
      rooms: (await all.product.livekit.rooms.listRooms([call.room])).length,
      job: isRunning(job),
      endedBy: (await call.summary())?.endedBy,
    })).toEqual({ rooms: 0, job: false, endedBy: 'caller' });
    const { startedAt, endedAt } = (await call.summary()) ?? {};
    expect(Number(endedAt) - Number(startedAt)).toBeGreaterThan(0);
  });

  test('other users of the machine can read and write nothing that it stores', async () => {
    const call = await all.product.call();
    await call.answered();
    // A cache of table definitions, which PGlite writes in a private folder.
    expect(openToOthers(place.data, ['pg_internal.init'])).toEqual([]);
    if (canBeNobody) expect(openToNobody(place.data)).toEqual([]);
  });

  test('the browser is killed: room and process are gone, and the call is closed', async () => {
    const token = await all.product.token();
    const { call: id, room } = claimsOf(token);
    const call = new SeenCall(all.product, id, room);
    const browser = await runFile(
      'e2e/faults/support/caller-process.ts',
      [all.product.stack.livekit, token],
      {},
    );
    onTestFinished(() => void browser.kill('SIGKILL'));
    const job = await jobOf(await call.present());
    browser.kill('SIGKILL');
    await within(VANISHED_MS, async () => ({
      rooms: (await all.product.livekit.rooms.listRooms([room])).length,
      job: isRunning(job),
      ended: (await call.summary())?.endedAt !== undefined,
    })).toEqual({ rooms: 0, job: false, ended: true });
  });

  describe('with a second worker', () => {
    beforeAll(async () => {
      await all.part('agent', {}, '--deployment', 'production');
      await workersLive(all, 2);
    });
    // This worker is not a process of `npm start`, which the next test ends.
    afterAll(() => all.last('agent').end());

    test('fifty callers at once: no more are admitted than the workers take, and the others are queued', async () => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => ask()));
      const admitted = answers.filter(({ status }) => status === 201);
      const queued = answers.filter(({ status }) => status !== 201);
      // Callers who would have to wait for a process to be ready are queued as well.
      expect(admitted.length).toBeGreaterThanOrEqual(1);
      expect(admitted.length).toBeLessThanOrEqual(2 * MAX_JOBS);
      expect(new Set(queued.map(({ status }) => status))).toEqual(new Set([202]));
      const calls = await Promise.all(
        admitted.map(({ body }) => all.product.join(body.participant_token, 'line-check')),
      );
      await soon(() =>
        Promise.all(calls.map(async (call) => (await call.agents()).length)),
      ).toEqual(calls.map(() => 1));
      const positions = queued.map(({ body }) => body.position).sort((a, b) => a - b);
      expect(positions).toEqual(queued.map((_, at) => at + 1));
    });

    test('a worker is killed: an agent of the other one joins', async () => {
      const call = await all.product.call();
      const agent = await call.answered();
      const agents = call.countAgents();
      process.kill(workerPid(agent), 'SIGKILL');
      await takenOver(call, agent, agents);
    });
  });
});

test('Ctrl-C during a call: the agent says goodbye, and nothing is left after 10 s', async () => {
  const call = await all.product.call();
  await call.answered();
  const { stack } = all.product;
  const mine = descendants(stack.pid);
  // Throws if anything is left after ten seconds.
  await all.started.end('SIGINT');
  expect(all.started.said()).toContain('Callboard is off.');
  expect(call.caller.said).toContain('I have to go now');
  expect(call.caller.leaving).toBe('shutdown');
  expect(mine.filter(({ pid }) => isRunning(pid))).toEqual([]);
  // Open calls would keep the port's next listener from closing.
  await all.product.allHangUp();
  const ports = [stack.web, stack.speech, stack.livekit].map((url) => Number(new URL(url).port));
  const free = await Promise.all(ports.map(listening));
  await Promise.all(free.map(closed));
  // A new web process answers for the stored call.
  await all.part('web');
  const web = `http://127.0.0.1:${place.ports.web}`;
  await within(WRITTEN_MS, async () => {
    const { body } = await askRoute(`${web}/api/calls/${call.id}`, 'GET');
    return body.call?.ended_by;
  }).toBe('server');
});

/**
 * Checks that one agent replaced `lost`, that there were never two, and that the timeline has each attempt once: there is a
 * second one if a busy machine takes too long to start an agent.
 */
async function takenOver(call: Call, lost: ParticipantInfo, agents: () => Promise<number>) {
  await call.replaced(lost);
  await call.goesOn();
  expect(await agents()).toBe(1);
  await call.wasNoticedHere();
  const attempts = (await call.events('failover')).map(({ attempt }) => attempt);
  expect(attempts).toEqual(attempts.map((_, at) => at + 1));
}

/** Kills the LiveKit server; waits until it is restarted, and the caller and one agent are back. */
async function serverRestarts(call: Call): Promise<void> {
  process.kill(programOf('livekit', all.product.stack.pid), 'SIGKILL');
  await soon(async () => {
    const there = await call.agents().catch(() => []);
    return there.length === 1 && call.caller.agents().length === 1;
  }).toBe(true);
  await call.goesOnInTheEnd();
}

/** Requests a call with the line check. Requests with a ticket are answered at once. */
function ask(ticket = randomUUID() as string): Promise<Answer> {
  return all.product.ask('POST', '/api/token', asksFor('line-check'), { [TICKET_HEADER]: ticket });
}

/** Active calls that workers report. */
async function activeJobs(): Promise<number> {
  const { agents } = (await all.product.ask('GET', '/api/agents')).body;
  const deployments: { activeJobs: number }[] = agents.flatMap(
    (agent: { deployments: object[] }) => agent.deployments,
  );
  return sumBy(deployments, (one) => one.activeJobs);
}
