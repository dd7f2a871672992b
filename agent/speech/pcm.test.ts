// Audio arithmetic, checked on sounds with a known result.
import { expect, test } from 'vitest';
import {
  eased,
  fromPcm16,
  mixed,
  padded,
  parseWav,
  quietest,
  resample,
  toPcm16,
  trimmed,
  wavHeader,
  withPauses,
} from '@/agent/speech/pcm';

const tone = (hertz: number, rate: number, seconds = 0.2) =>
  new Float32Array(rate * seconds).map((_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / rate));
const rms = (sound: Float32Array) =>
  Math.sqrt(sound.reduce((sum, sample) => sum + sample * sample, 0) / sound.length);

test.each([
  [16_000, 24_000],
  [44_100, 16_000],
])('a tone of 440 Hz stays one from %i to %i Hz', (from, to) => {
  const out = resample(tone(440, from), from, to);
  const right = tone(440, to);
  expect(Math.abs(out.length - right.length)).toBeLessThanOrEqual(1);
  const middle = (sound: Float32Array) => sound.subarray(to / 50, to / 8);
  const error = middle(out).map((sample, i) => sample - (middle(right)[i] as number));
  expect(rms(error)).toBeLessThan(0.005);
});

test("frequencies above the lower rate's limit are removed, not mirrored", () => {
  expect(rms(resample(tone(11_000, 48_000), 48_000, 16_000))).toBeLessThan(0.01);
});

test('stereo becomes its mean', () => {
  expect([...mixed(new Float32Array([1, 0, 0.5, -0.5]), 2)]).toEqual([0.5, 0]);
});

test('silence at the ends is trimmed, and a given amount added', () => {
  const sound = new Float32Array(5_000);
  sound.fill(0.5, 2_000, 3_000);
  expect(trimmed(sound).length).toBe(160 + 1_000 + 160);
  expect(trimmed(new Float32Array(999)).length).toBe(0);
  expect([...padded(new Float32Array([1]), 1, 2)]).toEqual([0, 1, 0, 0]);
});

test('audio fades in and out', () => {
  const sound = eased(new Float32Array(5).fill(1), 2);
  expect([...sound]).toEqual([0, 0.5, 1, 0.5, 0]);
});

test('the longest silences become pauses; shorter ones and speech stay', () => {
  const sound = new Float32Array(16_000).fill(0.5);
  sound.fill(0, 4_000, 5_200);
  sound.fill(0, 8_000, 10_000);
  const longer = withPauses(sound, 1, 4_000);
  expect(longer.length).toBe(18_000);
  expect(longer.filter((sample) => sample === 0.5).length).toBe(12_800);
  expect(longer.slice(8_000, 12_000).every((sample) => sample === 0)).toBe(true);
  expect(withPauses(sound, 2, 4_000).length).toBe(20_800);
  expect(withPauses(sound, 0, 4_000)).toEqual(sound);
  expect(withPauses(sound, 2, 1_000)).toEqual(sound);
});

test('the quietest place is found', () => {
  const sound = tone(200, 16_000, 1);
  sound.fill(0, 9_600, 9_920);
  const at = quietest(sound, 1_600, 16_000);
  expect(at).toBeGreaterThanOrEqual(9_600);
  expect(at).toBeLessThan(9_920);
});

test('16-bit bytes and back, clipped, with an odd last byte dropped', () => {
  expect([...fromPcm16(toPcm16(new Float32Array([0, 2, -2])))]).toEqual([0, 32_767 / 32_768, -1]);
  expect(fromPcm16(new Uint8Array(5)).length).toBe(2);
});

test('a WAV header has the given values; other chunks are skipped', () => {
  const data = toPcm16(tone(440, 8_000));
  const plain = Buffer.concat([wavHeader(8_000, data.length), data]);
  expect(parseWav(plain)).toMatchObject({ rate: 8_000, channels: 1 });
  const list = Buffer.from('LIST\x05\0\0\0hello\0', 'latin1');
  const chunky = Buffer.concat([plain.subarray(0, 36), list, plain.subarray(36)]);
  expect(parseWav(chunky).data.length).toBe(data.length);
  const streamed = Buffer.concat([wavHeader(8_000), data]);
  expect(parseWav(streamed).data.length).toBe(data.length);
});

test.each([
  ['other bytes', Buffer.from('OggS and then some more of it'), 'not a WAV'],
  ['8 bits', Buffer.from(wavHeader(8_000, 0)).fill(8, 34, 35), '16-bit'],
  ['an end in the header', wavHeader(8_000).subarray(0, 30), 'no sound'],
])('%s cannot be read', (_name, bytes, why) => {
  expect(() => parseWav(bytes)).toThrow(why);
});
