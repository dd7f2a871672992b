// A hosted recognizer that accepts sound and never answers. What was said is recognized by the own speech server; if that finds
// words, it recognizes the rest of the call too. If it finds none, the sound was noise, and nothing is stuck.
import { ReadableStream, type ReadableStreamDefaultReader } from 'node:stream/web';
import { log, stt, type voice } from '@livekit/agents';
import { type AudioFrame, combineAudioFrames } from '@livekit/rtc-node';
import { Patience } from '@/agent/core/patience';
import { soundMs } from '@/agent/core/sound';

/**
 * Milliseconds from the end of speech to its transcript. Hosted recognizers take less than one second; the agent says that it
 * did not catch the words after 4 s (`turns/missed-words.ts`).
 */
const ANSWER_MS = 1_800;
/** Milliseconds of speech that are longer than a cough or a click. */
const SPEECH_MS = 400;
/** Milliseconds of sound kept from before speech, and of speech. */
const LEAD_MS = 1_000;
const KEPT_MS = 30_000;

type Event = stt.SpeechEvent | string;
type Events = NonNullable<Awaited<ReturnType<voice.Agent['sttNode']>>>;
type Sound = ReadableStream<AudioFrame>;

const { SpeechEventType: Kind } = stt;

interface Parts {
  /** Recognizes sound with the hosted recognizer. */
  readonly listen: (sound: Sound) => Promise<Events | null>;
  /** What recognizes the words if that does not. */
  readonly exchange: stt.STT;
  /** Called once, with the milliseconds without a transcript, when `exchange` goes on. */
  readonly stuck: (ms: number) => void;
  /** Called when speech without a transcript had no words for `exchange` either. */
  readonly nothing: () => void;
}

/** Recognition that goes on when its recognizer does not answer. */
export class WatchedRecognition {
  /** Sound that may have words without a transcript. */
  #kept: AudioFrame[] = [];
  #keptMs = 0;
  #sound: ReadableStreamDefaultController<AudioFrame> | undefined;
  #reader: ReadableStreamDefaultReader<Event> | undefined;
  #out: ReadableStreamDefaultController<Event> | undefined;
  /** Since when the caller speaks words without a transcript. */
  #speakingSince: number | undefined;
  /** Whether speech waits for its transcript. */
  #isOwed = false;
  #isOver = false;
  readonly #patience = new Patience(ANSWER_MS, (ms) => void this.#ask(ms));

  constructor(private readonly parts: Parts) {}

  /** The events of `sound`. */
  async start(sound: AsyncIterable<AudioFrame>): Promise<Events | null> {
    const events = await this.parts.listen(this.#newSound());
    if (!events) return null;
    const out = new ReadableStream<Event>({
      start: (controller) => {
        this.#out = controller;
      },
      cancel: (reason) => this.#end(reason),
    });
    this.#follow(events);
    void this.#pass(sound);
    return out as Events;
  }

  /** The caller has begun to speak. */
  speaks(): void {
    this.#patience.end();
    this.#speakingSince = performance.now();
  }

  /** The caller has been silent for `ms` milliseconds. */
  silent(ms: number): void {
    const since = this.#speakingSince;
    this.#speakingSince = undefined;
    if (since === undefined || performance.now() - ms - since < SPEECH_MS) return;
    this.#isOwed = true;
    this.#patience.wait();
  }

  #newSound(): Sound {
    return new ReadableStream<AudioFrame>({
      start: (controller) => {
        this.#sound = controller;
      },
    });
  }

  async #pass(sound: AsyncIterable<AudioFrame>): Promise<void> {
    try {
      for await (const frame of sound) {
        if (this.#isOver) return;
        this.#keep(frame);
        this.#sound?.enqueue(frame);
      }
      this.#sound?.close();
    } catch (error) {
      log().debug({ error }, 'the sound of the caller has ended');
    }
  }

  #keep(frame: AudioFrame): void {
    this.#kept.push(frame);
    this.#keptMs += soundMs(frame);
    const isSpeech = this.#isOwed || this.#speakingSince !== undefined;
    this.#shorten(isSpeech ? KEPT_MS : LEAD_MS);
  }

  #shorten(ms: number): void {
    while (this.#keptMs > ms) this.#keptMs -= soundMs(this.#kept.shift() as AudioFrame);
  }

  #follow(events: Events): void {
    const reader = events.getReader() as ReadableStreamDefaultReader<Event>;
    this.#reader = reader;
    const read = async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (this.#reader !== reader || this.#isOver) return;
        if (done) return this.#out?.close();
        this.#take(value);
      }
    };
    read().catch((error: unknown) => {
      if (this.#reader === reader && !this.#isOver) this.#out?.error(error);
    });
  }

  #take(event: Event): void {
    if (typeof event !== 'string' && event.type === Kind.FINAL_TRANSCRIPT) this.#answered();
    this.#out?.enqueue(event);
  }

  #answered(): void {
    this.#patience.end();
    this.#isOwed = false;
    // The transcript may come before the silence after it.
    if (this.#speakingSince !== undefined) this.#speakingSince = performance.now();
    this.#shorten(LEAD_MS);
  }

  async #ask(ms: number): Promise<void> {
    const { exchange, stuck, nothing } = this.parts;
    const asked = this.#kept.length;
    try {
      const { alternatives } = await exchange.recognize(combineAudioFrames(this.#kept));
      // The transcript has arrived after all, or there was only noise.
      if (!this.#isOwed || this.#isOver) return;
      const text = alternatives?.[0].text.trim();
      if (!text) {
        this.#answered();
        return nothing();
      }
      stuck(ms);
      const before = this.#reader;
      const rest = this.#kept.slice(asked);
      const sound = this.#newSound();
      for (const frame of rest) this.#sound?.enqueue(frame);
      this.#follow(eventsOf(exchange, sound));
      void before?.cancel().catch(() => undefined);
      this.#take({ type: Kind.FINAL_TRANSCRIPT, ...(alternatives && { alternatives }) });
    } catch (error) {
      log().warn({ error }, 'the recognizer does not answer, and its replacement has failed');
    }
  }

  #end(reason: unknown): Promise<void> | undefined {
    this.#isOver = true;
    this.#patience.end();
    return this.#reader?.cancel(reason);
  }
}

/** The events of a recognizer, as those of the framework's own node. */
function eventsOf(recognizer: stt.STT, sound: Sound): Events {
  const stream = recognizer.stream();
  stream.updateInputStream(sound);
  const close = () => {
    stream.detachInputStream();
    stream.close();
  };
  return new ReadableStream<Event>({
    async pull(controller) {
      const { done, value } = await stream.next();
      if (!done) return controller.enqueue(value);
      close();
      controller.close();
    },
    cancel: close,
  }) as Events;
}
