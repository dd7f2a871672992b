// Speech that goes on when its synthesis stalls: the text is synthesized again, and what was already spoken is left out.
import { ReadableStream, type ReadableStreamDefaultReader } from 'node:stream/web';
import { tts } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { Patience } from '@/agent/core/patience';
import { soundMs } from '@/agent/core/sound';

/** Milliseconds until the first sound of a text that is complete. Our own choice: slow voices take four seconds on a small machine. */
const FIRST_MS = 6_000;
/** Milliseconds without sound, once all that there was has been heard. Our own choice: callers take it for a pause until then. */
const STALLED_MS = 2_500;
/** The same as a multiple of what the first sound took, for slow voices. */
const SLOW = 2;
/** How often a text is synthesized at most. */
const ATTEMPTS_MAX = 3;
/** Sample rate in Hz, and samples, of the silence in place of a text that cannot be spoken: a tenth of a second. */
const RATE = 24_000;
const SILENCE = RATE / 10;

type Sound = ReadableStream<AudioFrame>;

interface Speaking {
  /** Synthesizes a text; `attempt` counts from 0. */
  readonly speak: (text: ReadableStream<string>, attempt: number) => Promise<Sound | null>;
  /** Called each time that it has stalled, with the milliseconds without sound, and whether it is tried again. */
  readonly stalled: (ms: number, again: boolean) => void;
}

/** A text that can be read again from its beginning while it is still being written. */
class Script {
  readonly #chunks: string[] = [];
  #isComplete = false;
  #more = resolvers();
  /** Resolves when the text is complete. */
  readonly complete: Promise<void>;

  constructor(text: AsyncIterable<string>) {
    this.complete = this.#read(text);
    this.complete.catch(() => undefined);
  }

  /** Whether there is nothing to say so far. */
  get isBlank(): boolean {
    return this.#chunks.join('').trim() === '';
  }

  /** The whole text, from its beginning. */
  stream(): ReadableStream<string> {
    let at = 0;
    return new ReadableStream<string>({
      pull: async (controller) => {
        while (at === this.#chunks.length && !this.#isComplete) await this.#more.promise;
        const chunk = this.#chunks[at];
        at += 1;
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
    });
  }

  async #read(text: AsyncIterable<string>): Promise<void> {
    try {
      for await (const chunk of text) {
        this.#chunks.push(chunk);
        this.#wake();
      }
    } finally {
      this.#isComplete = true;
      this.#wake();
    }
  }

  #wake(): void {
    this.#more.resolve();
    this.#more = resolvers();
  }
}

/** `Promise.withResolvers`, which Node.js 20 does not have. */
function resolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Reads the next frame; 'stalled' if there is none in time once the text is complete. */
async function nextOf(
  reader: ReadableStreamDefaultReader<AudioFrame>,
  complete: Promise<void>,
  ms: number,
): Promise<{ frame: AudioFrame | undefined } | { stalledMs: number }> {
  let over = false;
  let patience: Patience | undefined;
  const stalled = new Promise<{ stalledMs: number }>((resolve) => {
    patience = new Patience(ms, (stalledMs) => resolve({ stalledMs }));
  });
  complete.then(
    () => over || patience?.wait(),
    () => undefined,
  );
  try {
    const read = reader.read().then(({ value }) => ({ frame: value }));
    return await Promise.race([read, stalled]);
  } finally {
    over = true;
    patience?.end();
  }
}

/** Leaves the first samples of a speech out. */
function withoutFirst(frame: AudioFrame, samples: number): AudioFrame | undefined {
  if (samples >= frame.samplesPerChannel) return undefined;
  if (samples <= 0) return frame;
  const data = frame.data.slice(samples * frame.channels);
  return new AudioFrame(data, frame.sampleRate, frame.channels, frame.samplesPerChannel - samples);
}

/** Speaks a text with `speech`, as the framework's own node. */
export function spokenBy(speech: tts.TTS, text: ReadableStream<string>): Sound {
  const stream = speech.stream();
  stream.updateInputStream(text);
  return new ReadableStream<AudioFrame>({
    async pull(controller) {
      const { done, value } = await stream.next();
      if (!done && value !== tts.SynthesizeStream.END_OF_STREAM)
        return controller.enqueue(value.frame);
      stream.close();
      controller.close();
    },
    cancel: () => stream.close(),
  });
}

/**
 * Speaks a text to its end. If the synthesis ends without any sound, the text gets a short silence: the framework shows callers
 * only words that have sound.
 * @returns null if there is nothing that speaks
 */
export async function speakToTheEnd(
  text: AsyncIterable<string>,
  { speak, stalled }: Speaking,
): Promise<Sound | null> {
  const script = new Script(text);
  let attempt = 0;
  const first = await speak(script.stream(), attempt);
  if (!first) return null;
  let reader = first.getReader();
  let spoken = 0;
  let completeAt = performance.now();
  const completed = () => {
    completeAt = performance.now();
  };
  script.complete.then(completed, completed);
  let firstAt: number | undefined;
  /** Milliseconds of sound so far. */
  let madeMs = 0;
  /** Samples of the current attempt that were spoken by an earlier one, and that it has produced. */
  let [before, made] = [0, 0];

  function patienceMs(): number {
    if (firstAt === undefined) return FIRST_MS;
    const unheard = Math.max(0, madeMs - (performance.now() - firstAt));
    return unheard + Math.max(STALLED_MS, SLOW * (firstAt - completeAt));
  }

  async function again(ms: number): Promise<boolean> {
    attempt += 1;
    const isLast = attempt >= ATTEMPTS_MAX;
    stalled(ms, !isLast);
    void reader.cancel().catch(() => undefined);
    const next = isLast ? undefined : await speak(script.stream(), attempt);
    if (!next) return false;
    reader = next.getReader();
    [before, made] = [spoken, 0];
    return true;
  }

  /** Whether there are words, and none of them was spoken. */
  async function isMute(): Promise<boolean> {
    if (spoken > 0) return false;
    await script.complete.catch(() => undefined);
    return !script.isBlank;
  }

  return new ReadableStream<AudioFrame>({
    async pull(controller) {
      for (;;) {
        const next = await nextOf(reader, script.complete, patienceMs());
        if ('stalledMs' in next) {
          if (await again(next.stalledMs)) continue;
          return controller.close();
        }
        if (!next.frame) {
          if (await isMute())
            controller.enqueue(new AudioFrame(new Int16Array(SILENCE), RATE, 1, SILENCE));
          return controller.close();
        }
        const rest = withoutFirst(next.frame, before - made);
        made += next.frame.samplesPerChannel;
        if (!rest) continue;
        spoken += rest.samplesPerChannel;
        madeMs += soundMs(rest);
        firstAt ??= performance.now();
        return controller.enqueue(rest);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
