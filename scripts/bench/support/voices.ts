// The voices of test callers: Flite's, and eSpeak NG's where it is installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { FLITE_VOICES, Flite } from '@/agent/speech/flite';
import { fromPcm16, parseWav, resample } from '@/agent/speech/pcm';
import { RATE } from '@/scripts/test-caller/sounds';

/** A voice, and how it says a text: samples at {@link RATE}. */
export interface Voice {
  readonly name: string;
  speak(text: string): Float32Array;
}

const espeak = (voice: string): Voice => ({
  name: `eSpeak ${voice}`,
  speak(text) {
    const { rate, data } = parseWav(execFileSync('espeak-ng', ['-v', voice, '--stdout', text]));
    return resample(fromPcm16(data), rate, RATE);
  },
});

/** Flite's voices, and these of eSpeak NG. */
export async function loadVoices(others: readonly string[]): Promise<readonly Voice[]> {
  const flite = await Flite.load();
  const own = FLITE_VOICES.map((name) => ({
    name,
    speak: (text: string) => flite.speak(flite.words(text), name, 1),
  }));
  return spawnSync('espeak-ng', ['--version']).error ? own : [...own, ...others.map(espeak)];
}
