// Words to tones and back, through what happens to sound on its way.
import { expect, test } from 'vitest';
import { resample } from '../speech/pcm';
import { randomSentence } from './random-sentence';
import { fromTones, TONE_RATE, toTones } from './tones';

const noisy = (sound: Float32Array, level: number) =>
  sound.map((sample) => sample + (Math.random() - 0.5) * 2 * level);

test('200 sentences come back word for word, softer, with noise, through other rates', () => {
  for (let seed = 0; seed < 200; seed++) {
    const said = randomSentence(seed);
    const carried = resample(toTones(said), TONE_RATE, 48_000).subarray(seed * 7);
    const heard = resample(carried, 48_000, TONE_RATE).map((sample) => sample * 0.3);
    expect(fromTones(noisy(heard, 0.01))).toBe(said);
  }
});
