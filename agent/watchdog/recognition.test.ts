// A hosted recognizer that accepts sound and never answers.
import { ReadableStream } from 'node:stream/web';
import { initializeLogger, normalizeLanguage, stt } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { expect, test, vi } from 'vitest';
import { idleMachine } from '@/agent/testing/idle-machine';
import { WatchedRecognition } from '@/agent/watchdog/recognition';

initializeLogger({ pretty: false, level: 'error' });
const { SpeechEventType: Kind } = stt;

const SAMPLES = 1_600;
const FRAME_MS = 100;
/** Frames of silence after which speech has ended. */
const SILENCE_FRAMES = 3;
const frame = () => new AudioFrame(new Int16Array(SAMPLES).fill(500), 16_000, 1, SAMPLES);
const final = (text: string): stt.SpeechEvent => ({
  type: Kind.FINAL_TRANSCRIPT,
  alternatives: [
    { text, language: normalizeLanguage('en'), startTime: 0, endTime: 1, confidence: 1 },
  ],
});

/** The own speech server: recognizes these words in what was kept, and then one word for each frame. */
class Exchange extends stt.STT {
  override label = 'exchange';
  readonly asked: number[] = [];

  constructor(private readonly words: string) {
    super({ streaming: true, interimResults: false });
  }

  protected override async _recognize(sound: stt.SpeechEvent | unknown) {
    this.asked.push((sound as AudioFrame).samplesPerChannel / SAMPLES);
    return final(this.words);
  }

  override stream() {
    return new (class extends stt.SpeechStream {
      override label = 'exchange';
      protected override async run() {
        for await (const _ of this.input) this.queue.put(final('next'));
      }
    })(this);
  }
}

async function open(words: string) {
  idleMachine();
  const exchange = new Exchange(words);
  const stuck = vi.fn();
  const nothing = vi.fn();
  let primary!: ReadableStreamDefaultController<stt.SpeechEvent>;
  const cancelled = vi.fn();
  const recognition = new WatchedRecognition({
    exchange,
    stuck,
    nothing,
    listen: async () =>
      new ReadableStream<stt.SpeechEvent>({
        start: (controller) => {
          primary = controller;
        },
        cancel: cancelled,
      }) as never,
  });
  let microphone!: ReadableStreamDefaultController<AudioFrame>;
  const sound = new ReadableStream<AudioFrame>({
    start: (controller) => {
      microphone = controller;
    },
  });
  const texts: string[] = [];
  const events = await recognition.start(sound);
  const read = async () => {
    for await (const event of events ?? [])
      if (typeof event !== 'string') texts.push(event.alternatives?.[0].text ?? '');
  };
  void read();
  const hear = async (frames: number) => {
    for (let at = 0; at < frames; at += 1) {
      microphone.enqueue(frame());
      await vi.advanceTimersByTimeAsync(FRAME_MS);
    }
  };
  const speak = async (frames: number, answered?: string) => {
    recognition.speaks();
    await hear(frames);
    if (answered) primary.enqueue(final(answered));
    await hear(SILENCE_FRAMES);
    recognition.silent(SILENCE_FRAMES * FRAME_MS);
  };
  return {
    exchange,
    stuck,
    nothing,
    cancelled,
    texts,
    hear,
    speak,
    answer: (text: string) => primary.enqueue(final(text)),
  };
}

test('words are passed on while it answers', async () => {
  const { exchange, stuck, texts, hear, speak, answer } = await open('no');
  await speak(10);
  await hear(5);
  answer('Hello.');
  await hear(50);
  expect(texts).toEqual(['Hello.']);
  expect(exchange.asked).toEqual([]);
  expect(stuck).not.toHaveBeenCalled();
});

test('without an answer, another recognizer hears what was said, and what follows', async () => {
  const { exchange, stuck, cancelled, texts, hear, speak, answer } = await open('My bill.');
  await hear(100);
  await speak(20);
  await hear(19);
  expect(stuck.mock.calls).toEqual([[1_800]]);
  // A second before the speech, the speech, and the silence after it.
  expect(exchange.asked).toEqual([10 + 20 + SILENCE_FRAMES + 18]);
  expect(cancelled).toHaveBeenCalled();
  expect(texts[0]).toBe('My bill.');
  // It would be said twice.
  expect(() => answer('My bill.')).toThrow();
  await hear(3);
  expect(texts.slice(1)).toEqual(expect.arrayContaining(['next']));
});

test('noise in which there are no words is not a fault', async () => {
  const { exchange, stuck, nothing, cancelled, texts, hear, speak, answer } = await open('');
  await speak(10);
  await hear(30);
  expect(exchange.asked).toHaveLength(1);
  expect(stuck).not.toHaveBeenCalled();
  expect(nothing).toHaveBeenCalledTimes(1);
  expect(cancelled).not.toHaveBeenCalled();
  await speak(10);
  answer('Hello.');
  await hear(1);
  expect(texts).toEqual(['Hello.']);
});

test('a transcript that comes before the silence after it is an answer, and the next words are heard alone', async () => {
  const { exchange, stuck, texts, hear, speak } = await open('And my name.');
  await hear(20);
  await speak(20, 'My bill.');
  await hear(50);
  expect(exchange.asked).toEqual([]);
  await speak(10);
  await hear(19);
  expect(texts.slice(0, 2)).toEqual(['My bill.', 'And my name.']);
  expect(exchange.asked).toEqual([10 + 10 + SILENCE_FRAMES + 18]);
  expect(stuck).toHaveBeenCalledTimes(1);
});

test('a cough is not waited for', async () => {
  const { exchange, hear, speak } = await open('Hm.');
  await speak(3);
  await hear(50);
  expect(exchange.asked).toEqual([]);
});
