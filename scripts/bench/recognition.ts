// Word error rate of the built-in recognizer for what callers say: `npm run bench:recognition`. With and without the
// vocabulary of the agents, and at other levels. Voices are Flite's, and eSpeak NG's where it is installed.
import { mean } from 'es-toolkit';
import { PRACTICE_WORDS } from '@/agent/practice/practice';
import { MOONSHINE_RATE, Moonshine } from '@/agent/speech/moonshine';
import { editDistance } from '@/lib/core/edit-distance';
import { randomNumbers } from '@/lib/core/random-numbers';
import { loadVoices } from '@/scripts/bench/support/voices';
import { program } from '@/scripts/lib/command-line';
import { wordsOf } from '@/scripts/test-caller/match';

program('bench:recognition', 'Measures the word error rate of speech to text.').parse();

const SENTENCES = `How is the weather today?
Can you hear me?
What time do you close?
I would like to move my appointment.
Is there parking near you?
My name is Peter Miller.
Could you say that again?
No, I meant today.
That works for me.
How long does it take?
I lost my card.
Who am I talking to?
Do you speak Spanish?
It started on Sunday.
Please send me the bill.
I am running late.
What does a check-up cost?
Are you a robot?
I need some help.
Can I bring my daughter?
The train was full this morning.
Thank you very much.
I have a question about my bill.
I want to book an appointment for Monday morning.
Do you have a dentist?
What is your address?
How much is a blood test?
Are you open on Saturday?
Please cancel my appointment.
Can I speak to billing?
I would like to pay by card.
Can I pay in three parts?
When is the bill due?
I have a toothache.
My name is Sarah Thompson.
Tomorrow at ten thirty, please.
Can you take a message?
Please tell the doctor to call me back.
My number is five five five, one two three four.
I need a copy of my invoice.
Is the doctor in today?
What vaccinations do you offer?
I would like a flu shot.
Can I get a refund?
Transfer me to the front desk.
Goodbye.`.split('\n');

/** Seconds of room noise before and after, as the worker cuts speech, and its level (-80 dBFS). */
const LEAD_S = 0.32;
const TAIL_S = 0.35;
const NOISE = 0.0001;

function within(sound: Float32Array, draw: () => number): Float32Array {
  const lead = Math.round(LEAD_S * MOONSHINE_RATE);
  const length = lead + sound.length + Math.round(TAIL_S * MOONSHINE_RATE);
  return Float32Array.from(
    { length },
    (_, at) => (sound[at - lead] ?? 0) + NOISE * (2 * draw() - 1),
  );
}

const moonshine = await Moonshine.load();
const voices = await loadVoices(['en-us', 'en-gb-scotland']);

const draw = randomNumbers();
const sounds = voices.map((voice) => SENTENCES.map((text) => within(voice.speak(text), draw)));
const said = SENTENCES.map((text) => wordsOf(text));
const count = said.flat().length;

/** Share of wrong words by voice and overall, and milliseconds for a sentence. */
async function measure(gain: number, prompt?: string): Promise<readonly string[]> {
  const started = performance.now();
  const wrong: number[] = [];
  for (const spoken of sounds) {
    let sum = 0;
    for (const [at, sound] of spoken.entries()) {
      const level = sound.map((sample) => sample * gain);
      const text = await moonshine.transcribe(level, new AbortController().signal, prompt);
      sum += editDistance(said[at] ?? [], wordsOf(text));
    }
    wrong.push(sum / count);
  }
  const ms = (performance.now() - started) / (sounds.length * SENTENCES.length);
  return [
    ...[...wrong, mean(wrong)].map((rate) => `${(100 * rate).toFixed(1)} %`),
    `${ms.toFixed(0)} ms`,
  ];
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
console.log(row(['', ...voices.map(({ name }) => name), 'all', 'a sentence']));
console.log(row(['---', ...voices.map(() => '--:'), '--:', '--:']));
console.log(row(['as it is', ...(await measure(1))]));
console.log(row(['with the vocabulary of the agents', ...(await measure(1, PRACTICE_WORDS))]));
console.log(row(['20 dB quieter', ...(await measure(0.1))]));
console.log(row(['20 dB quieter, with the vocabulary', ...(await measure(0.1, PRACTICE_WORDS))]));
