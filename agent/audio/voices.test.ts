// Where audio is placed: late frames, pauses, several voices, and clipping.
import { expect, test } from 'vitest';
import { interleaved, Side, Voice } from '@/agent/audio/voices';

/** Samples of 10 ms at 16 kHz. */
const FRAME = 160;
const frame = (value: number) => new Int16Array(FRAME).fill(value);
/** First and last position and value of each stretch that is not silent. */
function stretches(sound: Int16Array): [number, number, number][] {
  const found: [number, number, number][] = [];
  for (const [at, value] of sound.entries()) {
    const last = found.at(-1);
    if (last && last[1] === at - 1 && last[2] === value) last[1] = at;
    else if (value !== 0) found.push([at, at, value]);
  }
  return found;
}

test('frames that arrive unevenly continue without a gap', () => {
  const side = new Side();
  const voice = new Voice(side);
  for (const [at, late] of [0, 900, 300, 1_500, 0].entries()) {
    voice.push((at + 1) * FRAME + late, frame(7));
    voice.place();
  }
  const [first, ...others] = stretches(side.take(20_000));
  expect(others).toEqual([]);
  expect((first?.[1] ?? 0) - (first?.[0] ?? 0)).toBe(5 * FRAME - 1);
});

test('a second of audio that arrives at once, after the process was blocked, is placed where it was spoken', () => {
  const side = new Side();
  const voice = new Voice(side);
  for (let at = 1; at <= 10; at += 1) voice.push(at * FRAME, frame(7));
  voice.place();
  for (let at = 0; at < 100; at += 1) voice.push(110 * FRAME, frame(8));
  voice.place();
  expect(stretches(side.take(20_000))).toEqual([
    [0, 10 * FRAME - 1, 7],
    [10 * FRAME, 110 * FRAME - 1, 8],
  ]);
});

test('a pause stays a pause', () => {
  const side = new Side();
  const voice = new Voice(side);
  voice.push(FRAME, frame(7));
  voice.push(16_000 + FRAME, frame(8));
  voice.place();
  expect(stretches(side.take(20_000))).toEqual([
    [0, FRAME - 1, 7],
    [16_000, 16_000 + FRAME - 1, 8],
  ]);
});

test('voices on one side are mixed, and clipped', () => {
  const side = new Side();
  for (const value of [20_000, 20_000]) {
    const voice = new Voice(side);
    voice.push(FRAME, frame(value));
    voice.place();
  }
  expect(stretches(side.take(FRAME))).toEqual([[0, FRAME - 1, 32_767]]);
});

test('audio for a position already written is dropped, the rest is kept', () => {
  const side = new Side();
  expect(side.take(100)).toEqual(new Int16Array(100));
  side.add(40, frame(7));
  expect(stretches(side.take(400))).toEqual([[0, 99, 7]]);
});

test('left and right are interleaved', () => {
  expect([...interleaved(Int16Array.of(1, 2), Int16Array.of(3, 4))]).toEqual([1, 3, 2, 4]);
});
