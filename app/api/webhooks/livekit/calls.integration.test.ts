// A call as the web process sees it without workers: a token, LiveKit's webhooks, the API; with a real LiveKit
// server and a real database.

import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join as pathOf } from 'node:path';
import { dispose, type Room } from '@livekit/rtc-node';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { EventData } from '@/lib/calls/event';
import type { EventPerson } from '@/lib/calls/webhooks/event';
import { closeDatabase } from '@/lib/db/database';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { server } from '@/lib/server';
import { storeOn, type TestDatabase, testFolder } from '@/lib/testing/calls-database';
import { knownCalls } from '@/lib/testing/known-calls';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';
import { joinAs, joinAsAgent, joinWith } from '@/lib/testing/participant';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';
import { sendWebhook, WEBHOOK_PATH, webhookEvent } from '@/lib/testing/webhook';

let place: TestDatabase;
let store: Awaited<ReturnType<typeof storeOn>>;
let web: TestServer;
let livekitServer: TestLiveKitServer;
let keeping: () => Promise<void>;
let closeLost: typeof import('@/lib/calls/ingest/store-calls').closeLost;
let livekit: import('@/lib/livekit/clients').LiveKit;
const guests: Room[] = [];

beforeAll(async () => {
  place = await testFolder();
  // The server needs the web process's address, and the web process the server's settings.
  const files = {
    [WEBHOOK_PATH]: {},
    '/api/token': {},
    '/api/rooms/[room]': {},
    '/api/rooms/[room]/listen': {},
  };
  web = await serveRoutes(files);
  livekitServer = await startLiveKitServer(web.url + WEBHOOK_PATH);
  store = await storeOn({ env: { ...place.env, ...livekitServer.env } });
  Object.assign(files[WEBHOOK_PATH], await import('@/app/api/webhooks/livekit/route'));
  Object.assign(files['/api/token'], await import('@/app/api/token/route'));
  Object.assign(files['/api/rooms/[room]'], await import('@/app/api/rooms/[room]/route'));
  Object.assign(
    files['/api/rooms/[room]/listen'],
    await import('@/app/api/rooms/[room]/listen/route'),
  );
  keeping = (await import('@/lib/calls/ingest/store-calls')).startStoringCalls(server());
  closeLost = (await import('@/lib/calls/ingest/store-calls')).closeLost;
  livekit = (await import('@/lib/livekit/clients')).liveKit(livekitServer.env);
});

afterEach(async () => {
  await Promise.all(guests.splice(0).map((guest) => guest.disconnect()));
});
afterAll(async () => {
  await dispose();
  await livekitServer.stop();
  await keeping();
  await endServer();
  await web.close();
  await place.remove();
  vi.unstubAllEnvs();
});

async function token(body: object, headers: HeadersInit = {}) {
  const response = await fetch(`${web.url}/api/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as { server_url: string; participant_token: string };
}
async function join(body: object, headers?: HeadersInit) {
  const room = await joinWith(await token(body, headers));
  guests.push(room);
  return room;
}
/** The only call in a room. */
async function callIn(room: string) {
  const own = (await knownCalls()).filter((call) => call.room === room);
  expect(own.length).toBeLessThan(2);
  return own[0] && store.readTimeline(server(), own[0].id);
}
const kindsIn = async (room: string) =>
  (await callIn(room))?.marks.flatMap((mark) => (mark.kind === 'event' ? [mark.what.kind] : []));
const whatIn = async <K extends EventData['kind']>(room: string, kind: K) =>
  (await callIn(room))?.marks.flatMap((mark) =>
    mark.kind === 'event' && mark.what.kind === kind ? [mark.what] : [],
  );

/** Identities of the participants who are shown that somebody listens. */
const monitored = async (room: string) =>
  (await livekit.rooms.listParticipants(room))
    .filter(({ attributes }) => attributes[PERSON_ATTRIBUTES.monitored] === 'yes')
    .map(({ identity }) => identity)
    .sort();

it("a page's call from the token to the end by the API is one call, with each event once", async () => {
  const line = { room_config: { agents: [{ agent_name: 'line-check', deployment: 'staging' }] } };
  const names = { room_name: 'lobby', participant_identity: 'anna', participant_name: 'Anna' };
  await join({ ...names, ...line }, { origin: web.url });
  guests.push(await joinAsAgent(livekitServer.env, 'lobby', 'line-check', 'staging'));
  // A second one in the same room is in the same call.
  await join({ room_name: 'lobby', participant_identity: 'ben' });
  guests.push(
    await joinAs(livekitServer.env, 'lobby', {
      identity: 'eve',
      attributes: { 'callboard.takeover': 'stay' },
    }),
  );
  await expect
    .poll(() => kindsIn('lobby'))
    .toEqual([
      'requested',
      'token_minted',
      'dispatched',
      'room_started',
      'person_joined',
      'agent_joined',
      'token_minted',
      'person_joined',
      'person_joined',
    ]);
  expect((await callIn('lobby'))?.call).toMatchObject({
    id: expect.stringMatching(/^c-[\w-]{22}$/),
    origin: 'page',
    caller: 'Anna',
    agents: ['line-check'],
    deployments: ['staging'],
    endedAt: undefined,
  });
  expect(await whatIn('lobby', 'person_joined')).toMatchObject([
    { identity: 'anna', name: 'Anna', role: 'caller' },
    { identity: 'ben', role: 'caller' },
    { identity: 'eve', role: 'colleague' },
  ]);
  expect(await whatIn('lobby', 'dispatched')).toMatchObject([
    { agent: 'line-check', deployment: 'staging', by: 'token' },
  ]);

  // The same identity again removes the first one.
  guests.push(await joinAs(livekitServer.env, 'lobby', { identity: 'ben' }));
  await expect
    .poll(() => whatIn('lobby', 'person_left'))
    .toEqual([{ kind: 'person_left', identity: 'ben', why: 'joined-elsewhere' }]);
  const ended = await fetch(`${web.url}/api/rooms/lobby?reason=Done`, { method: 'DELETE' });
  expect(ended.status).toBe(204);
  await expect.poll(() => kindsIn('lobby')).toContain('room_finished');
  expect(await whatIn('lobby', 'ended')).toEqual([
    { kind: 'ended', why: 'closed', reason: 'Done' },
  ]);
  expect((await callIn('lobby'))?.call).toMatchObject({ endedBy: 'server', endReason: 'Done' });
  const { marks = [] } = (await callIn('lobby')) ?? {};
  expect(new Set(marks.map(({ id }) => id)).size).toBe(marks.length);
});

it('hidden listeners are not in the call', async () => {
  await join({ room_name: 'heard', participant_identity: 'anna' });
  const asked = await fetch(`${web.url}/api/rooms/heard/listen`, { method: 'POST' });
  const listener = await joinWith(await asked.json());
  expect([...listener.remoteParticipants.keys()]).toEqual(['anna']);
  await expect.poll(() => monitored('heard')).toEqual(['anna']);
  await listener.disconnect();
  await expect.poll(() => monitored('heard')).toEqual([]);
  // Webhooks of a room come in order: what there was of the listener has come before this.
  guests.push(await joinAs(livekitServer.env, 'heard', { identity: 'ben' }));
  await expect.poll(() => whatIn('heard', 'person_joined')).toHaveLength(2);
  const kinds = ['requested', 'token_minted', 'dispatched', 'room_started'];
  expect(await kindsIn('heard')).toEqual([...kinds, 'person_joined', 'person_joined']);
  expect((await callIn('heard'))?.call).toMatchObject({ caller: 'anna', joinedAt: undefined });
  await fetch(`${web.url}/api/rooms/heard`, { method: 'DELETE' });
  await expect.poll(() => kindsIn('heard')).toContain('room_finished');
  expect(await whatIn('heard', 'person_left')).toHaveLength(2);
});

it('participants are shown listening before it begins, and when they join later', async () => {
  const anna = await join({ room_name: 'shown', participant_identity: 'anna' });
  const asked = await fetch(`${web.url}/api/rooms/shown/listen`, { method: 'POST' });
  const pass = await asked.json();
  // On her page, before the token can be used.
  await expect
    .poll(() => anna.localParticipant?.attributes[PERSON_ATTRIBUTES.monitored])
    .toBe('yes');
  // Webhooks of others do not hide it.
  guests.push(await joinAs(livekitServer.env, 'shown', { identity: 'ben' }));
  await expect.poll(() => monitored('shown')).toEqual(['anna', 'ben']);
  const first = await joinWith(pass);
  const again = await fetch(`${web.url}/api/rooms/shown/listen`, { method: 'POST' });
  const second = await joinWith(await again.json());
  await first.disconnect();
  guests.push(await joinAs(livekitServer.env, 'shown', { identity: 'cleo' }));
  await expect.poll(() => monitored('shown')).toEqual(['anna', 'ben', 'cleo']);
  await second.disconnect();
  await expect.poll(() => monitored('shown')).toEqual([]);
});

it('LISTEN_IN=hidden shows it to nobody', async () => {
  Object.assign(server().config, { LISTEN_IN: 'hidden' });
  try {
    await join({ room_name: 'unseen', participant_identity: 'anna' });
    const asked = await fetch(`${web.url}/api/rooms/unseen/listen`, { method: 'POST' });
    const listener = await joinWith(await asked.json());
    // Webhooks of a room come in order: what there was of the listener has come before this.
    guests.push(await joinAs(livekitServer.env, 'unseen', { identity: 'ben' }));
    await expect.poll(() => whatIn('unseen', 'person_joined')).toHaveLength(2);
    expect(await monitored('unseen')).toEqual([]);
    await listener.disconnect();
  } finally {
    Object.assign(server().config, { LISTEN_IN: 'shown' });
  }
});

it('without the database, calls start as fast, webhooks are accepted, and everything is stored later', async () => {
  await closeDatabase(server());
  const lock = pathOf(place.folder, 'db.lock');
  // Locked by another host that sends heartbeats.
  const other = { pid: 1, began: '', host: `not-${hostname()}`, token: 'other' };
  writeFileSync(lock, JSON.stringify(other));
  const began = Date.now();
  await join({ room_name: 'away', participant_identity: 'anna' });
  expect(Date.now() - began).toBeLessThan(5_000);
  const event = webhookEvent('room_started', { room: { name: 'sent', sid: 'RM_sent' } });
  for (let sent = 0; sent < 3; sent += 1) {
    expect((await sendWebhook(web.url, livekitServer.env, event)).status).toBe(200);
  }
  await expect(store.listCalls(server(), {})).rejects.toMatchObject({
    kind: 'database-unavailable',
  });
  rmSync(lock);
  // Each call is stored separately, in no order.
  await expect.poll(async () => kindsIn('away').catch(() => undefined)).toContain('person_joined');
  await expect.poll(() => kindsIn('sent')).toEqual(['room_started']);
  expect(await kindsIn('away')).toContain('requested');
  expect((await callIn('away'))?.clocks).toEqual([]);
});

it('with an unwritable queue, webhooks are retried, and calls still start', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  await expect
    .poll(() =>
      readdirSync(pathOf(place.folder, 'events', 'web')).filter((n) => n.endsWith('.jsonl')),
    )
    .toEqual([]);
  const flush = vi.spyOn(server().events, 'flush').mockReturnValue(false);
  const event = webhookEvent('room_started', { room: { name: 'full', sid: 'RM_full' } });
  expect((await sendWebhook(web.url, livekitServer.env, event)).status).toBe(503);
  await token({ room_name: 'full-too' });
  flush.mockRestore();
  expect((await sendWebhook(web.url, livekitServer.env, event)).status).toBe(200);
  await expect.poll(() => kindsIn('full')).toEqual(['room_started']);
  await expect.poll(() => kindsIn('full-too')).toContain('requested');
  log.mockRestore();
});

it('a call that a rule starts without a token is stored with the caller’s name', async () => {
  const { addRequestEvent } = await import('@/lib/dispatch/request-events');
  const guest: EventPerson = {
    ...{ identity: 'sip_1', sid: 'PA_1', kind: 'sip', name: 'Phone', metadata: '', attributes: {} },
    why: 'unknown',
  };
  addRequestEvent(
    server(),
    { room: 'by-rule' },
    'rule',
    { name: 'front-desk', deployment: 'production' },
    guest,
  );
  await expect
    .poll(() => whatIn('by-rule', 'requested'))
    .toMatchObject([{ origin: 'rule', agent: 'front-desk', identity: 'sip_1', name: 'Phone' }]);
});

it('closes calls whose room has disappeared, and no others', async () => {
  const room = await livekit.rooms.createRoom({ name: 'there' });
  const started = (name: string, roomSid: string) => ({
    id: `started-${name}`,
    room: name,
    roomSid,
    source: 'livekit' as const,
    at: Date.now() - 120_000,
    what: { kind: 'room_started' as const },
  });
  const events = [started('there', room.sid), started('gone', 'RM_gone')];
  await store.storeEvents(server(), events, Date.now() - 120_000);
  await closeLost(server());
  expect((await callIn('gone'))?.call.endedBy).toBe('lost');
  expect((await callIn('there'))?.call.endedAt).toBeUndefined();
});
