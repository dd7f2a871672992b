// An agent that does not use Callboard, for tests: LiveKit's packages only. It greets, and responds to anything with its
// hours, with audio made by the test.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  AgentServer,
  defineAgent,
  InferenceRunner,
  initializeLogger,
  ServerOptions,
} from '@livekit/agents';
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';

const RATE = 16_000;
const FRAME = RATE / 50;
/** Sample value (of 32767) of speech, and milliseconds of silence after which the caller has finished. */
const LOUD = 500;
const FINISHED_MS = 700;

const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET, SOUNDS = '' } = process.env;

function sound(name) {
  const bytes = readFileSync(join(SOUNDS, `${name}.pcm`));
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
}

async function say(source, samples) {
  for (let at = 0; at < samples.length; at += FRAME) {
    const frame = new Int16Array(FRAME);
    frame.set(samples.subarray(at, at + FRAME));
    await source.captureFrame(new AudioFrame(frame, RATE, 1, FRAME));
  }
  await source.waitForPlayout();
}

async function listen(track, onQuestion) {
  let loudAt = Number.NaN;
  for await (const { data } of new AudioStream(track, RATE, 1)) {
    if (data.some((sample) => Math.abs(sample) > LOUD)) loudAt = Date.now();
    else if (Date.now() - loudAt > FINISHED_MS) {
      loudAt = Number.NaN;
      void onQuestion();
    }
  }
}

export default defineAgent({
  entry: async (ctx) => {
    const source = new AudioSource(RATE, 1);
    ctx.room.on(RoomEvent.TrackSubscribed, (track) => {
      listen(track, () => say(source, sound('hours'))).catch(() => undefined);
    });
    await ctx.connect();
    const track = LocalAudioTrack.createAudioTrack('voice', source);
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    const published = await ctx.room.localParticipant.publishTrack(track, options);
    // It does not speak to an empty room.
    await published.waitForSubscription();
    await say(source, sound('greeting'));
  },
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // It needs no end-of-turn model, whose process takes 250 MB.
  Object.defineProperty(InferenceRunner.registeredRunners, 'lk_eot_audio', { value: 'not used' });
  initializeLogger({ pretty: false, level: 'warn' });
  const server = new AgentServer(
    new ServerOptions({
      agent: fileURLToPath(import.meta.url),
      agentName: 'harbour',
      wsURL: LIVEKIT_URL,
      apiKey: LIVEKIT_API_KEY,
      apiSecret: LIVEKIT_API_SECRET,
      host: '127.0.0.1',
      port: 0,
      numIdleProcesses: 2,
      // Other tests load the machine.
      loadFunc: async () => 0,
      initializeProcessTimeout: 60_000,
    }),
  );
  server.event.on('worker_registered', () => process.send?.('registered'));
  await server.run();
}
