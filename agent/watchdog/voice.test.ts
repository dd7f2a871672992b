// Speech that goes on when its synthesis stalls.
import { ReadableStream } from 'node:stream/web';
import { initializeLogger } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { expect, test, vi } from 'vitest';
import { idleMachine } from '@/agent/testing/idle-machine';
import { speakToTheEnd } from '@/agent/watchdog/voice';

initializeLogger({ pretty: false, level: 'error' });

/** Samples of a frame. */
const SIZE = 100;
const frame = (from: number, size = SIZE) =>
  new AudioFrame(
    Int16Array.from({ length: size }, (_, at) => from + at),
    24_000,
    1,
    size,
  );
/** Sound of `frames` frames, whose samples count up; then it ends or stalls. */
const sound = (frames: number, end: 'ends' | 'stalls') => {
  let at = 0;
  return new ReadableStream<AudioFrame>({
    pull(controller) {
      if (at < frames) controller.enqueue(frame(SIZE * at++));
      else if (end === 'ends') controller.close();
      else return new Promise(() => {});
    },
  });
};
const said = async (text: ReadableStream<string>) => {
  let all = '';
  for await (const chunk of text) all += chunk;
  return all;
};

async function samplesOf(stream: ReadableStream<AudioFrame> | null): Promise<number[]> {
  const samples: number[] = [];
  for await (const { data } of stream ?? []) samples.push(...data);
  return samples;
}
const counted = (to: number) => Array.from({ length: to }, (_, at) => at);

test.each([
  ['at once', 0, 6_000],
  ['after its first frame', 1, 2_504],
  ['near its end', 4, 2_516],
])('a synthesis that stalls %s is repeated without what was spoken', async (_, frames, ms) => {
  idleMachine();
  const stalled = vi.fn();
  const texts: Promise<string>[] = [];
  const speak = vi.fn(async (text: ReadableStream<string>, attempt: number) => {
    texts.push(said(text));
    return attempt === 0 ? sound(frames, 'stalls') : sound(5, 'ends');
  });
  const spoken = samplesOf(
    await speakToTheEnd(ReadableStream.from(['We are ', 'open.']), { speak, stalled }),
  );
  await vi.advanceTimersByTimeAsync(ms - 1);
  expect(stalled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(await spoken).toEqual(counted(500));
  expect(await Promise.all(texts)).toEqual(['We are open.', 'We are open.']);
  expect(stalled.mock.calls).toEqual([[ms, true]]);
});

test('frames of another size are cut where the first attempt stopped', async () => {
  idleMachine();
  const speak = async (_: unknown, attempt: number) =>
    attempt === 0
      ? sound(1, 'stalls')
      : ReadableStream.from([frame(0, 60), frame(60, 60), frame(120, 80)]);
  const spoken = samplesOf(
    await speakToTheEnd(ReadableStream.from(['Yes.']), { speak, stalled: () => {} }),
  );
  await vi.advanceTimersByTimeAsync(2_505);
  expect(await spoken).toEqual(counted(200));
});

test('what has not been heard yet, and a voice that is slow from the start, get more time', async () => {
  idleMachine();
  const stalled = vi.fn();
  const second = 24_000;
  const speak = async () =>
    new ReadableStream<AudioFrame>({
      async start(controller) {
        await new Promise((resolve) => setTimeout(resolve, 4_000));
        controller.enqueue(frame(0, second));
        await new Promise((resolve) => setTimeout(resolve, 8_900));
        controller.enqueue(frame(second, second));
        controller.close();
      },
    });
  const spoken = samplesOf(await speakToTheEnd(ReadableStream.from(['Yes.']), { speak, stalled }));
  await vi.advanceTimersByTimeAsync(13_000);
  expect(await spoken).toHaveLength(2 * second);
  expect(stalled).not.toHaveBeenCalled();
});

test('a text that is still being written is waited for', async () => {
  idleMachine();
  const stalled = vi.fn();
  let end = () => {};
  const text = new ReadableStream<string>({
    start(controller) {
      controller.enqueue('One moment');
      end = () => controller.close();
    },
  });
  const speak = async (written: ReadableStream<string>) =>
    new ReadableStream<AudioFrame>({
      async start(controller) {
        await said(written);
        controller.enqueue(frame(0));
        controller.close();
      },
    });
  const spoken = samplesOf(await speakToTheEnd(text, { speak, stalled }));
  await vi.advanceTimersByTimeAsync(60_000);
  end();
  expect(await spoken).toEqual(counted(SIZE));
  expect(stalled).not.toHaveBeenCalled();
});

test('it is given up after three attempts', async () => {
  idleMachine();
  const stalled = vi.fn();
  const speak = vi.fn(async () => sound(0, 'stalls'));
  const spoken = samplesOf(await speakToTheEnd(ReadableStream.from(['Yes.']), { speak, stalled }));
  await vi.advanceTimersByTimeAsync(18_000);
  expect(await spoken).toEqual([]);
  expect(stalled.mock.calls.map(([, again]) => again)).toEqual([true, true, false]);
  expect(speak).toHaveBeenCalledTimes(3);
});

test.each([
  ['words get a silence, with which they are shown', ['We are ', 'open.'], 2_400],
  ['nothing stays nothing', [' '], 0],
])('a synthesis that fails: %s', async (_, text, samples) => {
  const stalled = vi.fn();
  const speak = vi.fn(async () => sound(0, 'ends'));
  const spoken = await samplesOf(
    await speakToTheEnd(ReadableStream.from(text), { speak, stalled }),
  );
  expect(spoken).toEqual(new Array(samples).fill(0));
  expect(speak).toHaveBeenCalledTimes(1);
  expect(stalled).not.toHaveBeenCalled();
});

test('an interruption ends the synthesis', async () => {
  idleMachine();
  const cancelled = vi.fn();
  const stalled = vi.fn();
  const speak = async () => new ReadableStream<AudioFrame>({ cancel: cancelled });
  const stream = await speakToTheEnd(ReadableStream.from(['Yes.']), { speak, stalled });
  await stream?.cancel('interrupted');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(cancelled).toHaveBeenCalledWith('interrupted');
  expect(stalled).not.toHaveBeenCalled();
});
