// What a rehearsal is: a caller, what the caller says, and what must follow. The one contract of the
// files in `rehearsals/`, the program that makes the calls, and the page. Read by people who do not
// program, so its fields are words of a talk.
import { z } from 'zod';
import { OUTCOMES } from '@/lib/calls/call';

/** Voices of the built-in text to speech: a woman, three men. */
const VOICES = ['slt', 'rms', 'awb', 'kal16'] as const;
/** What is heard behind a caller. */
const BACKGROUNDS = ['quiet', 'street'] as const;
/** Sounds that are no words. */
const NOISES = ['cough', 'door', 'dishes', 'car'] as const;

/** Seconds within which an answer must begin where a line does not say it: people ask "hello?" by then. */
export const WITHIN = 8;

const voice = z.enum(VOICES);
const words = z.string().trim().min(1).max(500);
const seconds = z.number().positive().max(60);
const phrases = z.array(words).max(20);
const tool = z
  .record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])))
  .optional()
  .describe('Tools that must be called, each with some of its arguments; a date is a "Monday".');

const line = z
  .strictObject({
    say: words.optional().describe('What the caller says. "…" is a pause in the middle of it.'),
    noise: z.enum(NOISES).optional().describe('A sound of the caller that is no word.'),
    wait: seconds.optional().describe('Seconds for which the caller says nothing.'),
    over: z.boolean().optional().describe('Said while the agent is still speaking.'),
    voice: voice.optional().describe("Said by somebody else at the caller's telephone."),
    beside: z
      .strictObject({ say: words, voice })
      .optional()
      .describe('Somebody who speaks at the same time.'),
    hear: phrases
      .optional()
      .describe('What must be heard of the agent; " / " parts ways to say the same.'),
    never: phrases.optional().describe('What must not be heard.'),
    within: seconds
      .optional()
      .describe(`Seconds in which the answer begins; ${WITHIN} if not said.`),
    tool,
    agent: z.string().optional().describe('The agent that the caller must be handed over to.'),
    hangUp: z.boolean().optional().describe('The caller hangs up without waiting for an answer.'),
  })
  .refine(({ say, noise, wait, hear, hangUp }) => say || noise || wait || hear || hangUp, {
    message: 'must say, wait, make a noise, hear something or hang up',
  });

/** Most lines of a caller with a goal where it does not say how many: a call of some minutes. */
const LINES = 10;

const goal = z
  .strictObject({
    wants: z.string().trim().min(1).max(2_000).describe('What the caller wants, and knows.'),
    manner: words
      .optional()
      .describe('What the caller is like: in a hurry, forgetful, hard of hearing.'),
    lines: z.number().int().min(1).max(40).default(LINES).describe('Most lines the caller says.'),
    within: seconds
      .optional()
      .describe(`Seconds in which each answer begins; ${WITHIN} if not said.`),
    tool,
  })
  .describe('In place of a talk: a language model speaks for the caller.');

/** A rehearsal as it is written. */
const written = z.strictObject({
  $schema: z.string().optional(),
  title: words.max(80).describe('What happens, in a few words.'),
  agent: z.string().describe('Name of the agent that is called.'),
  caller: z
    .strictObject({
      voice: voice.default('rms'),
      speed: z.number().min(0.5).max(2).default(1).describe("1 is the voice's own speed."),
      pause: z.number().min(0.1).max(5).default(0.8).describe('Seconds of each "…".'),
      background: z.enum(BACKGROUNDS).default('quiet'),
      loudness: z.number().min(0.1).max(3).default(1).describe('1 is as loud as the agent.'),
      atOnce: z.boolean().default(false).describe('Speaks before the agent is there.'),
      badLine: z
        .strictObject({
          lostPercent: z.number().min(0).max(60).default(0),
          jitterMs: z.number().min(0).max(400).default(0),
        })
        .optional()
        .describe('Sound that is lost on the way, or comes late.'),
    })
    .prefault({}),
  talk: z.array(line).min(1).max(40).optional(),
  goal: goal.optional(),
  criteria: phrases
    .optional()
    .describe('What must be true of the call; a language model judges by what was heard.'),
  outcome: z.enum(OUTCOMES).optional().describe('What the call must come to.'),
});

/** The contract, checked: a caller has lines or a goal. */
export const rehearsal = written
  .refine(({ talk, goal }) => (talk === undefined) !== (goal === undefined), {
    message: 'must have either talk (lines) or goal',
  })
  .transform(({ talk = [], ...others }) => ({ ...others, talk }));

/** A rehearsal, with what was left out filled in. */
type Rehearsal = z.output<typeof rehearsal>;
export type RehearsalLine = Rehearsal['talk'][number];
export type RehearsalGoal = NonNullable<Rehearsal['goal']>;
export type RehearsalCaller = Rehearsal['caller'];

/** A rehearsal and the file it stands in. */
export interface FiledRehearsal extends Rehearsal {
  /** Name of its file, without the ending: no two have the same. */
  readonly name: string;
  /** Name of its folder in `rehearsals/`. */
  readonly group: string;
}
