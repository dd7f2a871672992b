// Listening to a live call over HTTP with a real LiveKit server: a listener's permissions, and that
// they are hidden from people, the room and the API. With a real agent: agent/call/listener.integration.test.ts.

import { dispose, type Room, RoomEvent } from '@livekit/rtc-node';
import { TokenVerifier } from 'livekit-server-sdk';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as listen from '@/app/api/rooms/[room]/listen/route';
import * as rooms from '@/app/api/rooms/route';
import { ensureAgent } from '@/lib/dispatch/send-agent';
import { server } from '@/lib/server';
import { startApi, type TestApi } from '@/lib/testing/api';
import { joinAs, joinWith } from '@/lib/testing/participant';

const ROOM = 'Raum 7/b';
const PATH = `/api/rooms/${encodeURIComponent(ROOM)}/listen`;
let api: TestApi;
const joined: Room[] = [];

beforeAll(async () => {
  api = await startApi({ '/api/rooms': rooms, '/api/rooms/[room]/listen': listen });
});
afterEach(async () => {
  await Promise.all(joined.splice(0).map((room) => room.disconnect()));
});
afterAll(async () => {
  await dispose();
  await api.close();
});

async function call() {
  await api.livekit.rooms.createRoom({ name: ROOM, departureTimeout: 1 });
  const anna = await joinAs(api.server.env, ROOM, { identity: 'anna' });
  joined.push(anna);
  return anna;
}
async function listens() {
  const { status, body } = await api.ask('POST', PATH);
  expect(status).toBe(201);
  expect(body).toEqual({
    server_url: api.server.env.LIVEKIT_URL,
    participant_token: expect.any(String),
  });
  const room = await joinWith(body);
  joined.push(room);
  return room;
}
const live = async () => (await api.livekit.rooms.listRooms([ROOM])).length;

it('returns a token for a minute that may only listen to this room, hidden', async () => {
  await call();
  const { body, headers } = await api.ask('POST', PATH);
  expect(headers.get('cache-control')).toBe('no-store');
  const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = api.server.env;
  const claims = await new TokenVerifier(key, secret).verify(body.participant_token);
  expect(claims.sub).toMatch(/^listener-[\w-]{22}$/);
  expect((claims.exp ?? 0) * 1_000 - Date.now()).toBeLessThanOrEqual(60_000);
  expect(claims.video).toEqual({
    roomJoin: true,
    room: ROOM,
    hidden: true,
    canPublish: false,
    canPublishData: false,
    canSubscribe: true,
    canUpdateOwnMetadata: false,
  });
});

it('is hidden from participants and from the API', async () => {
  const anna = await call();
  const seen: string[] = [];
  anna.on(RoomEvent.ParticipantConnected, ({ identity }) => seen.push(identity));
  const first = await listens();
  const second = await listens();
  expect([...first.remoteParticipants.keys()]).toEqual(['anna']);
  expect([...second.remoteParticipants.keys()]).toEqual(['anna']);
  // Events arrive in order: anyone announced before Ben is known by now.
  const ben = await joinAs(api.server.env, ROOM, { identity: 'ben' });
  joined.push(ben);
  await expect.poll(() => seen).toEqual(['ben']);
  expect([...ben.remoteParticipants.keys()]).toEqual(['anna']);
  const { body } = await api.ask('GET', '/api/rooms');
  const [{ participants, agents }] = body.rooms;
  const named = participants.map(({ identity }: { identity: string }) => identity);
  expect([named.sort(), agents]).toEqual([['anna', 'ben'], []]);
  const [room] = await api.livekit.rooms.listRooms([ROOM]);
  expect(room?.activeRecording).toBe(false);
});

it('does not count as an agent', async () => {
  await call();
  await listens();
  const want = {
    room: ROOM,
    agent: 'line-check',
    deployment: 'production',
    metadata: '',
    orAny: true,
  };
  const sent = await ensureAgent(server(), { ...want, by: 'token' });
  expect(sent.existing).toBe(false);
});

it('keeps no room open, and creates none', async () => {
  const anna = await call();
  const late = (await api.ask('POST', PATH)).body;
  const listener = await listens();
  const over = new Promise((resolve) => listener.once(RoomEvent.Disconnected, resolve));
  await anna.disconnect();
  await over;
  await expect.poll(live).toBe(0);
  const { status, body } = await api.ask('POST', PATH);
  expect([status, body.type]).toEqual([404, 'urn:callboard:problem:unknown-room']);
  expect(await live()).toBe(0);

  // A late token: LiveKit creates the room, and closes it at once.
  joined.push(await joinWith(late));
  await expect.poll(live).toBe(0);
});

it('is refused for other sites, other methods, and invalid rooms', async () => {
  await call();
  const foreign = await api.ask('POST', PATH, undefined, { origin: 'https://elsewhere.example' });
  expect(foreign.status).toBe(403);
  expect((await api.ask('GET', PATH)).status).toBe(405);
  expect((await api.ask('POST', '/api/rooms/a%00b/listen')).status).toBe(422);
});
