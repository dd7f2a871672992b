import { ReadableStream } from 'node:stream/web';
import { setImmediate as breath } from 'node:timers/promises';
import { AudioFrame } from '@livekit/rtc-node';
import { expect, test } from 'vitest';
import { joinAudio } from '@/agent/audio/audio-input';
import { INPUT_RATE } from '@/agent/speech/voice-activity';

/** Samples of a live frame: 10 ms, as LiveKit sends them. */
const FRAME = INPUT_RATE / 100;

/** Noise that does not repeat itself, as loud as speech. */
const said = (() => {
  let state = 1;
  let low = 0;
  return Int16Array.from({ length: 2 * INPUT_RATE }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    low += 0.15 * (state / 2_147_483_648 - low);
    return low * 20_000;
  });
})();

function* frames(sound: Int16Array): Generator<AudioFrame> {
  for (let at = 0; at < sound.length; at += FRAME) {
    yield new AudioFrame(sound.slice(at, at + FRAME), INPUT_RATE, 1, FRAME);
  }
}

const live = (sound: Int16Array) => ReadableStream.from(frames(sound));

/** Returned with the first frame, and never again. */
function once(words: () => Promise<Int16Array | undefined>, heard = () => {}) {
  let asked = false;
  return () => {
    if (asked) return undefined;
    asked = true;
    return { words: words(), heard };
  };
}

async function heard(sound: AsyncIterable<AudioFrame>): Promise<Int16Array> {
  const all: number[] = [];
  for await (const { data } of sound) all.push(...data);
  return Int16Array.from(all);
}

const always = () => true;

test('pre-connect audio comes before the live audio, and the overlap is heard once', async () => {
  const before = once(async () => said.slice(0, 1.2 * INPUT_RATE));
  const sound = live(said.subarray(0.9 * INPUT_RATE));
  expect(await heard(joinAudio(sound, before, always))).toEqual(said);
});

test('a late recording holds the live audio back, and none of it is lost', async () => {
  const source = frames(said.subarray(INPUT_RATE));
  let taken = 0;
  const sound = new ReadableStream<AudioFrame>(
    {
      async pull(controller) {
        const { value, done } = source.next();
        taken += 1;
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
  const before = once(async () => {
    while (taken < 30) await breath();
    return said.slice(0, 1.25 * INPUT_RATE);
  });
  expect(await heard(joinAudio(sound, before, always))).toEqual(said);
});

/** The frames of this live audio at which the page is told; its recording arrives after that. */
async function reportedAt(sound: Int16Array, words: Int16Array): Promise<readonly number[]> {
  const reported: number[] = [];
  let taken = 0;
  const source = (function* () {
    for (const frame of frames(sound)) {
      taken += 1;
      yield frame;
    }
  })();
  const before = once(
    async () => {
      while (reported.length === 0) await breath();
      return words;
    },
    () => reported.push(taken),
  );
  await heard(joinAudio(ReadableStream.from(source), before, always));
  return reported;
}

test('the page is told once, when live audio has arrived and not just silence in its place', async () => {
  const silence = new Int16Array(20 * FRAME);
  const reported = await reportedAt(Int16Array.from([...silence, ...said]), said.slice(0, FRAME));
  expect(reported).toHaveLength(1);
  expect(reported[0]).toBeGreaterThan(20);
  expect(reported[0]).toBeLessThanOrEqual(23);
});

test('the page is told after a second of silence too: a muted microphone sends nothing else', async () => {
  const reported = await reportedAt(new Int16Array(1.5 * INPUT_RATE), new Int16Array(FRAME));
  expect(reported).toHaveLength(1);
  expect(reported[0]).toBeGreaterThanOrEqual(100);
  expect(reported[0]).toBeLessThanOrEqual(103);
});

test('a recording that arrives after the end of the live audio is still heard', async () => {
  const before = once(async () => {
    await breath();
    return said.slice(0, INPUT_RATE);
  });
  const sound = live(said.subarray(INPUT_RATE, 1.3 * INPUT_RATE));
  expect(await heard(joinAudio(sound, before, always))).toEqual(said.subarray(0, 1.3 * INPUT_RATE));
});

test('a recording that does not arrive, or is not wanted, leaves the live audio unchanged', async () => {
  const part = said.subarray(0, INPUT_RATE);
  const none = once(async () => undefined);
  expect(await heard(joinAudio(live(part), none, always))).toEqual(part);
  const unwanted = once(async () => said.subarray(INPUT_RATE));
  expect(await heard(joinAudio(live(part), unwanted, () => false))).toEqual(part);
});

test('without pre-connect audio, live frames pass through one by one', async () => {
  let [given, seen] = [0, 0];
  const source = frames(said);
  const sound = new ReadableStream<AudioFrame>(
    {
      pull(controller) {
        given += 1;
        controller.enqueue(source.next().value as AudioFrame);
      },
    },
    { highWaterMark: 0 },
  );
  for await (const _ of joinAudio(sound, () => undefined, always)) {
    seen += 1;
    // At most one frame is requested ahead.
    expect(given - seen).toBeLessThanOrEqual(1);
    if (seen === 50) return;
  }
});
