// Callers without our page: one who uses LiveKit's own tools to inspect and control the agent's
// session, and one whose time is up.
import { randomUUID } from 'node:crypto';
import { initializeLogger, voice } from '@livekit/agents';
import { type RemoteParticipant, Room } from '@livekit/rtc-node';
import { afterAll, test } from 'vitest';
import { notices } from '@/agent/core/notices';
import { sharedStage } from '@/agent/testing/stage';
import { PRODUCTION } from '@/lib/core/deployment';
import { mintToken } from '@/lib/dispatch/tokens';
import { PERSON_ATTRIBUTES, TYPED_MAX } from '@/lib/livekit/attributes';
import { TIMEOUT_MS } from '@/lib/testing/wait-for';

/** Milliseconds within which a call has begun, even on a busy machine. */
const BEGUN_MS = 12_000;
const QUESTION = 'What is your address?';

initializeLogger({ pretty: false, level: 'error' });
const stage = await sharedStage();
const room = new Room();

afterAll(async () => {
  await room.disconnect();
  await stage.close();
});

test.concurrent('a caller receives what the agent says but not its instructions or session; only the beginning of an endless text is read', async ({
  expect,
}) => {
  const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = stage.env;
  const agent = {
    name: 'front-desk',
    deployment: PRODUCTION,
    metadata: '',
  };
  const who = { room: `call-${randomUUID()}`, identity: 'caller', attributes: {}, agent };
  let said = '';
  room.registerTextStreamHandler('lk.transcription', async (reader) => {
    try {
      for await (const piece of reader) said += piece;
    } catch {
      // The call ended in the middle of a word.
    }
  });
  const caller = { linkedParticipant: undefined as RemoteParticipant | undefined };
  type RoomIO = ConstructorParameters<typeof voice.RoomSessionTransport>[1];
  const remote = voice.RemoteSession.fromRoom(room, caller as RoomIO);
  const learnt: unknown[] = [];
  remote.on('conversation_item_added', (event) => learnt.push(event));
  await remote.start();
  await room.connect(LIVEKIT_URL, await mintToken(who, LIVEKIT_API_KEY, LIVEKIT_API_SECRET));
  const soon = (words: string) =>
    expect.poll(() => said, { timeout: 2 * TIMEOUT_MS }).toContain(words);
  await soon('How can I help?');

  [caller.linkedParticipant] = room.remoteParticipants.values();
  remote.fetchAgentInfo().then(
    ({ instructions }) => learnt.push(instructions),
    () => {},
  );
  await room.localParticipant?.sendText(QUESTION, { topic: 'lk.chat' });
  // Sent after the other request, and answered.
  await soon('Brookfield');
  expect(learnt).toEqual([]);
  await remote.close();

  const endless = await room.localParticipant?.streamText({ topic: 'lk.chat' });
  await endless?.write('Where can I park? '.repeat(1_000));
  await soon(notices.tooLong);
  await soon('parking behind');
  const typed = () =>
    stage.web.eventsOf(who.room).flatMap(({ what }) => {
      return what.kind === 'turn' && what.speaker === 'caller' ? [what.text.length] : [];
    });
  await expect.poll(typed, { timeout: TIMEOUT_MS }).toEqual([QUESTION.length, TYPED_MAX]);
});

test.concurrent('of a flood of texts, one turn a second is answered', async ({ expect }) => {
  const call = await stage.call('line-check');
  await expect.poll(() => call.said, { timeout: 2 * TIMEOUT_MS }).not.toBe('');
  const from = performance.now();
  await Promise.all(Array.from({ length: 200 }, (_, at) => call.type(`Text ${at}, please.`)));
  const turns = () =>
    stage.web.eventsOf(call.room).flatMap(({ what }) => {
      return what.kind === 'turn' && what.speaker === 'caller' ? [what.text] : [];
    });
  await expect.poll(() => turns().length, { timeout: 2 * TIMEOUT_MS }).toBeGreaterThan(10);
  await call.type('And the last one.');
  await expect.poll(() => turns().join(), { timeout: 2 * TIMEOUT_MS }).toContain('the last one.');
  const seconds = Math.ceil((performance.now() - from) / 1_000);
  expect(turns().length).toBeLessThanOrEqual(10 + seconds);
  expect(Math.max(...turns().map(({ length }) => length))).toBeLessThanOrEqual(TYPED_MAX);
});

test.concurrent('the end of a call with a time limit is announced a minute before', async ({
  expect,
}) => {
  // The agent is there first, so that its start takes none of the time.
  const name = `call-${randomUUID()}`;
  await stage.dispatches.createDispatch(name, 'line-check');
  const present = () => stage.rooms.listParticipants(name).catch(() => []);
  await expect.poll(async () => (await present()).length, { timeout: TIMEOUT_MS }).toBe(1);
  const endsAt = String(Date.now() + 60_000 + BEGUN_MS);
  const call = await stage.call(undefined, {
    room: name,
    attributes: { [PERSON_ATTRIBUTES.endsAt]: endsAt },
  });
  await expect.poll(() => call.said, { timeout: 3 * TIMEOUT_MS }).toContain(notices.oneMinute);
  expect(call.leaving).toBeUndefined();
});

test.concurrent('a call whose time is up ends with a sentence, even while the caller keeps typing', async ({
  expect,
}) => {
  const endsAt = Date.now() + BEGUN_MS;
  const call = await stage.call('line-check', {
    attributes: { [PERSON_ATTRIBUTES.endsAt]: String(endsAt) },
  });
  await expect.poll(() => call.said, { timeout: 2 * TIMEOUT_MS }).not.toBe('');
  await call.type('Please go on for ever.');
  await expect.poll(() => call.said, { timeout: 3 * TIMEOUT_MS }).toContain(notices.timeUp);
  expect(Date.now()).toBeGreaterThan(endsAt);
  await expect.poll(() => call.leaving).toBe('time-up');
  await expect.poll(async () => (await stage.rooms.listRooms([call.room])).length).toBe(0);
  const whats = () => stage.web.eventsOf(call.room).map(({ what }) => what);
  await expect.poll(whats).toContainEqual({ kind: 'ended', why: 'time-up' });
});
