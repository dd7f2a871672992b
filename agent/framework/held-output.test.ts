// Unplayed audio survives a pause: with LiveKit's own source, whose queue plays in real time.
import { AudioFrame, AudioSource } from '@livekit/rtc-node';
import { expect, test } from 'vitest';
import { keepUnplayed, lastOf } from '@/agent/framework/held-output';

const RATE = 16_000;
const FRAME_MS = 50;
const STEP = (RATE / 1_000) * FRAME_MS;
const frame = () => new AudioFrame(new Int16Array(STEP), RATE, 1, STEP);

function open() {
  const source = new AudioSource(RATE, 1, 1_000);
  const calls: string[] = [];
  /** Errors from the source itself. */
  const refused: unknown[] = [];
  const { captureFrame } = source;
  source.captureFrame = async (one) => {
    await captureFrame.call(source, one).catch((error: unknown) => refused.push(error));
  };
  const output = {
    pause: () => void calls.push('pause'),
    resume: () => void calls.push('resume'),
    clearBuffer: () => void calls.push('clear'),
  };
  keepUnplayed(output, source);
  return { source, output, calls, refused };
}

test('the last frames that fit', () => {
  const frames = [frame(), frame(), frame()];
  expect(lastOf(frames, 120)).toEqual(frames.slice(1));
  expect(lastOf(frames, 1_000)).toEqual(frames);
  expect(lastOf(frames, 0)).toEqual([]);
});

test('a paused output is silent but not finished; after resuming it plays to its end', async () => {
  const { source, output, calls } = open();
  for (let i = 0; i < 12; i++) await source.captureFrame(frame());
  const at = performance.now();
  const queued = source.queuedDuration;
  output.pause();
  expect(source.queuedDuration).toBe(0);
  let over = false;
  const playout = source.waitForPlayout().then(() => {
    over = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(over).toBe(false);
  output.pause();
  output.resume();
  // No more is missing than was played meanwhile, and the frame that was playing.
  const played = performance.now() - at + FRAME_MS;
  expect(source.queuedDuration).toBeGreaterThan(queued - played - 1);
  expect(source.queuedDuration).toBeLessThanOrEqual(queued);
  await playout;
  expect(calls).toEqual(['pause', 'pause', 'resume']);
  await source.close();
});

test('a pause while a frame waits for a full queue loses nothing', async () => {
  const { source, output, refused } = open();
  while (source.queuedDuration < 1_000 - 50) await source.captureFrame(frame());
  void source.captureFrame(frame());
  output.pause();
  output.resume();
  output.resume();
  await source.captureFrame(frame());
  await source.waitForPlayout();
  expect(refused).toEqual([]);
  await source.close();
});

test('audio interrupted during a pause is discarded', async () => {
  const { source, output } = open();
  for (let i = 0; i < 12; i++) await source.captureFrame(frame());
  output.pause();
  output.clearBuffer();
  await source.waitForPlayout();
  output.resume();
  expect(source.queuedDuration).toBe(0);
  await source.close();
});
