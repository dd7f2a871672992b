import { AudioFrame } from '@livekit/rtc-node';
import { expect, test } from 'vitest';
import { WINDOW_SAMPLES } from './segmenter';
import { INPUT_RATE, inWindows } from './windows';

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
