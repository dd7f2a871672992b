// What the fake speech server says is recognized word for word at the other end of a real call,
// split into utterances by the product's own voice activity detection.
import { initializeLogger, stt } from '@livekit/agents';
import { AudioStream, dispose, Room, RoomEvent } from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { afterAll, expect, inject, test } from 'vitest';
import { ROOM_OPTIONS } from '../../lib/livekit/room-options';
import { waitFor } from '../../lib/testing/wait-for';
import { SpeechSTT } from '../speech/plugins';
import { INPUT_RATE, inWindows } from '../speech/voice-activity';
import { Microphone } from './microphone';
import { randomSentence } from './random-sentence';

initializeLogger({ pretty: false, level: 'error' });
const { livekit, speech } = inject('stack');

afterAll(() => dispose());

async function join(room: string, identity: string): Promise<Room> {
  const token = new AccessToken(livekit.LIVEKIT_API_KEY, livekit.LIVEKIT_API_SECRET, { identity });
  token.addGrant({ roomJoin: true, room });
  const joined = new Room();
  await joined.connect(livekit.LIVEKIT_URL, await token.toJwt(), ROOM_OPTIONS);
  return joined;
}

/** Says each sentence after the previous one was heard; returns what was heard. */
async function call(room: string, sentences: readonly string[]): Promise<string[]> {
  const [caller, agent] = await Promise.all([join(room, 'caller'), join(room, 'agent')]);
  const recognizer = new SpeechSTT({ url: speech, model: 'moonshine-tiny' }).stream();
  const finals: string[] = [];
  agent.on(RoomEvent.TrackSubscribed, async (track) => {
    const sound = new AudioStream(track, { sampleRate: INPUT_RATE, numChannels: 1 });
    for await (const frame of inWindows(sound)) recognizer.pushFrame(frame);
  });
  const listening = (async () => {
    for await (const { type, alternatives } of recognizer) {
      if (type === stt.SpeechEventType.FINAL_TRANSCRIPT) finals.push(alternatives?.[0].text ?? '');
    }
  })();
  const microphone = await Microphone.on(caller, speech);
  for (const [at, sentence] of sentences.entries()) {
    await microphone.say(sentence);
    await waitFor(`"${sentence}"`, () => finals.length > at);
  }
  microphone.off();
  await Promise.all([caller.disconnect(), agent.disconnect()]);
  recognizer.close();
  await listening;
  return finals;
}

test('a call transcribes what was said, utterance by utterance', async () => {
  const CALLS = 4;
  const EACH = 2;
  await Promise.all(
    Array.from({ length: CALLS }, async (_, at) => {
      const sentences = Array.from({ length: EACH }, (_, n) => randomSentence(at * EACH + n));
      expect(await call(`fake-speech-${at}`, sentences)).toEqual(sentences);
    }),
  );
}, 300_000);
