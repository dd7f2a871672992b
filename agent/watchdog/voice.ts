// Speech that goes on when its synthesis stalls: the text is synthesized again, and what was already spoken is left out.
import { ReadableStream, type ReadableStreamDefaultReader } from 'node:stream/web';
import { tts } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { Patience } from '@/agent/watchdog/patience';

/**
 * Milliseconds until the next sound of a text that is complete. Our own choice: a sentence takes a few hundred, and the queue
 * of the output has a second.
 */
const STALLED_MS = 2_500;
/** How often a text is synthesized at most. */
const ATTEMPTS_MAX = 3;

type Sound = ReadableStream<AudioFrame>;

interface Speaking {
  /** Synthesizes a text; `attempt` counts from 0. */
  readonly speak: (text: ReadableStream<string>, attempt: number) => Promise<Sound | null>;
  /** Called each time that it has stalled, with the milliseconds without sound, and whether it is tried again. */
  readonly stalled: (ms: number, again: boolean) => void;
}

/** A text that can be read again from its beginning while it is still being written. */
export class Script {
  readonly #chunks: string[] = [];
  #isComplete = false;
  #more = resolvers();
  /** Resolves when the text is complete. */
  readonly complete: Promise<void>;

  constructor(text: AsyncIterable<string>) {
    this.complete = this.#read(text);
    this.complete.catch(() => undefined);
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
): Promise<{ frame: AudioFrame | undefined } | { stalledMs: number }> {
  let over = false;
  let patience: Patience | undefined;
  const stalled = new Promise<{ stalledMs: number }>((resolve) => {
    patience = new Patience(STALLED_MS, (stalledMs) => resolve({ stalledMs }));
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

/** Speaks a text to its end. @returns null if there is nothing that speaks */
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
  /** Samples of the current attempt that were spoken by an earlier one, and that it has produced. */
  let [before, made] = [0, 0];

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

  return new ReadableStream<AudioFrame>({
    async pull(controller) {
      for (;;) {
        const next = await nextOf(reader, script.complete);
        if ('stalledMs' in next) {
          if (await again(next.stalledMs)) continue;
          return controller.close();
        }
        if (!next.frame) return controller.close();
        const rest = withoutFirst(next.frame, before - made);
        made += next.frame.samplesPerChannel;
        if (!rest) continue;
        spoken += rest.samplesPerChannel;
        return controller.enqueue(rest);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
