// How soon the agent pauses when somebody talks into its sentence, with the real voice activity model.
import { initializeLogger, type VADEvent, VADEventType } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { beforeAll, expect, test } from 'vitest';
import { FLITE_RATE, Flite, type FliteVoice } from '../speech/flite';
import { INTERRUPTION_MS } from './handling';
import { makeVad } from './vad';

/** Milliseconds of a window of the model, and of quiet before and after each sound. */
const WINDOW_MS = 32;
const QUIET_MS = 10 * WINDOW_MS;
/** Half of the 200 ms after which people raise their voice: the sound's way takes the rest. */
const LIMIT_MS = 100;
/** Level from which something is heard. */
const AUDIBLE = 0.005;

const samples = (ms: number) => (ms * FLITE_RATE) / 1_000;

let flite: Flite;

beforeAll(async () => {
  initializeLogger({ pretty: false, level: 'silent' });
  flite = await Flite.load();
}, 60_000);

/** Milliseconds from the beginning of a sound to the agent's pause; undefined where it talks on. */
async function pauseAfter(sound: Float32Array): Promise<number | undefined> {
  const data = new Int16Array(sound.length + 2 * samples(QUIET_MS));
  data.set(
    Int16Array.from(sound, (sample) => sample * 32_767),
    samples(QUIET_MS),
  );
  const stream = makeVad().stream();
  stream.pushFrame(new AudioFrame(data, FLITE_RATE, 1, data.length));
  const windows = Math.floor(data.length / samples(WINDOW_MS));
  const pauses = ({ type, speechDuration }: VADEvent) =>
    type === VADEventType.INFERENCE_DONE && speechDuration >= INTERRUPTION_MS;
  let heard = 0;
  for await (const event of stream) {
    if (event.type === VADEventType.INFERENCE_DONE) heard += 1;
    if (pauses(event) || heard === windows) {
      stream.close();
      return pauses(event) ? heard * WINDOW_MS - QUIET_MS : undefined;
    }
  }
  return undefined;
}

const said = (words: string, voice: FliteVoice) => {
  const sound = flite.speak(words, voice, 1);
  return sound.slice(sound.findIndex((sample) => Math.abs(sample) > AUDIBLE));
};

test.each([
  ['Stop.', 'slt'],
  ['Stop.', 'rms'],
  ['Wait.', 'rms'],
  ['No.', 'kal16'],
  ['Sorry, one moment.', 'kal16'],
  ['Hold on.', 'awb'],
] as const)('"%s" (%s) pauses the agent in time', async (words, voice) => {
  expect(await pauseAfter(said(words, voice))).toBeLessThanOrEqual(LIMIT_MS);
});

test('two bursts of a cough do not', async () => {
  const length = samples(300);
  const cough = Float32Array.from({ length: 2 * length }, (_, index) => {
    // Numbers without a pattern that are the same on each run.
    const noise = (Math.sin(index * 12.9898) * 43_758.5453) % 1;
    return 0.4 * noise * Math.exp(-(index % length) / samples(60));
  });
  expect(await pauseAfter(cough)).toBeUndefined();
});
