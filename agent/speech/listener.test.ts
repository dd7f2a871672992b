// The listener with a server that answers on command: order, rate and stale answers.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Listener, type Segment } from '@/agent/speech/listener';
import { WINDOW_MS, WINDOW_SAMPLES } from '@/agent/speech/voice-activity';

interface Asked {
  readonly windows: number;
  readonly at: number;
  readonly signal: AbortSignal;
  answer(text: string): Promise<void>;
  fail(): Promise<void>;
}

let asked: Asked[];
let reported: string[];
let ended: Segment[];
let listener: Listener;

const settle = () => new Promise((resolve) => setImmediate(resolve));
const open = () => asked.filter((request) => !request.signal.aborted);
const never = new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  asked = [];
  reported = [];
  ended = [];
  listener = new Listener({
    transcribe: (sound, signal) =>
      new Promise((resolve, reject) => {
        const done = async (act: () => void) => {
          act();
          await settle();
        };
        signal.addEventListener('abort', () => reject(signal.reason));
        asked.push({
          windows: sound.length / WINDOW_SAMPLES,
          at: performance.now(),
          signal,
          answer: (text) => done(() => resolve(text)),
          fail: () => done(() => reject(new Error('no'))),
        });
      }),
    onStart: () => reported.push('start'),
    onInterim: (text, _, paused) => reported.push(paused ? `${text} …` : text),
    onEnd: (segment) => {
      reported.push('end');
      ended.push(segment);
    },
  });
});

afterEach(() => void vi.useRealTimers());

function hear(windows: number, probability: number) {
  for (let i = 0; i < windows; i++) {
    vi.advanceTimersByTime(WINDOW_MS);
    listener.hear(new Int16Array(WINDOW_SAMPLES), probability);
  }
}

test('audio from before the start is included', () => {
  hear(30, 0);
  hear(6, 0.9);
  hear(11, 0);
  // Ten windows of lead, one of them already loud, then six and eleven.
  expect(ended[0]?.windows.length).toBe(10 + 6 + 11 - 1);
  expect(ended[0]).toMatchObject({ from: 21, to: 47 });
});

/** Speech until this many requests were sent. */
function hearUntil(requests: number) {
  while (asked.length < requests) hear(1, 0.9);
}

test('interim requests are 400 ms apart, and one at a time', async () => {
  hearUntil(1);
  await asked[0]?.answer('a');
  hearUntil(2);
  expect((asked[1]?.at ?? 0) - (asked[0]?.at ?? 0)).toBeGreaterThanOrEqual(400);
  hear(60, 0.9);
  expect(asked).toHaveLength(2);
  await asked[1]?.answer('a b');
  expect(reported).toEqual(['start', 'a', 'a b']);
});

test('interim requests are further apart if answers are slow', async () => {
  hearUntil(1);
  hear(10, 0.9);
  await asked[0]?.answer('a');
  hearUntil(2);
  const [first, second] = asked.map(({ at }) => at) as [number, number];
  expect(second - first).toBeGreaterThanOrEqual(4 * 10 * WINDOW_MS);
});

test('the final transcript is requested in the pause and ready at the end', async () => {
  hear(20, 0.9);
  hear(4, 0);
  expect(asked).toHaveLength(1);
  await asked[0]?.answer('hello');
  hear(7, 0);
  expect(reported).toEqual(['start', 'hello …', 'end']);
  expect(await listener.final(ended[0] as Segment, never)).toBe('hello');
  expect(asked).toHaveLength(1);
});

test('a pending interim request is aborted at the pause, and its answer is dropped', async () => {
  hear(40, 0.9);
  hear(4, 0);
  expect(asked.map((request) => request.signal.aborted)).toEqual([true, false]);
  await asked[0]?.answer('stale');
  await asked[1]?.answer('fresh');
  expect(reported).toEqual(['start', 'fresh …']);
});

test('after speech resumes, the early transcript becomes an interim one, and another is requested', async () => {
  hear(20, 0.9);
  hear(6, 0);
  hear(3, 0.9);
  await asked[0]?.answer('hello');
  hear(4, 0);
  await asked[1]?.answer('hello there');
  hear(7, 0);
  expect(await listener.final(ended[0] as Segment, never)).toBe('hello there');
  expect(reported).toEqual(['start', 'hello', 'hello there …', 'end']);
});

test('a failed early request is repeated, and again after an error', async () => {
  hear(20, 0.9);
  hear(4, 0);
  await asked[0]?.fail();
  hear(7, 0);
  const first = listener.final(ended[0] as Segment, never);
  const failed = expect(first).rejects.toThrow('no');
  await settle();
  await asked[1]?.fail();
  await failed;
  const second = listener.final(ended[0] as Segment, never);
  await settle();
  await asked[2]?.answer('hello');
  expect(await second).toBe('hello');
});

test('nothing is requested for the next segment until the previous one is final', async () => {
  hear(20, 0.9);
  hear(11, 0);
  hear(60, 0.9);
  expect(open()).toHaveLength(1);
  await asked[0]?.answer('one');
  hear(60, 0.9);
  expect(open()).toHaveLength(1);
  expect(await listener.final(ended[0] as Segment, never)).toBe('one');
  hearUntil(2);
  expect(open()).toHaveLength(2);
  await asked[1]?.answer('two');
  expect(reported).toEqual(['start', 'end', 'start', 'two']);
});

test('words after the pause are not lost when the input ends', async () => {
  hear(20, 0.9);
  hear(6, 0);
  await asked[0]?.answer('hello');
  hear(3, 0.9);
  listener.finish();
  const final = listener.final(ended[0] as Segment, never);
  await settle();
  await asked[1]?.answer('hello there');
  expect(await final).toBe('hello there');
});
