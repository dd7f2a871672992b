// Speech synthesis and recognition of test callers: the built-in models in this process, independent of the product's
// speech servers, and without using their time.
import {
  type Engines,
  findListener,
  findSpeaker,
  loadEngines,
  STT_MODEL,
  TTS_MODEL,
} from '@/agent/speech/engines';
import { resample } from '@/agent/speech/pcm';
import { sentences, speakable } from '@/agent/speech/spoken';
import { joined, quiet, RATE } from '@/scripts/test-caller/sounds';

const BETWEEN_MS = 150;

export class Speech {
  #last: Promise<unknown> = Promise.resolve();

  private constructor(private readonly engines: Engines) {}

  /** Loads the models; takes about a second. */
  static async load(): Promise<Speech> {
    return new Speech(await loadEngines());
  }

  /** Synthesizes text at {@link RATE}. @param pause seconds of each "…" */
  async speak(words: string, voice: string, speed: number, pause: number): Promise<Float32Array> {
    const speaker = findSpeaker({ model: TTS_MODEL, voice }, this.engines);
    const { signal } = new AbortController();
    const parts = words
      .split('…')
      .map((part) => part.trim())
      .filter(Boolean);
    const sounds: Float32Array[] = [];
    for (const [at, part] of parts.entries()) {
      if (at > 0) sounds.push(quiet(pause * 1_000));
      // A comma keeps the voice from falling, as in the middle of a sentence.
      const goesOn = at < parts.length - 1 && !/[.,!?]$/.test(part);
      const said = sentences(speaker.words(speakable(goesOn ? `${part},` : part)));
      for (const [index, sentence] of said.entries()) {
        if (index > 0) sounds.push(quiet(BETWEEN_MS));
        const { sound, rate } = await speaker.say(sentence, { speed, signal, admitted: true });
        sounds.push(resample(sound, rate, RATE));
      }
    }
    return joined(sounds);
  }

  /** Transcribes audio at {@link RATE}. One at a time, so callers take turns. */
  hear(sound: Float32Array): Promise<string> {
    const { hear } = findListener({ model: STT_MODEL }, this.engines);
    const text = this.#last.then(() => hear(sound, new AbortController().signal));
    this.#last = text.catch(() => undefined);
    return text;
  }
}
