// Loudness against the standard's own values, and normalization of voices.
import { expect, test } from 'vitest';
import { evened, filtered, highPass, highShelf, loudness } from '@/agent/speech/polish';

const tone = (hertz: number, size: number, rate = 48_000, seconds = 2) =>
  new Float32Array(rate * seconds).map((_, i) => size * Math.sin((2 * Math.PI * hertz * i) / rate));
const peak = (sound: Float32Array) => sound.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

test('a full-scale tone of 997 Hz in one channel has -3.01 LUFS (ITU-R BS.1770)', () => {
  expect(loudness(tone(997, 1), 48_000)).toBeCloseTo(-3.01, 1);
  expect(loudness(tone(997, 0.1, 16_000), 16_000)).toBeCloseTo(-23.01, 0);
  expect(loudness(new Float32Array(48_000), 48_000)).toBe(Number.NEGATIVE_INFINITY);
  expect(loudness(new Float32Array(), 48_000)).toBe(Number.NEGATIVE_INFINITY);
});

test('pauses do not count', () => {
  const talk = tone(997, 0.2, 16_000, 4);
  const loud = loudness(talk, 16_000);
  talk.fill(0, 16_000, 48_000);
  expect(loudness(talk, 16_000)).toBeGreaterThan(loud - 1);
});

test('soft and loud, deep and bright are equalized, silence stays, and nothing clips', () => {
  for (const [hertz, size] of [
    [300, 0.01],
    [997, 0.5],
    [3_000, 0.9],
  ] as const) {
    expect(loudness(evened(tone(hertz, size, 16_000), 16_000), 16_000)).toBeCloseTo(-20, 1);
  }
  expect(peak(evened(new Float32Array(999), 16_000))).toBe(0);
  const spiky = tone(200, 0.05, 16_000).map((one, i) => (i % 4_000 === 9 ? 0.9 : one));
  const even = evened(spiky, 16_000);
  expect(peak(even)).toBeGreaterThan(0.8);
  expect(peak(even)).toBeLessThanOrEqual(0.89);
});

test('a filter removes its band and keeps the rest', () => {
  const gain = (hertz: number, filters: Parameters<typeof filtered>[1]) => {
    const out = filtered(tone(hertz, 0.1, 16_000), filters).subarray(16_000);
    return 20 * Math.log10(peak(out) / 0.1);
  };
  expect(gain(65, [highPass(65, 16_000)])).toBeCloseTo(-3, 0);
  expect(gain(20, [highPass(65, 16_000)])).toBeLessThan(-18);
  expect(gain(1_000, [highPass(65, 16_000)])).toBeCloseTo(0, 1);
  expect(gain(200, [highShelf(2_000, 4, 16_000)])).toBeCloseTo(0, 1);
  expect(gain(7_000, [highShelf(2_000, 4, 16_000)])).toBeCloseTo(4, 0);
});
