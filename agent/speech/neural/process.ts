// The process of one neural model. Separate, because the engine ends its process when a model is
// not what it expects, and all calls depend on the speech server.
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** First argument of the speech server's program for such a process. */
export const NEURAL_ARGUMENT = 'neural-model';

/** The first message: the model, by the engine's own names. */
export interface Load {
  readonly kind: 'load';
  /** Folder whose node_modules contain the engine. */
  readonly engine: string;
  readonly does: 'speaks' | 'hears';
  readonly files: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly threads: number;
}

/** Synthesize this. */
export interface Speak {
  readonly kind: 'speak';
  readonly text: string;
  readonly speaker: number;
  readonly speed: number;
}

/** Transcribe this: mono samples and their rate. */
export interface Hear {
  readonly kind: 'hear';
  readonly sound: Float32Array;
  readonly rate: number;
}

/** One answer to each message, in order. */
export type Answer =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'sound'; readonly sound: Float32Array; readonly rate: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly why: string };

/** The part of sherpa-onnx-node that is used; it is installed on demand and has no types. */
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

type Work = (message: Speak | Hear) => Promise<Answer>;

/** Sample rate for STT models; each resamples its input. */
const FEATURES = { sampleRate: 16_000, featureDim: 80 };

async function load({ engine, does, files, threads }: Load): Promise<Work> {
  const sherpa = createRequire(join(engine, 'package.json'))('sherpa-onnx-node') as Engine;
  const usual = { ...files, numThreads: threads, provider: 'cpu', debug: 0 };
  if (does === 'speaks') {
    const tts = await sherpa.OfflineTts.createAsync({ model: usual, maxNumSentences: 1 });
    return async (message) => {
      if (message.kind !== 'speak') throw new Error('this model only synthesizes');
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
  const recognizer = await sherpa.OfflineRecognizer.createAsync({
    featConfig: FEATURES,
    modelConfig: usual,
  });
  return async (message) => {
    if (message.kind !== 'hear') throw new Error('this model only transcribes');
    const stream = recognizer.createStream();
    stream.acceptWaveform({ samples: message.sound, sampleRate: message.rate });
    return { kind: 'text', text: (await recognizer.decodeAsync(stream)).text.trim() };
  };
}

/** Answers the messages of the parent process until that exits. */
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
