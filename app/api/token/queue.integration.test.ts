// The queue over HTTP as clients of the token endpoint use it: full workers, tickets,
// and the events of a queued call.

import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TokenVerifier } from 'livekit-server-sdk';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import * as route from '@/app/api/token/route';
import { CALL_ATTRIBUTE, type CallEvent } from '@/lib/calls/event';
import { capacity } from '@/lib/dispatch/queue/capacity';
import { POSITION_EXPIRES_MS } from '@/lib/dispatch/queue/queue';
import { PAGE_HEADER, TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { queuedCallers, waitingReason } from '@/lib/dispatch/queue/queues';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { WorkerReport } from '@/lib/livekit/worker-report';
import { recordReports } from '@/lib/livekit/workers';
import { server } from '@/lib/server';
import { startApi, type TestApi } from '@/lib/testing/api';

let api: TestApi;
/** Milliseconds by which the tests' clock is ahead. */
let ahead = 0;
const realNow = Date.now;

beforeAll(async () => {
  vi.stubEnv('CALLS_PER_CALLER', '1');
  api = await startApi({ '/api/token': route });
  vi.spyOn(Date, 'now').mockImplementation(() => realNow() + ahead);
});
// Positions of earlier tests have expired.
beforeEach(() => {
  ahead += POSITION_EXPIRES_MS;
});
afterAll(async () => {
  vi.restoreAllMocks();
  await api.close();
});

/** The worker of the line check on staging reports this many calls of two. */
function busyWith(activeJobs: number, fields: Partial<WorkerReport> = {}) {
  const report = { worker: 'w', agent: 'line-check', deployment: 'staging', version: '1' };
  recordReports(server(), [{ ...report, activeJobs, maxJobs: 2, state: 'live', ...fields }]);
}

const wanted = { room_config: { agents: [{ agent_name: 'line-check', deployment: 'staging' }] } };
/** Sends a request as a client with queue support. */
const ask = (ticket?: string, more: object = {}, origin?: string) =>
  api.ask('POST', '/api/token', { ...wanted, ...more }, {
    ...(ticket ? { [TICKET_HEADER]: ticket } : { [PAGE_HEADER]: 'test' }),
    ...(origin && { origin }),
  } as HeadersInit);

function storedEvents(room: string): CallEvent[] {
  const folder = join(process.env.DATA_DIR as string, 'events', 'web');
  return readdirSync(folder)
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
    .filter((line) => line.includes(room))
    .map((line) => JSON.parse(line));
}

async function claimsOf(token: string) {
  const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = api.server.env;
  return new TokenVerifier(key, secret).verify(token);
}

it('gives pages and programs a queue position while all agents are busy', async () => {
  busyWith(2);
  const first = await ask(undefined, {}, api.url);
  expect(first.status).toBe(202);
  expect(first.headers.get('retry-after')).toBe('2');
  expect(first.body).toEqual({ state: 'queued', position: 1, ticket: expect.any(String) });
  expect((await ask()).body.position).toBe(2);
  const again = await ask(first.body.ticket, {}, api.url);
  expect([again.status, again.body]).toEqual([202, first.body]);
});

it('refuses clients that take any success for a token, such as the SDKs of LiveKit', async () => {
  busyWith(2);
  const { status, headers, body } = await api.ask('POST', '/api/token', wanted);
  expect([status, body.type]).toEqual([503, 'urn:callboard:problem:agents-busy']);
  expect(headers.get('retry-after')).toBe('2');
  expect(body.queue).toEqual({ position: 1, ticket: expect.any(String) });
  // Programs of before 0.2.
  expect(body.line).toEqual({ place: 1, ticket: body.queue.ticket });
  expect(body.detail).toContain('All places of line-check on staging are taken');
  // With the ticket, they say that they ask again.
  const again = await ask(body.queue.ticket);
  expect([again.status, again.body]).toEqual([202, { state: 'queued', ...body.queue }]);
});

it('lists who waits, with what is known of them', async () => {
  busyWith(2);
  const from = Date.now();
  const { ticket } = (await ask(undefined, { participant_name: 'Ann' })).body;
  ahead += 1_000;
  await ask();
  await ask(undefined, { participant_identity: 'caller-8fK2' });
  const waiting = { agent: 'line-check', deployment: 'staging', room: expect.any(String) };
  const list = await queuedCallers(server());
  expect(list).toEqual([
    { ...waiting, position: 1, since: expect.any(Number), caller: 'Ann' },
    { ...waiting, position: 2, since: expect.any(Number), caller: undefined },
    { ...waiting, position: 3, since: expect.any(Number), caller: undefined },
  ]);
  expect(list[0]?.since).toBeGreaterThanOrEqual(from);
  busyWith(1);
  expect((await ask(ticket)).status).toBe(201);
  expect((await queuedCallers(server())).map(({ position }) => position)).toEqual([1, 2]);
  ahead += POSITION_EXPIRES_MS;
  expect(await queuedCallers(server())).toEqual([]);
});

it('lets clients without queue support wait in their request; unused tokens block no agent', async () => {
  busyWith(0);
  const asked = await Promise.all(
    // Twice as many as there are places.
    Array.from({ length: 4 }, () => api.ask('POST', '/api/token', wanted)),
  );
  expect(asked.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
});

it('says why no more callers are admitted', () => {
  const why = () => {
    const of = { agent: 'line-check', deployment: 'staging' };
    return waitingReason(of, capacity(server(), of.agent, of.deployment));
  };
  busyWith(2);
  expect(why()).toBe('All places of line-check on staging are taken');
  busyWith(4, { maxJobs: 8, busy: 1 });
  expect(why()).toMatch(/^The machine of line-check on staging has no CPU time/);
  busyWith(0, { maxJobs: 8, warm: 0, pendingJobs: 2 });
  expect(why()).toMatch(/^line-check on staging is starting processes for/);
});

it('admits callers in order, and stores the call from its first request', async () => {
  busyWith(2);
  const [first, second] = [(await ask()).body, (await ask()).body];
  ahead += 3_000;
  busyWith(1);
  expect((await ask(second.ticket)).body.position).toBe(2);
  const through = await ask(first.ticket);
  expect(through.status).toBe(201);
  // The job of the first is not reported yet, and then it is.
  expect((await ask(second.ticket)).body.position).toBe(1);
  const { video, attributes } = await claimsOf(through.body.participant_token);
  const room = video?.room as string;
  busyWith(2, { newRooms: [room] });
  expect((await ask(second.ticket)).status).toBe(202);
  busyWith(1, { newRooms: [room] });
  expect((await ask(second.ticket)).status).toBe(201);

  const events = storedEvents(room);
  expect(events.map(({ what }) => what.kind)).toEqual([
    'requested',
    'put_through',
    'token_minted',
    'dispatched',
  ]);
  expect(new Set(events.map(({ call }) => call))).toEqual(new Set([attributes?.[CALL_ATTRIBUTE]]));
  const [requested, putThrough] = events as [CallEvent, CallEvent];
  const { ms } = putThrough.what as Extract<CallEvent['what'], { kind: 'put_through' }>;
  expect(ms).toBeGreaterThanOrEqual(3_000);
  expect(putThrough.at - requested.at).toBeGreaterThanOrEqual(ms);
});

it("uses live workers' reports, and their load as LiveKit knows it", async () => {
  busyWith(0, { load: 1 });
  expect((await ask()).status).toBe(202);
  busyWith(0, { state: 'broken', error: 'no model' });
  expect((await ask()).status).toBe(201);
});

it('does not queue for an agent without a worker, or for a live room', async () => {
  const other = { room_config: { agents: [{ agent_name: 'billing' }] } };
  expect((await ask(undefined, other)).status).toBe(201);
  await api.livekit.rooms.createRoom({ name: 'open' });
  busyWith(2);
  expect((await ask(undefined, { room_name: 'open' })).status).toBe(201);
  expect((await ask(undefined, { room_name: 'not-open' })).status).toBe(202);
});

it('refuses invalid requests before queueing', async () => {
  busyWith(2);
  expect((await ask('ticket', {}, 'https://evil.test')).status).toBe(403);
  expect((await ask('ticket', { room_name: 'x'.repeat(257) })).status).toBe(422);
  const long = 't'.repeat(101);
  expect((await ask(long)).body.ticket).not.toBe(long);
});

it.each([1, 2])('counts a call for each use of a ticket, with %i free', async (free) => {
  busyWith(2);
  const asCaller = (ticket?: string) =>
    ask(ticket, {
      ...{ room_name: randomUUID(), participant_identity: randomUUID() },
      participant_attributes: { [PERSON_ATTRIBUTES.caller]: `with-${free}` },
    });
  const { ticket } = (await asCaller()).body;
  busyWith(2 - free);
  const twice = await Promise.all([asCaller(ticket), asCaller(ticket)]);
  expect(twice.map(({ status }) => status).sort()).toEqual([201, 429]);
});

it('admits a program that waits anew with each request', async () => {
  busyWith(0, { maxJobs: 1 });
  const plain = async () => (await api.ask('POST', '/api/token', wanted)).status;
  expect(await plain()).toBe(201);
  busyWith(0, { maxJobs: 1, warm: 0, pendingJobs: 0, load: 1 });
  expect(await plain()).toBe(503);
  busyWith(0, { maxJobs: 1 });
  ahead += 2_000;
  // Its abandoned position is before it.
  expect(await plain()).toBe(201);
});
