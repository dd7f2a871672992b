// Spoken by the built-in voice and transcribed by the built-in STT: figures and abbreviations arrive as words.
import { beforeAll, expect, test } from 'vitest';
import { FLITE_RATE, FLITE_VOICES, Flite } from '@/agent/speech/flite';
import { Moonshine } from '@/agent/speech/moonshine';
import { padded, trimmed } from '@/agent/speech/pcm';
import { loudness } from '@/agent/speech/polish';
import { sentences, speakable, spoken } from '@/agent/speech/spoken';

let flite: Flite;
let moonshine: Moonshine;

beforeAll(async () => {
  flite = await Flite.load();
  moonshine = await Moonshine.load();
}, 60_000);

/** Both sides as letters: STT may write "10:30" or "ten thirty". */
const words = (text: string) =>
  spoken(text.replace(/(\d{3})-?(\d{4})/, '$1 $2'))
    .toLowerCase()
    .replace(/\bp\.?m\b\.?/g, 'pee em')
    .replace(/per cent/g, 'percent')
    .replace(/[^a-z]+/g, ' ')
    .trim();

const hear = async (written: string) => {
  const texts: string[] = [];
  for (const part of sentences(spoken(speakable(written)))) {
    texts.push(
      await moonshine.transcribe(flite.speak(part, 'slt', 1), new AbortController().signal),
    );
  }
  return words(texts.join(' '));
};

test.each([
  ['Your appt. is on Fri 3rd at 10:30.', 'ten thirty'],
  ['We open at 9 am on 2026-11-23.', 'twenty third of november'],
  ['We close at 3 p.m. tomorrow.', 'three pee em'],
  ['It costs $80.', 'eighty dollars'],
  ['Our number is 555 0142.', 'five five five oh one four two'],
  ["See St. Mary's, e.g. on 23 November.", 'saint mary'],
  ['Call 911 now.', 'nine one one now'],
])('%s is heard as %s', async (written, heard) => {
  expect(await hear(written)).toContain(heard);
});

test('all voices are equally loud, and none clips or clicks', () => {
  const sentence = 'Thank you for calling, and have a good day.';
  for (const voice of FLITE_VOICES) {
    const sound = flite.speak(sentence, voice, 1);
    expect(Math.abs(loudness(sound, FLITE_RATE) + 20)).toBeLessThan(1);
    expect(sound.every((sample) => Math.abs(sample) < 0.9)).toBe(true);
    expect([sound[0], sound.at(-1)]).toEqual([0, 0]);
    const steps = sound.map((sample, i) => Math.abs(sample - (sound[i - 1] ?? 0)));
    // Speech after silence begins softly.
    const start = sound.findIndex((sample) => sample !== 0);
    expect(Math.max(...steps.subarray(start, start + 8))).toBeLessThan(0.01);
  }
});

test.each(FLITE_VOICES)('the voice %s is understood', async (voice) => {
  const sound = flite.speak('We are open on weekdays.', voice, 1);
  const { signal } = new AbortController();
  expect(await moonshine.transcribe(sound, signal)).toMatch(/open on weekdays/i);
});

test('speed changes the duration', () => {
  const [usual, fast] = [1, 2].map((speed) => flite.speak('Nine to five.', 'slt', speed).length);
  expect((usual ?? 0) / (fast ?? 1)).toBeGreaterThan(1.6);
});

test('long speech is transcribed to its end', async () => {
  const sentence = flite.speak('We are open from nine to five on weekdays.', 'slt', 1);
  const { length } = sentence;
  const sound = new Float32Array(6 * length).map((_, i) => sentence[i % length] ?? 0);
  const { signal } = new AbortController();
  const text = await moonshine.transcribe(sound, signal);
  expect(text.match(/weekdays/gi)).toHaveLength(6);
});

/** White noise, the same in each run. */
function hiss(level = 0.1, seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return (state / 2 ** 32) * 2 * level - level;
  };
}

/** Seconds of silence before speech and after it, as the listener passes them to STT. */
const LEAD = 0.32;
const CLOSING_PAUSES = [0.128, 0.224, 0.352];

test.each(FLITE_VOICES)(
  'short answers by %s are heard with the pause that closes them',
  async (voice) => {
    const empty: string[] = [];
    for (const answer of [
      'Maybe.',
      'Never mind.',
      'On Monday.',
      'Billing, please.',
      "I don't know.",
    ]) {
      for (const pause of CLOSING_PAUSES) {
        const noise = hiss(0.001);
        const [before, after] = [LEAD, pause].map((seconds) => seconds * FLITE_RATE);
        const sound = padded(trimmed(flite.speak(answer, voice, 1)), before ?? 0, after ?? 0);
        const heard = await moonshine.transcribe(
          sound.map((sample) => sample + noise()),
          new AbortController().signal,
        );
        if (heard === '') empty.push(`${answer} ${pause}`);
      }
    }
    expect(empty).toEqual([]);
  },
);

const wave = (hertz: number, i: number) => Math.sin((2 * Math.PI * hertz * i) / FLITE_RATE);

test.each([
  ['silence', () => 0],
  ['noise', hiss()],
  ['a tone', (_: number, i: number) => wave(424, i) * 0.3],
  ['a rising tone', (_: number, i: number) => wave(200 + i / 80, i) * 0.3],
  ['clicks', (_: number, i: number) => (i % 8_000 < 80 ? 0.8 * (-1) ** i : 0)],
  ['knocking', (_: number, i: number) => wave(70, i % 8_000) * Math.exp(-(i % 8_000) / 600)],
])('%s is not speech', async (_name, sample) => {
  for (const seconds of [0.7, 2]) {
    const sound = new Float32Array(seconds * FLITE_RATE).map(sample);
    expect(await moonshine.transcribe(sound, new AbortController().signal)).toBe('');
  }
});
