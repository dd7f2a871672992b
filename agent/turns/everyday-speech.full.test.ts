// A hundred everyday sentences in voices that the speech server was not tuned for: each one is answered in time, even if
// the answer is that the agent did not understand. The accuracy of STT does not matter here.
// Needs eSpeak NG (the package espeak-ng of Debian and Homebrew); root on Debian gets it installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SpeechProcess, startSpeech } from '@/agent/speech/api';
import { loadEngines } from '@/agent/speech/engines';
import { fromPcm16, parseWav, resample } from '@/agent/speech/pcm';
import { openStage, type Stage } from '@/agent/testing/stage';
import { waitFor } from '@/lib/core/wait';
import { TIMEOUT_MS } from '@/lib/testing/wait-for';
import { RATE } from '@/scripts/test-caller/sounds';

/** eSpeak NG's voices with a variant of each, and their words per minute. */
const VOICES = [
  ['en-us-nyc+f2', 150],
  ['en-029+m5', 165],
  ['en-gb-x-gbcwmd+f4', 140],
  ['en-gb-scotland+m7', 175],
] as const;

const SENTENCES = [
  'How is the weather today?',
  'Can you hear me?',
  'What time do you close?',
  'I would like to move my appointment.',
  'Is there parking near you?',
  'My name is Peter.',
  'Could you say that again?',
  'No, I meant today.',
  'That works for me.',
  'How long does it take?',
  'I lost my card.',
  'Who am I talking to?',
  'Do you speak Spanish?',
  'It started on Sunday.',
  'Where are you?',
  'Please send me the bill.',
  'I am running late.',
  'What does a check-up cost?',
  'Are you a robot?',
  'Maybe next week.',
  'I need some help.',
  'Yes, please.',
  'Can I bring my daughter?',
  'The train was full this morning.',
  'Thank you very much.',
];

/** Milliseconds from the end of a sentence to the first words of the answer. */
const ANSWER_MS = 3_000;

let speech: SpeechProcess;
let stage: Stage;

function installEspeak(): void {
  if (!spawnSync('espeak-ng', ['--version']).error) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-q'], { env });
  execFileSync('apt-get', ['install', '-qy', '--no-install-recommends', 'espeak-ng'], { env });
}

beforeAll(async () => {
  installEspeak();
  speech = await startSpeech('127.0.0.1', 0, () => loadEngines());
  [stage] = await Promise.all([openStage(), speech.ready]);
  const worker = stage.startWorker({ SPEECH_STT_URL: speech.url, SPEECH_TTS_URL: speech.url });
  await worker.live();
}, 6 * TIMEOUT_MS);

afterAll(async () => {
  await stage?.close();
  await speech?.close();
}, TIMEOUT_MS);

/** A sentence spoken by eSpeak NG, in the microphone's format. */
function spoken(voice: string, wordsPerMinute: number, sentence: string): Float32Array {
  const args = ['-v', voice, '-s', `${wordsPerMinute}`, '--stdout', sentence];
  const { rate, data } = parseWav(execFileSync('espeak-ng', args));
  return resample(fromPcm16(data), rate, RATE);
}

test.each(VOICES)(
  '%s at %i words per minute: every sentence is answered',
  async (voice, rate) => {
    const caller = await stage.call('line-check');
    const state = () => caller.agent()?.attributes['lk.agent.state'];
    const listens = () => expect.poll(state).toBe('listening');
    await expect.poll(() => caller.said).not.toBe('');
    await listens();
    const microphone = await caller.speaks(speech.url);
    const unanswered: string[] = [];
    for (const sentence of SENTENCES) {
      const before = caller.said.length;
      microphone.play(spoken(voice, rate, sentence));
      await microphone.said();
      const isAnswered = () => caller.said.length > before;
      if (!(await waitFor(ANSWER_MS, isAnswered))) unanswered.push(sentence);
      await listens();
    }
    expect(unanswered).toEqual([]);
    await caller.hangUp();
  },
  SENTENCES.length * TIMEOUT_MS,
);
