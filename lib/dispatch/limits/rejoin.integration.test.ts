// One token, used again and again on a real LiveKit server: neither joining nor leaving brings any number of agents.

import { Room, RoomEvent } from '@livekit/rtc-node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { RoomEvent as WebhookEvent } from '@/lib/calls/webhooks/event';
import { checkJoined } from '@/lib/dispatch/limits/check-joined';
import { afterJoin, isTooOften, JOINS_MAX, ROOMS_MAX } from '@/lib/dispatch/limits/rejoin';
import { mintToken } from '@/lib/dispatch/tokens';
import { CALL_ATTRIBUTE, closingOf, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { Server } from '@/lib/server';
import { type TestDatabase, testFolder } from '@/lib/testing/calls-database';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';
import { testServer } from '@/lib/testing/server';

let livekitServer: TestLiveKitServer;
let place: TestDatabase;
let server: Server;

beforeAll(async () => {
  [livekitServer, place] = await Promise.all([startLiveKitServer(), testFolder()]);
  server = testServer({ ...livekitServer.env, ...place.env, CALLS_PER_CALLER: '1' });
});
afterAll(async () => {
  await server.stop();
  await livekitServer.stop();
  await place.remove();
});
const rooms: Room[] = [];
afterEach(async () => {
  await Promise.all(rooms.splice(0).map((room) => room.disconnect()));
});

const AGENT = { name: 'front-desk', deployment: '', metadata: '' };
const plan = (room: string) => ({
  ...{ room, identity: 'ann', name: 'Ann', metadata: '', agent: AGENT },
  attributes: { [CALL_ATTRIBUTE]: `c-${room}` },
});

/** Joins with the token, and has the webhook checked. @returns whether they were removed, and the room */
async function join(name: string, token: string, room = new Room()) {
  rooms.push(room);
  await room.connect(livekitServer.env.LIVEKIT_URL, token);
  const [there] = await server.livekit.rooms.listRooms([name]);
  const [person] = await server.livekit.rooms.listParticipants(name);
  const { sid = '', metadata = '' } = there ?? {};
  const event: WebhookEvent = {
    ...{ name: 'participant_joined', at: Date.now(), heard: Date.now() },
    room: { name, sid, metadata },
    person: {
      ...{ identity: 'ann', sid: person?.sid ?? '', kind: 'standard', name: 'Ann' },
      ...{ metadata: '', attributes: person?.attributes ?? {}, why: 'unknown' },
    },
  };
  return { room, sid, removed: await checkJoined(server, event) };
}
const tokenOf = (granted: Parameters<typeof mintToken>[0]) =>
  mintToken(granted, livekitServer.env.LIVEKIT_API_KEY, livekitServer.env.LIVEKIT_API_SECRET);
const agentsIn = async (name: string) =>
  (await server.livekit.dispatches.listDispatch(name)).filter(
    ({ agentName }) => agentName === AGENT.name,
  );

it('a token that creates room after room gets one without an agent', async () => {
  const name = 'rooms';
  const token = await tokenOf(plan(name));
  const sids = new Set<string>();
  for (let made = 1; made <= ROOMS_MAX; made += 1) {
    const { sid, removed } = await join(name, token);
    sids.add(sid);
    expect(removed).toBe(false);
    expect(await agentsIn(name)).toHaveLength(1);
    await server.livekit.rooms.deleteRoom(name);
    await expect.poll(() => server.livekit.rooms.listRooms([name])).toEqual([]);
  }
  expect(sids.size).toBe(ROOMS_MAX);
  expect((await join(name, token)).removed).toBe(true);
  expect(await agentsIn(name)).toEqual([]);
  // The room is held: joining it again and again brings no agent.
  const [held] = await server.livekit.rooms.listRooms([name]);
  for (let more = 0; more < 3; more += 1) {
    const { room, sid, removed } = await join(name, token);
    expect([sid, removed]).toEqual([held?.sid, true]);
    await expect.poll(() => room.isConnected).toBe(false);
  }
  expect(await agentsIn(name)).toEqual([]);
});

it('each further room counts as the start of a call', async () => {
  const name = 'starts';
  const { attributes, ...others } = plan(name);
  const { oneCall, caller } = PERSON_ATTRIBUTES;
  const limited = { ...attributes, [oneCall]: 'caller', [caller]: 'b-1' };
  const token = await tokenOf({ ...others, attributes: limited });
  const removed: boolean[] = [];
  for (let made = 0; made < 3; made += 1) {
    removed.push((await join(name, token)).removed);
    await server.livekit.rooms.deleteRoom(name);
    await expect.poll(() => server.livekit.rooms.listRooms([name])).toEqual([]);
  }
  // The first was counted with the token.
  expect(removed).toEqual([false, false, true]);
});

it('a cached token is told that another call needs a new one', async () => {
  const name = 'cached';
  const token = await tokenOf(plan(name));
  const { sid, room } = await join(name, token);
  await room.disconnect();
  await server.livekit.rooms.deleteRoom(name);
  await expect.poll(() => server.livekit.rooms.listRooms([name])).toEqual([]);
  const left = { kind: 'person_left', identity: 'ann', why: 'left' } as const;
  const { storeEvents } = await import('@/lib/calls/store/store');
  const from = { id: 'left-1', source: 'livekit', at: Date.now(), seq: 1 } as const;
  await storeEvents(server, [{ ...from, call: `c-${name}`, room: name, roomSid: sid, what: left }]);

  const again = new Room();
  rooms.push(again);
  const said: string[] = [];
  again.on(RoomEvent.RoomMetadataChanged, (metadata) => said.push(closingOf(metadata) ?? ''));
  const { removed } = await join(name, token, again);
  expect(removed).toBe(true);
  await expect.poll(() => again.isConnected).toBe(false);
  expect(said.join()).toMatch(/ended.*new token/);
});

it('joining one room too often ends it', async () => {
  const name = 'joins';
  const token = await tokenOf(plan(name));
  const removed: boolean[] = [];
  for (let joins = 0; joins <= JOINS_MAX; joins += 1) {
    const joined = await join(name, token);
    removed.push(joined.removed);
    await joined.room.disconnect();
  }
  expect(removed).toEqual([...Array(JOINS_MAX).fill(false), true]);
  await expect.poll(() => agentsIn(name)).toEqual([]);
});

it('a bad connection is not an attack', () => {
  let uses: Parameters<typeof afterJoin>[0];
  // LiveKit's clients join again at most every 7 s.
  for (let at = 0; at < 600_000; at += 7_000) {
    uses = afterJoin(uses, { sid: `PA_${at}`, at }, 'RM_1');
    expect(isTooOften(uses)).toBe(false);
  }
  expect(isTooOften(afterJoin(uses, { sid: 'PA_1', at: 600_000 }, 'RM_2'))).toBe(false);
});

it('a webhook that is sent again is no other join', () => {
  let uses: Parameters<typeof afterJoin>[0];
  for (let at = 0; at < 100; at += 1) uses = afterJoin(uses, { sid: 'PA_1', at }, 'RM_1');
  expect(uses?.joins).toHaveLength(1);
});
