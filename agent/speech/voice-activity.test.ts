// The segmenter as a table: window probabilities in, decisions out.

import { AudioFrame } from '@livekit/rtc-node';
import { expect, test } from 'vitest';
import {
  type Decision,
  INPUT_RATE,
  inWindows,
  segment,
  silence,
  WINDOW_SAMPLES,
} from '@/agent/speech/voice-activity';

/** Decisions other than none, each with the index of its window. */
function decisions(probabilities: readonly number[]): [number, string][] {
  let state = silence;
  const out: [number, string][] = [];
  probabilities.forEach((probability, i) => {
    let decision: Decision;
    [state, decision] = segment(state, probability);
    const { kind } = decision;
    if (kind !== 'none') out.push([i, kind === 'cut' ? `cut ${decision.keep}` : kind]);
  });
  return out;
}

const s = (n: number) => Array<number>(n).fill(0.9);
const q = (n: number) => Array<number>(n).fill(0.05);

test.each([
  ['nothing', q(50), []],
  ['a click of one window', [...q(3), 0.9, ...q(20)], []],
  ['a voice that stays below the level', Array<number>(50).fill(0.45), []],
  [
    'one utterance',
    [...q(3), ...s(20), ...q(20)],
    [
      [4, 'start'],
      [26, 'pause'],
      [33, 'end'],
    ],
  ],
  [
    'a pause within a sentence',
    [...s(10), ...q(8), ...s(10), ...q(11)],
    [
      [1, 'start'],
      [13, 'pause'],
      [18, 'resume'],
      [31, 'pause'],
      [38, 'end'],
    ],
  ],
  [
    'a soft voice goes on below the level that starts it',
    [...s(3), ...Array<number>(30).fill(0.4)],
    [[1, 'start']],
  ],
  [
    'long speech ends at the first pause after 15 s',
    [...s(480), ...q(4), ...s(20)],
    [
      [1, 'start'],
      [483, 'cut 0'],
      [484, 'resume'],
    ],
  ],
  [
    'speech without a pause is cut at 20 s where speech was least likely',
    [...s(600), 0.36, ...s(40)],
    [
      [1, 'start'],
      [624, 'cut 24'],
    ],
  ],
])('%s', (_name, probabilities, expected) => {
  expect(decisions(probabilities)).toEqual(expected);
});

/** Samples of a live frame: 10 ms, as LiveKit sends them. */
const FRAME = INPUT_RATE / 100;

test('audio is passed on in complete windows, each as soon as it is full', async () => {
  const said = Int16Array.from({ length: INPUT_RATE }, (_, index) => index);
  let taken = 0;
  async function* source() {
    for (let at = 0; at < said.length; at += FRAME) {
      taken += 1;
      yield new AudioFrame(said.slice(at, at + FRAME), INPUT_RATE, 1, FRAME);
    }
  }
  const heard: number[] = [];
  for await (const { data, samplesPerChannel, sampleRate } of inWindows(source())) {
    heard.push(...data);
    expect(taken).toBe(Math.ceil(heard.length / FRAME));
    expect([samplesPerChannel, sampleRate]).toEqual([WINDOW_SAMPLES, INPUT_RATE]);
  }
  const whole = Math.floor(said.length / WINDOW_SAMPLES) * WINDOW_SAMPLES;
  expect(heard).toEqual([...said.subarray(0, whole)]);
});

test('windows are passed on as they are, also after a part of one', async () => {
  const frames = [WINDOW_SAMPLES, WINDOW_SAMPLES / 2, WINDOW_SAMPLES / 2, WINDOW_SAMPLES].map(
    (length, at) => new AudioFrame(new Int16Array(length).fill(at), INPUT_RATE, 1, length),
  );
  async function* source() {
    yield* frames;
  }
  const heard: AudioFrame[] = [];
  for await (const frame of inWindows(source())) heard.push(frame);
  expect(heard.map(({ data }) => [data[0], data.at(-1), data.length])).toEqual([
    [0, 0, WINDOW_SAMPLES],
    [1, 2, WINDOW_SAMPLES],
    [3, 3, WINDOW_SAMPLES],
  ]);
  expect(heard[0]).toBe(frames[0]);
  expect(heard[2]).toBe(frames[3]);
});
