// A voice for tests: a model of a kilobyte that the real engine loads and runs as it would a large
// one. It hums a tenth of a second for each letter, one speaker twice as high as the other.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const RATE = 22_050;
/** Samples for each letter: whole periods of both tones, so that they join without a step. */
const LETTER = 2_205;
const TONES = [200, 400];

/** ONNX's numbers of types: tensor elements and the kind of an attribute. */
const FLOAT = 1;
const INT64 = 7;
const ATTRIBUTE_INT = 2;

/** Protocol Buffers, as far as ONNX needs them here: whole numbers, texts and messages by field. */
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
const int = (field: number, value: number) =>
  Buffer.from([...varint(field << 3), ...varint(value)]);
const bytes = (field: number, value: string | Uint8Array | Uint8Array[]) => {
  const body = Array.isArray(value) ? Buffer.concat(value) : Buffer.from(value);
  return Buffer.concat([Buffer.from([...varint((field << 3) | 2), ...varint(body.length)]), body]);
};

/** A node of the graph: field numbers from onnx.proto. */
const node = (op: string, inputs: string[], output: string, axis?: number) =>
  bytes(1, [
    ...inputs.map((name) => bytes(1, name)),
    bytes(2, output),
    bytes(4, op),
    ...(axis === undefined
      ? []
      : [bytes(5, [bytes(1, 'axis'), int(3, axis), int(20, ATTRIBUTE_INT)])]),
  ]);
const tensor = (name: string, type: number, shape: number[], raw: ArrayBufferView) =>
  bytes(5, [
    ...shape.map((size) => int(1, size)),
    int(2, type),
    bytes(8, name),
    bytes(9, new Uint8Array(raw.buffer)),
  ]);
/** Input (11) or output (12), its sizes open. */
const value = (field: 11 | 12, name: string, type: number, dimensions: number) => {
  const shape = Array.from({ length: dimensions }, (_, i) => bytes(1, [bytes(2, `${name}${i}`)]));
  return bytes(field, [bytes(1, name), bytes(2, [bytes(1, [int(1, type), bytes(2, shape)])])]);
};

function model(): Buffer {
  const waves = new Float32Array(TONES.length * LETTER).map((_, i) => {
    const hertz = TONES[Math.floor(i / LETTER)] as number;
    return 0.3 * Math.sin((2 * Math.PI * hertz * (i % LETTER)) / RATE);
  });
  const graph = [
    node('Gather', ['waves', 'sid'], 'wave', 0),
    node('Shape', ['x'], 'letters'),
    node('Concat', ['one', 'letters'], 'times', 0),
    node('Tile', ['wave', 'times'], 'y'),
    bytes(2, 'hum'),
    tensor('waves', FLOAT, [TONES.length, 1, LETTER], waves),
    tensor('one', INT64, [1], new BigInt64Array([1n])),
    value(11, 'x', INT64, 2),
    value(11, 'x_length', INT64, 1),
    ...['noise_scale', 'length_scale', 'noise_scale_w'].map((name) => value(11, name, FLOAT, 1)),
    value(11, 'sid', INT64, 1),
    value(12, 'y', FLOAT, 3),
  ];
  const facts = {
    sample_rate: RATE,
    n_speakers: TONES.length,
    language: 'English',
    comment: 'hum',
    frontend: 'characters',
  };
  return Buffer.concat([
    int(1, 8),
    bytes(7, graph),
    bytes(8, [bytes(1, ''), int(2, 13)]),
    ...Object.entries(facts).map(([key, fact]) =>
      bytes(14, [bytes(1, key), bytes(2, String(fact))]),
    ),
  ]);
}

/** Writes the model and its tokens. */
export function hummingFiles(folder: string): void {
  writeFileSync(join(folder, 'hum.onnx'), model());
  const letters = [..."abcdefghijklmnopqrstuvwxyz.,'"].map((letter, id) => `${letter} ${id + 1}\n`);
  writeFileSync(join(folder, 'tokens.txt'), letters.join(''));
}
