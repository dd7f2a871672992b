// When turns end, for three hundred sentences in several voices: `npm run bench:turns`. Delays count from the last sound to
// the decision; a false end is one in the pause of a sentence. `--each` prints every sentence, `--model` measures the
// framework's end-of-turn model beside the words. It takes about two minutes for each voice.
import { initializeLogger } from '@livekit/agents';
import { sumBy } from 'es-toolkit';
import { MOONSHINE_RATE, Moonshine } from '@/agent/speech/moonshine';
import { voiceActivity } from '@/agent/speech/voice-activity';
import { askedIn, ENDPOINTING_DELAY_MS, endpointOf } from '@/agent/turns/endpointing';
import {
  FINISHED,
  HESITATING,
  type Paused,
  type Sentence,
  UNFINISHED,
} from '@/agent/turns/sentences';
import { MIN_SILENCE_MS, MIN_SPEECH_MS } from '@/agent/turns/turn-handling';
import { editDistance } from '@/lib/core/edit-distance';
import { randomNumbers } from '@/lib/core/random-numbers';
import { type Decision, type Rule, turnsIn } from '@/scripts/bench/support/turn';
import { loadVoices, type Voice } from '@/scripts/bench/support/voices';
import { spread } from '@/scripts/bench/table';
import { count, program } from '@/scripts/lib/command-line';
import { wordsOf } from '@/scripts/test-caller/match';
import { joined, quiet } from '@/scripts/test-caller/sounds';

const {
  every,
  pause,
  voices: wanted,
  each,
  model,
} = program('bench:turns', 'Measures how soon turns end, and how often too early.')
  .option('--every <n>', 'only every n-th sentence', count(), 1)
  .option('--pause <ms>', 'pause in unfinished sentences', count(), 1_000)
  .option('--voices <names...>', 'only these voices')
  .option('--each', 'print every sentence')
  .option('--model', "also with the framework's end-of-turn model")
  .parse()
  .opts<{ every: number; pause: number; voices?: string[]; each?: true; model?: true }>();

/** eSpeak NG's voices, with a variant of each. */
const OTHERS = ['en-us-nyc+f2', 'en-029+m5', 'en-gb-x-gbcwmd+f4', 'en-gb-scotland+m7'];
/** Milliseconds of quiet before and after: longer than the longest wait. */
const BEFORE_MS = 400;
const AFTER_MS = 2_400;
/** Noise of a room (-80 dBFS), and the amplitude from which a sample is part of a word (-46 dBFS). */
const NOISE = 0.0001;
const AUDIBLE = 0.005;

/** As the worker decides. */
const WORDS: Rule = {
  name: 'words',
  activity: { minSpeechDuration: MIN_SPEECH_MS, minSilenceDuration: MIN_SILENCE_MS },
  wait: async ({ after, words, owed }) =>
    ENDPOINTING_DELAY_MS[owed ? 'unfinished' : endpointOf(words, askedIn(after))],
};

/**
 * The framework's model with the framework's times: `inference/eot/languages.js`, `voice/turn_config/endpointing.js` and the
 * defaults of its voice activity.
 */
const UNLIKELY = 0.36;
const MODEL: Rule = {
  name: 'end-of-turn model',
  activity: { minSpeechDuration: 50, minSilenceDuration: 250 },
  wait: async ({ tail }) => ((await voiceActivity().predict(tail)) >= UNLIKELY ? 300 : 2_500),
};

interface Outcome {
  readonly kind: string;
  readonly voice: string;
  /** Milliseconds from the last sound; undefined if no end was found. */
  readonly delay: number | undefined;
  readonly early: boolean;
  readonly wrong: number;
  readonly words: number;
}

const draw = randomNumbers();
const audible = (sample: number) => Math.abs(sample) > AUDIBLE;
const trimmed = (sound: Float32Array) =>
  sound.slice(sound.findIndex(audible), sound.findLastIndex(audible) + 1);
const msOf = ({ length }: Float32Array) => (length * 1_000) / MOONSHINE_RATE;

async function outcomeOf(
  {
    kind,
    sentence,
    voice,
    rule,
  }: { kind: string; sentence: Sentence & Partial<Paused>; voice: Voice; rule: Rule },
  moonshine: Moonshine,
): Promise<Outcome> {
  const { text, rest, after } = sentence;
  const before = joined([quiet(BEFORE_MS), trimmed(voice.speak(text))]);
  const spoken = rest ? joined([before, quiet(pause), trimmed(voice.speak(rest))]) : before;
  const sound = joined([spoken, quiet(AFTER_MS)]).map((one) => one + NOISE * (2 * draw() - 1));
  const decisions = await turnsIn({ sound, after }, rule, moonshine);
  const ends = msOf(spoken);
  const early = decisions.some(({ at }) => at < (rest ? msOf(before) + pause : ends));
  const last = decisions.find(({ at }) => at >= ends);
  const said = wordsOf(`${text} ${rest ?? ''}`);
  const heard = decisions.map(({ words }: Decision) => words).join(' ');
  if (each) {
    const times = decisions.map(({ at, words }) => `${Math.round(at - msOf(before))}: ${words}`);
    process.stderr.write(
      `${early ? 'EARLY ' : ''}${voice.name} | ${text} … ${rest ?? ''} | ${times.join(' / ')}\n`,
    );
  }
  return {
    kind,
    voice: voice.name,
    delay: last && last.at - ends,
    early,
    wrong: editDistance(said, wordsOf(heard)),
    words: said.length,
  };
}

const percent = (part: number, of: number) =>
  of > 0 ? `${((100 * part) / of).toFixed(1)} %` : '–';
const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

function summary(name: string, all: readonly Outcome[]): string {
  const delays = (kind: string) =>
    all.flatMap((one) => (one.kind === kind && one.delay !== undefined ? one.delay : []));
  const { median, p95 } = spread(delays('finished'));
  const early = (kind: string) => {
    const some = all.filter((one) => one.kind === kind);
    return `${some.filter((one) => one.early).length} of ${some.length}`;
  };
  const missed = all.filter(({ delay }) => delay === undefined).length;
  return row([
    name,
    Math.round(median),
    Math.round(p95),
    ...['finished', 'unfinished', 'hesitating'].map(early),
    missed,
    percent(
      sumBy(all, ({ wrong }) => wrong),
      sumBy(all, ({ words }) => words),
    ),
  ]);
}

initializeLogger({ pretty: false, level: 'error' });
const moonshine = await Moonshine.load();
const voices = (await loadVoices(OTHERS)).filter(({ name }) => wanted?.includes(name) ?? true);
const sets = { finished: FINISHED, unfinished: UNFINISHED, hesitating: HESITATING };
for (const rule of model ? [WORDS, MODEL] : [WORDS]) {
  const outcomes: Outcome[] = [];
  for (const voice of voices) {
    for (const [kind, sentences] of Object.entries(sets)) {
      for (const [at, sentence] of sentences.entries()) {
        if (at % every > 0) continue;
        outcomes.push(await outcomeOf({ kind, sentence, voice, rule }, moonshine));
      }
    }
  }
  const heads = [
    'median ms',
    'p95 ms',
    'early: finished',
    'unfinished',
    'hesitating',
    'not found',
    'wrong words',
  ];
  console.log(row([rule.name, ...heads]));
  console.log(row(['---', ...heads.map(() => '--:')]));
  for (const { name } of voices)
    console.log(
      summary(
        name,
        outcomes.filter(({ voice }) => voice === name),
      ),
    );
  console.log(summary('all', outcomes));
}
