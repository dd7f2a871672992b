// A session receives LiveKit's audio in windows: a real room, with the framework creating the stream.
import { initializeLogger, voice } from '@livekit/agents';
import {
  AudioSource,
  type AudioStream,
  LocalAudioTrack,
  Room,
  type Track,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { expect, inject, test, vi } from 'vitest';
import { preparePreConnectAudio } from '@/agent/audio/pre-connect-audio';
import { INPUT_RATE, WINDOW_SAMPLES } from '@/agent/speech/voice-activity';
import { ROOM_OPTIONS } from '@/lib/livekit/room-options';
import { TIMEOUT_MS } from '@/lib/testing/wait-for';

initializeLogger({ pretty: false, level: 'error' });
const { livekit } = inject('stack');

async function join(identity: string): Promise<Room> {
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = livekit;
  const token = new AccessToken(key, secret, { identity });
  token.addGrant({ roomJoin: true, room: 'live-sound' });
  const room = new Room();
  await room.connect(url, await token.toJwt(), ROOM_OPTIONS);
  return room;
}

test("the framework uses the audio input's stream, which yields windows", async () => {
  const [room, caller] = await Promise.all([join('agent'), join('caller')]);
  const session = new voice.AgentSession({ turnHandling: { turnDetection: 'manual' } });
  const agent = new voice.Agent({ instructions: '' });
  const inputOptions = { audioSampleRate: INPUT_RATE, participantIdentity: 'caller' };
  // Closing waits until someone subscribes to the agent's audio, which a caller who leaves at once never does.
  const outputOptions = { audioEnabled: false };
  const starting = session.start({ agent, room, inputOptions, outputOptions, record: false });
  const live = session.input.audio as unknown as { createStream(track: Track): AudioStream };
  preparePreConnectAudio(room, undefined, () => undefined)(session.input);
  const made = vi.spyOn(live, 'createStream');
  await starting;

  const track = LocalAudioTrack.createAudioTrack('microphone', new AudioSource(INPUT_RATE, 1));
  const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
  await caller.localParticipant?.publishTrack(track, options);
  await vi.waitFor(() => expect(made).toHaveBeenCalled(), TIMEOUT_MS);
  const [heard] = made.mock.lastCall as [Track];
  const { value } = await live.createStream(heard).getReader().read();
  expect(value).toMatchObject({ sampleRate: INPUT_RATE, samplesPerChannel: WINDOW_SAMPLES });
  await Promise.all([session.close(), room.disconnect(), caller.disconnect()]);
});
