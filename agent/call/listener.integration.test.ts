// Listening to a call with a real agent, unnoticed by the caller and the agent.
import { AudioStream, Room, RoomEvent } from '@livekit/rtc-node';
import { afterAll, expect, test } from 'vitest';
import { sharedStage } from '@/agent/testing/stage';
import { admitListener } from '@/lib/dispatch/listener';
import { testServer } from '@/lib/testing/server';
import { TIMEOUT_MS } from '@/lib/testing/wait-for';

/** Sample value (of 32767) that background noise does not reach and any word does. */
const LOUD = 1_000;

const stage = await sharedStage();
const listeners: Room[] = [];

/** Listens in; `heard` says whether there was sound. */
async function listenTo(name: string) {
  const token = await admitListener(testServer(stage.env), name);
  const room = new Room();
  listeners.push(room);
  const line = { room, heard: false, over: false };
  room.on(RoomEvent.TrackSubscribed, async (track) => {
    for await (const { data } of new AudioStream(track)) {
      line.heard ||= data.some((sample) => Math.abs(sample) > LOUD);
    }
  });
  room.on(RoomEvent.Disconnected, () => {
    line.over = true;
  });
  await room.connect(stage.env.LIVEKIT_URL, token);
  return line;
}

afterAll(async () => {
  await Promise.all(listeners.map((room) => room.disconnect()));
  await stage.close();
});

test('the agent stays and answers, the listener is invisible, and the call ends as without a listener', async () => {
  const call = await stage.call('front-desk');
  await expect.poll(() => call.said, { timeout: 3 * TIMEOUT_MS }).toContain('How can I help?');
  const agent = call.agent()?.identity;
  const first = await listenTo(call.room);
  const second = await listenTo(call.room);
  expect([...first.room.remoteParticipants.keys()].sort()).toEqual([call.identity, agent].sort());
  expect([...second.room.remoteParticipants.keys()].sort()).toEqual([call.identity, agent].sort());

  await call.type('What is your address?');
  await expect.poll(() => call.said).toContain('Brookfield');
  await expect.poll(() => [first.heard, second.heard]).toEqual([true, true]);
  // The listener leaves unnoticed as well.
  await second.room.disconnect();
  await call.type('When are you open on Monday?');
  await expect.poll(() => call.said).toMatch(/eight|half past/i);
  expect(call.said).not.toMatch(/Goodbye/);
  expect(call.leaving).toBeUndefined();
  expect(call.people()).toBe(0);
  expect(call.agents().map(({ identity }) => identity)).toEqual([agent]);

  await call.hangUp();
  await expect.poll(() => first.over).toBe(true);
  await expect.poll(async () => (await stage.rooms.listRooms([call.room])).length).toBe(0);
  const whats = () => stage.web.eventsOf(call.room).map(({ what }) => what);
  await expect.poll(whats).toContainEqual({ kind: 'ended', why: 'caller-left' });
  const reported = JSON.stringify(stage.web.eventsOf(call.room));
  expect(reported).toContain(call.identity);
  expect(reported).not.toContain('listener-');
});
