// A developer with LiveKit's own tools in a call, beside its caller.
import { randomUUID } from 'node:crypto';
import { initializeLogger, voice } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { afterAll, expect, test } from 'vitest';
import { sharedStage } from '@/agent/testing/stage';
import { PRODUCTION } from '@/lib/core/deployment';
import { mintToken } from '@/lib/dispatch/tokens';
import { AGENT_STATE_ATTRIBUTE, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { TIMEOUT_MS } from '@/lib/testing/wait-for';

initializeLogger({ pretty: false, level: 'error' });
const stage = await sharedStage();
const rooms: Room[] = [];

afterAll(async () => {
  await Promise.all(rooms.map((room) => room.disconnect()));
  await stage.close();
});

/** Joins a room with LiveKit's client of sessions, and collects the events that it receives. */
async function join(name: string, identity: string, attributes: Record<string, string>) {
  const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = stage.env;
  const room = new Room();
  rooms.push(room);
  type RoomIO = ConstructorParameters<typeof voice.RoomSessionTransport>[1];
  // Without an identity it asks everybody.
  const remote = voice.RemoteSession.fromRoom(room, {} as RoomIO);
  const events: unknown[] = [];
  remote.on('conversation_item_added', (event) => events.push(event));
  await remote.start();
  const agent = { name: 'front-desk', deployment: PRODUCTION, metadata: '' };
  const plan = { room: name, identity, attributes, agent };
  await room.connect(LIVEKIT_URL, await mintToken(plan, LIVEKIT_API_KEY, LIVEKIT_API_SECRET));
  return { room, remote, events };
}

test('a developer reads the session of an agent, and its caller learns nothing of it', async () => {
  const name = `call-${randomUUID()}`;
  const anna = await join(name, 'anna', {});
  const states = () =>
    [...anna.room.remoteParticipants.values()].map(
      ({ attributes }) => attributes[AGENT_STATE_ATTRIBUTE],
    );
  await expect.poll(states, { timeout: 3 * TIMEOUT_MS }).toContain('listening');
  // The agent does not take her for a colleague who takes over.
  const dora = await join(name, 'dora', { [PERSON_ATTRIBUTES.agentConsole]: 'yes' });
  const history = async () => JSON.stringify(await dora.remote.fetchChatHistory());
  await expect.poll(history, { timeout: 3 * TIMEOUT_MS }).toContain('How can I help?');
  expect((await dora.remote.fetchAgentInfo()).instructions).not.toBe('');

  await anna.room.localParticipant?.sendText('What is your address?', { topic: 'lk.chat' });
  const heard = () => JSON.stringify(dora.events);
  await expect.poll(heard, { timeout: 3 * TIMEOUT_MS }).toContain('Brookfield');
  expect(anna.events).toEqual([]);
  const answer = anna.remote.fetchAgentInfo().then(
    () => 'answered',
    () => 'closed',
  );
  // Sent after that request, and answered.
  expect(await history()).toContain('Brookfield');
  await anna.remote.close();
  expect(await answer).toBe('closed');
});
