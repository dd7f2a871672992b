// Voice activity that notices when it has stopped.
import { initializeLogger, VAD, type VADEvent, VADEventType, VADStream } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { afterEach, expect, test, vi } from 'vitest';
import { idleMachine } from '@/agent/testing/idle-machine';
import { WatchedVad } from '@/agent/watchdog/voice-activity';

initializeLogger({ pretty: false, level: 'error' });

/** Milliseconds of a frame. */
const FRAME_MS = 32;
const SAMPLES = 512;
const frame = (level: number) =>
  new AudioFrame(new Int16Array(SAMPLES).fill(level), 16_000, 1, SAMPLES);
const [SILENT, LOUD] = [0, 1_000];

/** Hears speech at once and silence after ten frames; each stream stops after a number of frames. */
class StubVad extends VAD {
  override label = 'stub';
  readonly streams: StubStream[] = [];

  constructor(readonly stops: number[]) {
    super({ updateInterval: FRAME_MS });
  }

  override get minSilenceDuration() {
    return 10 * FRAME_MS;
  }

  override stream() {
    const stream = new StubStream(this, this.stops.shift() ?? Number.POSITIVE_INFINITY);
    this.streams.push(stream);
    return stream;
  }
}

class StubStream extends VADStream {
  heard = 0;

  constructor(vad: StubVad, stopsAfter: number) {
    super(vad);
    void this.#run(stopsAfter);
  }

  async #run(stopsAfter: number) {
    let [speaks, silence] = [false, 0];
    for (;;) {
      const { done, value } = await this.inputReader.read();
      if (done || this.closed) return;
      if (typeof value === 'symbol') continue;
      this.heard += 1;
      if (this.heard > stopsAfter) continue;
      silence = value.data[0] === SILENT ? silence + FRAME_MS : 0;
      const send = (type: VADEventType) =>
        this.sendVADEvent({
          ...{ type, samplesIndex: 0, timestamp: 0, speechDuration: 0, silenceDuration: 0 },
          ...{ frames: [], probability: 0, inferenceDuration: 0, speaking: speaks },
          ...{ rawAccumulatedSilence: silence, rawAccumulatedSpeech: 0 },
        });
      send(VADEventType.INFERENCE_DONE);
      if (!speaks && silence === 0) {
        speaks = true;
        send(VADEventType.START_OF_SPEECH);
      } else if (speaks && silence >= 10 * FRAME_MS) {
        speaks = false;
        send(VADEventType.END_OF_SPEECH);
      }
    }
  }
}

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function open(...stops: number[]) {
  idleMachine();
  const stopped = vi.fn();
  const stub = new StubVad(stops);
  const stream = new WatchedVad(stub, stopped).stream();
  ends.push(() => stream.close());
  const told: string[] = [];
  const read = async () => {
    for await (const { type } of stream as AsyncIterable<VADEvent>)
      if (type === VADEventType.START_OF_SPEECH) told.push('speaks');
      else if (type === VADEventType.END_OF_SPEECH) told.push('silent');
  };
  void read();
  /** The sound of so many frames, as fast as it is spoken. */
  const hear = async (level: number, frames: number) => {
    for (let at = 0; at < frames; at += 1) {
      stream.pushFrame(frame(level));
      await vi.advanceTimersByTimeAsync(FRAME_MS);
    }
  };
  return { stub, stopped, told, hear };
}

test('speech while it works is passed on', async () => {
  const { stub, stopped, told, hear } = open();
  await hear(SILENT, 40);
  await hear(LOUD, 40);
  await hear(SILENT, 40);
  expect(told).toEqual(['speaks', 'silent']);
  expect(stopped).not.toHaveBeenCalled();
  expect(stub.streams).toHaveLength(1);
});

test('speech that begins while it has stopped is heard after a second', async () => {
  const { stub, stopped, told, hear } = open(20);
  await hear(SILENT, 20);
  await hear(LOUD, 40);
  expect(stopped.mock.calls).toEqual([[1_000]]);
  expect(told).toEqual(['speaks']);
  await hear(SILENT, 20);
  expect(told).toEqual(['speaks', 'silent']);
  expect(stub.streams).toHaveLength(2);
});

test('speech in which it stops begins once, and ends', async () => {
  const { told, hear } = open(20);
  await hear(LOUD, 60);
  expect(told).toEqual(['speaks']);
  await hear(SILENT, 20);
  expect(told).toEqual(['speaks', 'silent']);
});

test('speech that ended while it had stopped has ended', async () => {
  const { told, hear } = open(20);
  await hear(LOUD, 21);
  await hear(SILENT, 90);
  expect(told).toEqual(['speaks', 'silent']);
});

test('a muted microphone, which sends nothing, is not a fault', async () => {
  const { stub, stopped, hear } = open(20);
  await hear(LOUD, 21);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stopped).not.toHaveBeenCalled();
  expect(stub.streams).toHaveLength(1);
});
