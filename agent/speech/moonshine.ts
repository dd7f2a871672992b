// Speech to text on the machine: Moonshine tiny, quantized, in ONNX Runtime. English only.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { quietest } from '@/agent/speech/pcm';
import { Expected, Tokenizer, wordsIn } from '@/agent/speech/vocabulary';

// ONNX Runtime would send Microsoft an identifier of this machine, and which models ran for how long (since 1.29, also
// on Linux and macOS). It reads this variable once, before it loads the first model.
process.env.ORT_DISABLE_TELEMETRY = '1';

/** The model's sample rate. */
export const MOONSHINE_RATE = 16_000;

/** The model's shape, from the package's `src/model.ts`. */
const LAYERS = 6;
const HEADS = 8;
const HEAD_SIZE = 36;
const START_TOKEN = 1;
const END_TOKEN = 2;
/** Maximum tokens per second of speech (Moonshine's authors); beyond it the model repeats itself. */
const TOKENS_PER_SECOND = 6.5;
/** Additional tokens, because figures in a short answer take two each. */
const SPARE_TOKENS = 6;
/** Mean log probability of the tokens below which the "words" are noise: clear speech has -0.1 to -0.5. */
const LEAST_LIKELY = -1.3;
/**
 * Probability of a leading end token above which the audio counts as wordless; below it the next best token is used.
 * Measured with 80 sentences in 13 voices: the model began with its end token for 28 to 48 of 1042, with 0.09 to 0.82;
 * 73 of these 76 are below this limit, and the next best token gave words each time. For 320 noises it had at least 0.8,
 * except for one, whose words {@link LEAST_LIKELY} drops.
 */
const NO_WORDS = 0.75;
/** Longest audio given to the model at once (s): memory grows with its square. */
const LONGEST = 12;
/** How far before the end of a piece to search for a quiet place to cut (s). */
const CUT_WITHIN = 4;
/** Shorter audio (s) contains no word, and the model's first layers need about this much. */
const SHORTEST = 0.1;

/**
 * Measured on one core with 4 s of speech: the decoder's weights are unpacked once (135 → 97 ms), and not stored a second
 * time (−45 MB). The encoder frees its memory after each run; at each token, that would cost the decoder 300 ms.
 * `x64quantprecision` keeps 8-bit sums exact on processors without VNNI.
 */
const PRECISION = { x64quantprecision: '1' };
const COMMON = { intraOpNumThreads: 1, interOpNumThreads: 1, enableMemPattern: false };
const DECODER = {
  ...COMMON,
  extra: { session: { ...PRECISION, disable_prepacking: '1', disable_quant_qdq: '1' } },
};
const ENCODER = { ...COMMON, enableCpuMemArena: false, extra: { session: PRECISION } };

const CACHE = Array.from({ length: LAYERS }, (_, layer) =>
  ['decoder', 'encoder'].flatMap((side) =>
    ['key', 'value'].map((kind) => `${layer}.${side}.${kind}`),
  ),
).flat();
/** The cache each step needs: the encoder's part is created in the first step only. */
const FIRST_OUTPUTS = ['logits', ...CACHE.map((name) => `present.${name}`)];
const LATER_OUTPUTS = FIRST_OUTPUTS.filter((name) => !name.includes('encoder'));

/** Moonshine, ready to transcribe. One call at a time; the event loop runs between tokens. */
export class Moonshine {
  readonly #tokenizer: Tokenizer;

  private constructor(
    private readonly encoder: InferenceSession,
    private readonly decoder: InferenceSession,
    private readonly vocabulary: readonly string[],
  ) {
    this.#tokenizer = new Tokenizer(vocabulary);
  }

  /** Loads the model and runs it once, because the first run is the slowest. */
  static async load(): Promise<Moonshine> {
    // Encoder and decoder (MIT licence).
    const folder = join(dist(), 'model/tiny/quantized');
    const moonshine = new Moonshine(
      await InferenceSession.create(join(folder, 'encoder_model.onnx'), ENCODER),
      await InferenceSession.create(join(folder, 'decoder_model_merged.onnx'), DECODER),
      await loadVocabulary(),
    );
    await moonshine.transcribe(new Float32Array(MOONSHINE_RATE), new AbortController().signal);
    return moonshine;
  }

  /**
   * The transcript, or '' if nothing was said.
   * @param sound mono at {@link MOONSHINE_RATE}, of any length
   * @throws the signal's reason when it is aborted, at the next token
   */
  async transcribe(sound: Float32Array, signal: AbortSignal, prompt = ''): Promise<string> {
    const words = wordsIn(prompt).map((word) => this.#tokenizer.tokensOf(word));
    const texts: string[] = [];
    for (const piece of pieces(sound)) {
      // Pure zeros are unlike anything in the training data: the model would hear "You".
      if (!piece.some((sample) => sample !== 0)) continue;
      const { tokens, likelihood } = await this.#hear(piece, new Expected(words), signal);
      if (likelihood >= LEAST_LIKELY) texts.push(detokenize(this.vocabulary, tokens));
    }
    return texts.filter(Boolean).join(' ');
  }

  async #hear(sound: Float32Array, expected: Expected, signal: AbortSignal) {
    const encoded = await this.encoder.run({
      input_values: new Tensor('float32', sound, [1, sound.length]),
    });
    const hidden = encoded.last_hidden_state as Tensor;
    const empty = new Tensor('float32', [], [0, HEADS, 1, HEAD_SIZE]);
    const cache: Record<string, Tensor> = Object.fromEntries(
      CACHE.map((name) => [`past_key_values.${name}`, empty]),
    );
    const most = Math.ceil((sound.length / MOONSHINE_RATE) * TOKENS_PER_SECOND) + SPARE_TOKENS;
    const tokens: number[] = [];
    let likelihood = 0;
    let token = START_TOKEN;
    for (let step = 0; step < most; step++) {
      signal.throwIfAborted();
      const out = await this.decoder.run(
        {
          ...cache,
          input_ids: new Tensor('int64', [BigInt(token)], [1, 1]),
          encoder_hidden_states: hidden,
          use_cache_branch: new Tensor('bool', [step > 0]),
        },
        step === 0 ? FIRST_OUTPUTS : LATER_OUTPUTS,
      );
      for (const name of CACHE) {
        const part = out[`present.${name}`];
        if (part) cache[`past_key_values.${name}`] = part as Tensor;
      }
      const scores = (out.logits as Tensor).data as Float32Array;
      let best = mostLikely(scores);
      if (step === 0 && best.token === END_TOKEN && Math.exp(best.likelihood) < NO_WORDS) {
        scores[END_TOKEN] = Number.NEGATIVE_INFINITY;
        best = mostLikely(scores);
      }
      token = expected.best(scores, best.token);
      expected.take(token);
      const gap = (scores[best.token] as number) - (scores[token] as number);
      likelihood += (best.likelihood - gap - likelihood) / (step + 1);
      if (token === END_TOKEN) break;
      tokens.push(token);
    }
    return { tokens, likelihood };
  }
}

function mostLikely(scores: Float32Array): { token: number; likelihood: number } {
  let token = 0;
  for (let i = 1; i < scores.length; i++) {
    if ((scores[i] as number) > (scores[token] as number)) token = i;
  }
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - (scores[token] as number));
  return { token, likelihood: -Math.log(sum) };
}

/** Splits long audio at {@link MOONSHINE_RATE} where it is quietest; empty for audio that is too short. */
export function pieces(sound: Float32Array): Float32Array[] {
  if (sound.length < SHORTEST * MOONSHINE_RATE) return [];
  const longest = LONGEST * MOONSHINE_RATE;
  if (sound.length <= longest) return [sound];
  const cut = quietest(sound, longest - CUT_WITHIN * MOONSHINE_RATE, longest);
  return [sound.slice(0, cut), ...pieces(sound.slice(cut))];
}

// The model's files and vocabulary are in an npm package whose code is for browsers and is never run. The other model
// in it has a non-commercial licence and is never read.
const PACKAGE = '@usefulsensors/moonshine-js';
/** Pieces in the vocabulary, which is Llama's; higher token ids are never text. */
const VOCABULARY_SIZE = 32_000;

/** The package's `dist` folder, found by Node's resolution; its `exports` hide the files. */
function dist(): string {
  const places = createRequire(import.meta.url).resolve.paths(PACKAGE) ?? [];
  const found = places.map((place) => join(place, PACKAGE, 'dist')).find((dir) => existsSync(dir));
  if (!found) throw new Error(`The package ${PACKAGE} is not installed. Run npm ci.`);
  return found;
}

/**
 * The vocabulary's pieces by token id. The package contains it in its bundle, as one base64 text that begins with
 * `<unk>`; reading it there avoids a tokenizer whose other half would stay unused.
 */
async function loadVocabulary(): Promise<readonly string[]> {
  const bundle = await readFile(join(dist(), 'moonshine.min.js'), 'latin1');
  const start = Buffer.from('<unk>\n<s>\n</s>\n').toString('base64');
  const text = /^[A-Za-z0-9+/=]+/.exec(bundle.slice(bundle.indexOf(start)))?.[0] ?? '';
  const pieces = Buffer.from(text, 'base64').toString('utf8').split('\n');
  if (pieces.length !== VOCABULARY_SIZE) {
    throw new Error(
      `${PACKAGE} no longer contains a vocabulary of ${VOCABULARY_SIZE} pieces at the expected place.`,
    );
  }
  return pieces;
}

/** Tokens to text: `▁` is a space, `<0xE2>` a byte of a letter outside the vocabulary. */
function detokenize(vocabulary: readonly string[], tokens: readonly number[]): string {
  const parts = tokens.map((token) => {
    const piece = token > 2 ? (vocabulary[token] ?? '') : '';
    const byte = /^<0x([0-9A-F]{2})>$/.exec(piece)?.[1];
    return byte ? Buffer.from(byte, 'hex') : Buffer.from(piece);
  });
  return Buffer.concat(parts).toString('utf8').replaceAll('▁', ' ').trim();
}
