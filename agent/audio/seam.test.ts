import { expect, test } from 'vitest';
import { seam, seamByNow, withoutSilence } from '@/agent/audio/seam';

const RATE = 24_000;

/** Audio that does not repeat itself: noise under a voice's slow swell, the same for each seed. */
function voice(seconds: number, seed = 1): Int16Array {
  let state = seed;
  let low = 0;
  return Int16Array.from({ length: seconds * RATE }, (_, i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    // Most of a voice is below 1 kHz.
    low += 0.15 * (state / 2_147_483_648 - low);
    return low * 20_000 * (0.6 + 0.4 * Math.sin(i / 3_000));
  });
}

/** The same audio from another encoder: slightly quieter, with its own noise. */
function coded(sound: Int16Array): Int16Array {
  const noise = voice(sound.length / RATE, 99);
  return sound.map((sample, i) => sample * 0.9 + (noise[i] as number) * 0.1);
}

const said = voice(3);

/** How many samples are missing (below 0) or duplicated (above) at the seam of live audio that began at `begin`. */
function fault(recorded: Int16Array, live: Int16Array, begin: number): number {
  const to = seam(recorded, live, RATE);
  return to.recorded - (begin + to.live);
}

test.each([0.2, 0.4, 1.2])(
  'finds live audio that began %s s before the end of the recording',
  (s) => {
    const recorded = said.subarray(0, 2 * RATE);
    const begin = (2 - s) * RATE;
    const live = coded(said.subarray(begin, begin + RATE / 2));
    expect(seam(recorded, live, RATE).recorded).toBeLessThan(recorded.length);
    expect(Math.abs(fault(recorded, live, begin))).toBeLessThanOrEqual(2);
  },
);

test('live audio that the receiver stretched at its beginning is joined after that point', () => {
  const recorded = said.subarray(0, 2 * RATE);
  const begin = 1.5 * RATE;
  const even = coded(said.subarray(begin, begin + RATE));
  // 60 ms of it are duplicated, after 0.2 s.
  const live = new Int16Array(even.length + 0.06 * RATE);
  live.set(even.subarray(0, 0.2 * RATE));
  live.set(even.subarray(0.14 * RATE), 0.2 * RATE);
  const to = seam(recorded, live, RATE);
  expect(to).toEqual(seamByNow(recorded, live, RATE));
  expect(Math.abs(to.recorded - (begin - 0.06 * RATE + to.live))).toBeLessThanOrEqual(2);
});

test('waits for the end of the recording while it may still arrive, and otherwise not', () => {
  const recorded = said.subarray(0, 2 * RATE);
  const live = coded(said.subarray(1.5 * RATE, 2.5 * RATE));
  expect(seamByNow(recorded, live.subarray(0, 0.4 * RATE), RATE)).toBeUndefined();
  expect(seamByNow(recorded, live.subarray(0, 0.6 * RATE), RATE)).toBeDefined();
  const quiet = new Int16Array(3 * RATE);
  quiet.set(recorded);
  expect(seamByNow(quiet, live.subarray(0, RATE / 2), RATE)).toEqual({
    recorded: 3 * RATE,
    live: 0,
  });
});

test('silence in place of missing packets is not part of the audio', () => {
  const recorded = said.subarray(0, 2 * RATE);
  const live = new Int16Array(RATE / 2);
  live.set(coded(said.subarray(1.7 * RATE, 1.7 * RATE + RATE / 4)), RATE / 10);
  const to = seam(recorded, live, RATE);
  expect(to.live).toBeGreaterThanOrEqual(RATE / 10);
  expect(Math.abs(fault(recorded, live, 1.6 * RATE))).toBeLessThanOrEqual(2);
});

test('without an overlap, all of both is kept', () => {
  const recorded = said.subarray(0, 2 * RATE);
  const all = { recorded: recorded.length, live: 0 };
  expect(seam(recorded, said.subarray(2 * RATE, 2.5 * RATE), RATE)).toEqual(all);
  // An overlap shorter than a syllable is not searched for.
  expect(seam(recorded, said.subarray(1.95 * RATE, 2.5 * RATE), RATE)).toEqual(all);
  expect(seam(recorded, new Int16Array(0), RATE)).toEqual(all);
  const short = said.subarray(0, RATE / 20);
  expect(seam(short, said.subarray(0, RATE / 2), RATE)).toEqual({
    recorded: short.length,
    live: 0,
  });
});

test('without live audio yet, only silence is left out', () => {
  const recorded = said.subarray(0, RATE);
  const live = new Int16Array(RATE / 2);
  expect(seam(recorded, live, RATE)).toEqual({ recorded: RATE, live: RATE / 2 });
});

test('silence before the first speech is left out, except for a moment; of pure silence nothing is kept', () => {
  const recorded = new Int16Array(3 * RATE);
  recorded.set(said.subarray(0, RATE), 2 * RATE);
  expect(withoutSilence(recorded, RATE)).toHaveLength(1.3 * RATE);
  expect(withoutSilence(said, RATE)).toEqual(said);
  const hum = recorded.subarray(0, 2 * RATE).map((_, i) => 20 * Math.sin(i / 50));
  expect(withoutSilence(hum, RATE)).toHaveLength(0);
});
