// Words to tones and back, through Opus at a call's bit rate and the product's own voice activity detection.
import { execFileSync } from 'node:child_process';
import { getFfmpegPath } from '@livekit/av';
import { expect, test } from 'vitest';
import { fromPcm16, toPcm16 } from '@/agent/speech/pcm';
import {
  type Decision,
  segment,
  silence,
  voiceActivity,
  WINDOW_SAMPLES,
} from '@/agent/speech/voice-activity';
import { fromTones, TONE_RATE, toTones } from '@/agent/testing/tones';
import { randomNumbers } from '@/lib/core/random-numbers';
import { joined } from '@/scripts/test-caller/sounds';

const WORDS =
  `hello yes no please book an appointment for Tuesday at 10:30 or the twenty-third of November thank you
  goodbye Ada O'Neill Dr. Müller's naïve £12.50 a I aaa zzzz 555-0142 what's tomorrow half past two don't know
 你好 extraordinarily`.split(/\s+/);

/** Random words: the same for the same seed. */
function randomSentence(seed: number): string {
  const draw = randomNumbers(seed);
  const random = (below: number) => Math.floor(draw() * below);
  const words = Array.from({ length: 1 + random(12) }, () => WORDS[random(WORDS.length)]);
  return words.join(' ');
}

const RAW = ['-f', 's16le', '-ar', `${TONE_RATE}`, '-ac', '1'];
const OPUS = '-ar 48000 -c:a libopus -b:a 24k -application voip -f ogg'.split(' ');

function ffmpeg(input: Uint8Array, ...args: string[]): Buffer {
  const command = ['-hide_banner', '-loglevel', 'error', ...args];
  return execFileSync(getFfmpegPath() ?? 'ffmpeg', command, { input, maxBuffer: 2 ** 28 });
}

/** The stretches of speech in a sound, as the STT plugin cuts them. */
async function utterances(sound: Float32Array): Promise<Float32Array[]> {
  const vad = voiceActivity().createVad();
  const found: Float32Array[] = [];
  let state = silence;
  let decision: Decision;
  let windows: Float32Array[] = [];
  for (let at = 0; at + WINDOW_SAMPLES <= sound.length; at += WINDOW_SAMPLES) {
    const window = sound.slice(at, at + WINDOW_SAMPLES);
    const probability = await vad.predict(new Int16Array(toPcm16(window).buffer));
    [state, decision] = segment(state, probability);
    windows.push(window);
    if (decision.kind === 'end') found.push(joined(windows));
    // The lead before the beginning belongs to it.
    if (!state.speaking && state.rising === 0) windows = windows.slice(-10);
  }
  return found;
}

test('20 sentences are recognized word for word', async () => {
  const said = Array.from({ length: 20 }, (_, seed) => randomSentence(seed));
  const pause = new Float32Array(TONE_RATE / 2);
  const sound = toPcm16(joined(said.flatMap((sentence) => [toTones(sentence), pause])));
  const opus = ffmpeg(sound, ...RAW, '-i', 'pipe:0', ...OPUS, 'pipe:1');
  const heard = await utterances(fromPcm16(ffmpeg(opus, '-i', 'pipe:0', ...RAW, 'pipe:1')));
  expect(heard.map((sound) => fromTones(sound))).toEqual(said);
}, 60_000);

test('of truncated audio, the complete words are recognized', () => {
  const sound = toTones('Hello, this is Ada. How can I help?');
  expect(fromTones(sound.subarray(0, 0.6 * sound.length))).toBe('Hello, this is Ada.');
  expect(fromTones(sound.subarray(0.5 * sound.length))).toBe('How can I help?');
});

test('a short gap in a known text is filled, a late start costs no word, and what was cut out is missing', () => {
  const known = ['The weather is fine today.', 'The weather was fine yesterday.'];
  const sound = toTones('The weather is fine today.');
  const middle = sound.length - 0.51 * TONE_RATE;
  const gap = sound.map((sample, i) => (i > middle && i < middle + 0.06 * TONE_RATE ? 0 : sample));
  expect(fromTones(gap, known)).toBe('The weather is fine today.');
  expect(fromTones(gap, ['Something else.'])).toBe('The weather is today.');
  const shorter = sound.subarray(0.15 * TONE_RATE, -0.15 * TONE_RATE);
  expect(fromTones(shorter)).toBe('The weather is fine today.');
  const silence = new Float32Array(0.1 * TONE_RATE);
  const late = joined([sound.slice(0, middle), silence, sound.slice(middle)]);
  expect(fromTones(late, known)).toBe('The weather is fine today.');
  const without = (seconds: number) =>
    joined([sound.slice(0, middle), sound.slice(middle + seconds * TONE_RATE)]);
  for (const dropped of [0.02, 0.06, 0.1]) {
    expect(fromTones(without(dropped), known)).toBe('The weather is fine today.');
  }
  expect(fromTones(without(0.12), known)).toBe('The weather is today.');
});

test('noise and silence have no words', () => {
  expect(fromTones(new Float32Array(TONE_RATE))).toBe('');
  const noise = new Float32Array(10 * TONE_RATE).map(() => (Math.random() - 0.5) * 0.2);
  expect(fromTones(noise)).toBe('');
});
