// Files of Moonshine tiny and its vocabulary in the npm package, whose code is for browsers and is
// never run. The other model in that package has a non-commercial licence and is never read.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

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

/** Paths of the model's encoder and decoder (MIT licence). */
export function modelFiles(): { encoder: string; decoder: string } {
  const folder = join(dist(), 'model/tiny/quantized');
  return {
    encoder: join(folder, 'encoder_model.onnx'),
    decoder: join(folder, 'decoder_model_merged.onnx'),
  };
}

/**
 * The vocabulary's pieces by token id. The package contains it in its bundle, as one base64 text
 * that begins with `<unk>`; reading it there avoids a tokenizer whose other half would stay unused.
 */
export async function loadVocabulary(): Promise<readonly string[]> {
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
export function detokenize(vocabulary: readonly string[], tokens: readonly number[]): string {
  const parts = tokens.map((token) => {
    const piece = token > 2 ? (vocabulary[token] ?? '') : '';
    const byte = /^<0x([0-9A-F]{2})>$/.exec(piece)?.[1];
    return byte ? Buffer.from(byte, 'hex') : Buffer.from(piece);
  });
  return Buffer.concat(parts).toString('utf8').replaceAll('▁', ' ').trim();
}
