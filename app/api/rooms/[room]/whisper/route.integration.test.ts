// A whisper over HTTP with a real LiveKit server: agents get it, and nobody else.
import { dispose, type RemoteParticipant, type Room, RoomEvent } from '@livekit/rtc-node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as whisper from '@/app/api/rooms/[room]/whisper/route';
import { whisperReader } from '@/lib/dispatch/signed-whisper';
import { WHISPER_TOPIC } from '@/lib/livekit/attributes';
import { startApi, type TestApi } from '@/lib/testing/api';
import { joinAs, joinAsAgent } from '@/lib/testing/participant';

const ROOM = 'Raum 7/w';
const PATH = `/api/rooms/${encodeURIComponent(ROOM)}/whisper`;
let api: TestApi;
const joined: Room[] = [];

beforeAll(async () => {
  api = await startApi({ '/api/rooms/[room]/whisper': whisper });
});
afterEach(async () => {
  await Promise.all(joined.splice(0).map((room) => room.disconnect()));
});
afterAll(async () => {
  await dispose();
  await api.close();
});

/** Collects the data packets that a participant receives, with their sender. */
async function packetsOf(joining: Promise<Room>) {
  const room = await joining;
  joined.push(room);
  const packets: [string, string | undefined, RemoteParticipant | undefined][] = [];
  room.on(RoomEvent.DataReceived, (data, from, _kind, topic) => {
    packets.push([new TextDecoder().decode(data), topic, from]);
  });
  return packets;
}

it('is sent to the agent alone, by nobody in the room', async () => {
  await api.livekit.rooms.createRoom({ name: ROOM, departureTimeout: 1 });
  const { env } = api.server;
  const caller = await packetsOf(joinAs(env, ROOM, { identity: 'anna' }));
  const { status, body } = await api.ask('POST', PATH, { text: 'Hello' });
  expect([status, body.type]).toEqual([409, expect.stringMatching(/no-agent$/)]);

  // An agent that was not written for Callboard.
  const theirs = await packetsOf(joinAs(env, ROOM, { identity: 'theirs', kind: 'agent' }));
  const deaf = await api.ask('POST', PATH, { text: 'Hello' });
  expect([deaf.status, deaf.body.type]).toEqual([409, expect.stringMatching(/agent-cannot-hear$/)]);

  const agent = await packetsOf(joinAsAgent(env, ROOM, 'front-desk', 'production'));
  expect((await api.ask('POST', PATH, { text: ' Offer a refund. ' })).status).toBe(204);
  await expect.poll(() => agent).toHaveLength(1);
  const [[payload, topic, from] = []] = agent;
  expect([topic, from]).toEqual([WHISPER_TOPIC, undefined]);
  const read = whisperReader({ room: ROOM, secret: env.LIVEKIT_API_SECRET });
  expect(read(payload ?? '')).toBe('Offer a refund.');
  expect([caller, theirs]).toEqual([[], []]);
});

it.each([
  ['no text', { text: ' ' }, 400],
  ['a long text', { text: 'a'.repeat(501) }, 400],
  ['an unknown room', { text: 'Hello' }, 404],
])('refuses %s', async (_, body, expected) => {
  expect((await api.ask('POST', PATH.replace('7', '8'), body)).status).toBe(expected);
});
