// Whose session errors are said, and when; whose messages the console gets.
import { type ByteStreamHandler, type RemoteParticipant, Room, RoomEvent } from 'livekit-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { followSessions } from '@/components/call/session/session-stream';
import { AGENT_ATTRIBUTES, AGENT_STATE_ATTRIBUTE } from '@/lib/livekit/attributes';
import { troubleOf } from '@/lib/livekit/trouble';

/** A short field of protobuf with a length. */
const field = (number: number, content: readonly number[]) => [
  number * 8 + 2,
  content.length,
  ...content,
];
const message = (text: string) =>
  new Uint8Array(field(3, field(15, field(1, [...Buffer.from(text)]))));

/** A room, and what its caller was told. */
function setUp() {
  const room = new Room();
  let handler: ByteStreamHandler | undefined;
  room.registerByteStreamHandler = (_topic, callback) => {
    handler = callback;
  };
  const said: string[] = [];
  const messages: Uint8Array[] = [];
  followSessions(room, {
    onTrouble: (by, text) => said.push(`${by}: ${text}`),
    onMessage: (one) => messages.push(one),
  });
  const join = (identity: string, attributes: Record<string, string>, isAgent = true) => {
    const one = { identity, attributes, isAgent } as unknown as RemoteParticipant;
    room.remoteParticipants.set(identity, one);
    room.emit(RoomEvent.ParticipantConnected, one);
    return one;
  };
  const sends = (identity: string, chunks: readonly Uint8Array[]) =>
    handler?.({ readAll: async () => chunks } as never, { identity });
  return {
    room,
    said,
    messages,
    join,
    sends,
    fails: (identity: string, text: string) => sends(identity, [message(text)]),
    state(one: RemoteParticipant, state: string) {
      const changed = { [AGENT_STATE_ATTRIBUTE]: state };
      Object.assign(one.attributes, changed);
      room.emit(RoomEvent.ParticipantAttributesChanged, changed, one);
    },
  };
}

test('the errors of agents of other workers are said, also of one that is announced later', async () => {
  const { said, messages, join, fails } = setUp();
  join('anna', {}, false);
  join('ours', { [AGENT_ATTRIBUTES.agent]: 'front-desk' });
  const early = fails('theirs', 'openai.STT');
  join('theirs', {});
  await early;
  await fails('anna', 'openai.STT');
  await fails('ours', 'openai.STT');
  await fails('theirs', "type='tts_error' recoverable=True");
  expect(said).toEqual([`theirs: ${troubleOf('stt_error')}`]);
  expect(messages).toEqual([message('openai.STT'), message("type='tts_error' recoverable=True")]);
});

test('an error of a language model is said if no answer follows', async () => {
  const { said, join, fails, state } = setUp();
  const theirs = join('theirs', { [AGENT_STATE_ATTRIBUTE]: 'thinking' });
  await fails('theirs', 'openai.LLM');
  state(theirs, 'speaking');
  state(theirs, 'listening');
  expect(said).toEqual([]);
  state(theirs, 'thinking');
  await fails('theirs', 'openai.LLM');
  expect(said).toEqual([]);
  state(theirs, 'listening');
  expect(said).toEqual([`theirs: ${troubleOf('llm_error')}`]);
});

test('an error of a language model is also said if its agent keeps thinking, unless it leaves or the call ends', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { room, said, join, fails } = setUp();
  const theirs = join('theirs', { [AGENT_STATE_ATTRIBUTE]: 'thinking' });
  await fails('theirs', 'openai.LLM');
  vi.advanceTimersByTime(12_000);
  // The second attempt.
  await fails('theirs', 'openai.LLM');
  vi.advanceTimersByTime(12_000);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(12_000);
  expect(said).toEqual([`theirs: ${troubleOf('llm_error')}`]);
  const ends = [
    () => room.emit(RoomEvent.ParticipantDisconnected, theirs),
    () => room.emit(RoomEvent.Disconnected),
  ];
  for (const end of ends) {
    await fails('theirs', 'openai.LLM');
    end();
    vi.advanceTimersByTime(60_000);
    expect(said).toHaveLength(1);
  }
});

test('messages of several pieces are joined, and stay in order', async () => {
  const { messages, join, sends } = setUp();
  join('theirs', {});
  const long = sends('theirs', [new Uint8Array(30_000).fill(1), new Uint8Array([2])]);
  const short = sends('theirs', [new Uint8Array([3])]);
  await Promise.all([long, short]);
  expect(messages.map((one) => [one.length, one.at(-1)])).toEqual([
    [30_001, 2],
    [1, 3],
  ]);
});
