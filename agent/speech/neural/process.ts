// The process of one neural model. A process of its own, since the engine ends the process it runs in
// when a model is not what it expects: that must not be the one that all calls speak through.
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** First argument of the speech server's program when it is to be such a process. */
export const NEURAL_ARGUMENT = 'neural-model';

/** The first message: which model, by the engine's own names. */
export interface Load {
  readonly kind: 'load';
  /** Folder whose node_modules hold the engine. */
  readonly engine: string;
  readonly does: 'speaks' | 'hears';
  readonly files: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** Threads for one piece of work. */
  readonly threads: number;
}

/** Say this. */
export interface Speak {
  readonly kind: 'speak';
  readonly text: string;
  readonly speaker: number;
  readonly speed: number;
}

/** Hear this: mono samples and how many a second. */
export interface Hear {
  readonly kind: 'hear';
  readonly sound: Float32Array;
  readonly rate: number;
}

/** One answer to each message, in their order. */
export type Answer =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'sound'; readonly sound: Float32Array; readonly rate: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly why: string };

/** What is used of sherpa-onnx-node, which is installed on demand and brings no types. */
interface Engine {
  OfflineTts: {
    createAsync(config: object): Promise<{
      generateAsync(request: object): Promise<{ samples: Float32Array; sampleRate: number }>;
    }>;
  };
  OfflineRecognizer: {
    createAsync(config: object): Promise<{
      createStream(): { acceptWaveform(wave: { samples: Float32Array; sampleRate: number }): void };
      decodeAsync(stream: object): Promise<{ text: string }>;
    }>;
  };
}

/** What a loaded model does with a message. */
type Work = (message: Speak | Hear) => Promise<Answer>;

/** Samples a second that the recognisers are fed with; each resamples what it is given. */
const FEATURES = { sampleRate: 16_000, featureDim: 80 };

async function load({ engine, does, files, threads }: Load): Promise<Work> {
  const sherpa = createRequire(join(engine, 'package.json'))('sherpa-onnx-node') as Engine;
  const usual = { ...files, numThreads: threads, provider: 'cpu', debug: 0 };
  if (does === 'speaks') {
    const tts = await sherpa.OfflineTts.createAsync({ model: usual, maxNumSentences: 1 });
    return async (message) => {
      if (message.kind !== 'speak') throw new Error('this model speaks only');
      const { text, speaker: sid, speed } = message;
      const { samples, sampleRate } = await tts.generateAsync({
        text,
        sid,
        speed,
        enableExternalBuffer: false,
      });
      return { kind: 'sound', sound: samples, rate: sampleRate };
    };
  }
  const ears = await sherpa.OfflineRecognizer.createAsync({
    featConfig: FEATURES,
    modelConfig: usual,
  });
  return async (message) => {
    if (message.kind !== 'hear') throw new Error('this model hears only');
    const stream = ears.createStream();
    stream.acceptWaveform({ samples: message.sound, sampleRate: message.rate });
    return { kind: 'text', text: (await ears.decodeAsync(stream)).text.trim() };
  };
}

/** Answers the messages of the process that forked this one, until that one is gone. */
export function serveNeuralModel(): void {
  let work: Promise<Work> | undefined;
  const answer = async (message: Load | Speak | Hear): Promise<Answer> => {
    try {
      if (message.kind === 'load') {
        work = load(message);
        await work;
        return { kind: 'loaded' };
      }
      if (!work) throw new Error('no model was loaded');
      return await (await work)(message);
    } catch (error) {
      return { kind: 'failed', why: (error as Error).message };
    }
  };
  process.on('message', async (message: Load | Speak | Hear) => {
    process.send?.(await answer(message));
  });
  process.once('disconnect', () => process.exit(0));
}
