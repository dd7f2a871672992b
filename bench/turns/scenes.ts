// Turns that are harder to hear than one voice alone: a noise comes right before the words, or somebody
// else talks at the same time. Written when the rules stood, and no rule was made for them.
import { FLITE_VOICES, type Flite, type FliteVoice } from '../../agent/speech/flite';
import { car, cough, dishes, door } from './noises';
import { joined, msOf, quiet, samples, spoken, type Take, takeOf, together } from './sounds';
import { BOOK, DAY, HELP, MORE, NAME, NUMBER, TIME } from './utterances';

/** What the agent had said, and what the caller says; `[600]` is a pause of that many milliseconds. */
type Said = readonly [after: string, say: string];

const AFTER_NOISE: readonly Said[] = [
  [HELP, 'Good morning, I need an appointment for my mother.'],
  [DAY, 'Monday would be fine.'],
  [BOOK, 'Yes please.'],
  [HELP, 'Do you have [600] a parking place?'],
  [NAME, 'Peter Stone.'],
  [TIME, 'At half past nine.'],
  [HELP, 'I have to cancel my visit on Thursday.'],
  [MORE, 'No, that is everything.'],
  [NUMBER, 'five five five [600] oh one six two.'],
  [HELP, 'Could you tell me [700] when you close today?'],
  [DAY, 'Um, [800] on Wednesday.'],
  [BOOK, 'No, a little later.'],
  [HELP, 'My son has had a cough for two weeks.'],
  [TIME, 'In the afternoon.'],
  [HELP, 'Is Doctor Lee there tomorrow?'],
  [MORE, 'Yes, I want to ask about [900] a blood test.'],
  [NAME, 'It is under [500] Marsh.'],
  [DAY, 'Friday.'],
  [HELP, 'How long does a health check take?'],
  [BOOK, 'That is right.'],
  [HELP, 'I am calling because [800] my tooth hurts.'],
  [TIME, 'Around four, please.'],
  [HELP, 'Where do I find you?'],
  [MORE, 'No thanks.'],
];
const NOISES = {
  cough: (seed: number) => cough(2, seed),
  door,
  dishes,
  car,
};
/** Milliseconds of quiet between the noise and the first word. */
const GAPS_MS = [100, 400, 900];

const voiceAt = (index: number) => FLITE_VOICES[index % FLITE_VOICES.length] as FliteVoice;

/** Each noise before words, near to them and farther away. */
export function noiseBefore(flite: Flite): Take[] {
  const noises = Object.entries(NOISES);
  return AFTER_NOISE.map(([after, say], index) => {
    const round = Math.floor(index / noises.length);
    const [kind, make] = noises[index % noises.length] as (typeof noises)[number];
    const gap = GAPS_MS[round % GAPS_MS.length] ?? 0;
    const voice = voiceAt(index + round);
    const before = joined([make(index + 1), quiet(gap)]);
    return takeOf({
      name: `${kind}, ${gap} ms, ${say} (${voice})`,
      kind: `after ${kind}`,
      after,
      sound: joined([before, spoken(flite, say, voice)]),
      from: msOf(before.length),
      seed: 400 + index,
    });
  });
}

/** What the caller says, and what somebody else says at the same time. */
const AT_ONCE: readonly (readonly [...Said, other: string])[] = [
  [HELP, 'I would like an appointment for my daughter.', 'Ask whether they have time today.'],
  [DAY, 'Next Tuesday would be good.', 'Not on Tuesday.'],
  [BOOK, 'Yes, that is fine.', 'Is it in the morning?'],
  [HELP, 'What does a vaccination cost?', 'And where can we park?'],
  [NAME, 'My name is Robert King.', 'Tell them my name.'],
  [TIME, 'Half past ten, please.', 'That is too early.'],
  [HELP, 'I was wondering whether [600] you are open on Saturday.', 'Say that it is urgent.'],
  [MORE, 'No, that is all, thank you.', 'Wait, ask about the bill.'],
  [NUMBER, 'five five five [600] oh one four two.', 'Use my number.'],
  [HELP, 'My father has a fever since yesterday.', 'Since Monday, I think.'],
  [DAY, 'Could we do Wednesday or [800] Friday?', 'Friday is better.'],
  [BOOK, 'No, something in the afternoon.', 'I have to work then.'],
];
/** How loud the other voice is beside the caller's: as loud, and 12 dB less, as from across the room. */
const LEVELS = { 'as loud': 1, behind: 0.25 };
/** Where the other begins: milliseconds after the caller began, or before the caller ends. */
const AFTER_BEGIN_MS = 400;
const BEFORE_END_MS = 500;

/** Two people at once; the turn ends with the last of them. */
export function twoAtOnce(flite: Flite): Take[] {
  return Object.entries(LEVELS).flatMap(([kind, level]) =>
    AT_ONCE.map(([after, say, other], index) => {
      const caller = spoken(flite, say, voiceAt(index));
      const second = spoken(flite, other, voiceAt(index + 1)).map((sample) => sample * level);
      const late = index % 2 === 1;
      const begins = late ? caller.length - samples(BEFORE_END_MS) : samples(AFTER_BEGIN_MS);
      return takeOf({
        name: `${say} + ${other} (${kind}, ${late ? 'late' : 'early'})`,
        kind: `two voices, second ${kind}`,
        after,
        sound: together(caller, joined([new Float32Array(Math.max(0, begins)), second])),
        seed: 500 + index,
      });
    }),
  );
}
