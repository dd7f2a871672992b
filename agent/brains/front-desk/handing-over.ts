// Hands the caller over to billing: the announcement, what the other is told, and what follows when nobody
// came. The same in every language; the words are each one's own.
import { findAgent } from '@/lib/catalogue';
import { notHandedOver } from '../hand-over';
import type { Question, Reading, Topic } from './intents';
import { type Made, reply, type State, type Step, type World } from './state';

const BILLING = 'billing';
const PERSON = findAgent(BILLING)?.person;

/** What the other is told. */
interface Told {
  readonly caller: string | undefined;
  /** The caller's own words. */
  readonly heard: string;
  /** What was done in this call. */
  readonly made: Made | undefined;
  /** What was asked before, in words. */
  readonly asked: readonly string[];
}

/** What one language has of its own. */
export interface HandOverWords {
  /** Asked for in the same breath, the talk goes on in a room of their own. */
  readonly alone: RegExp;
  /** In a message, a bill may be what it is about: then the caller must ask for a person. */
  readonly asksForSomeone: RegExp;
  /** What was asked, as the other is told it. */
  readonly asked: Partial<Record<Topic, string>>;
  /** What was open is told to be so. */
  readonly dropped: Readonly<Record<NonNullable<State['form']>['kind'], string>>;
  readonly wait: string;
  readonly nobodyFree: readonly [string, string];
  announced(person: string | undefined, alone: boolean): string;
  summary(told: Told, world: World): readonly string[];
  answer(question: Question, world: World, made: Made | undefined): { say: readonly string[] };
}

/** What hands over, in one language. */
export interface HandingOver {
  /** What the caller has asked about so far, in words, each once. */
  askedSoFar(state: State, reading: Reading): readonly string[];
  /** Whether the caller is to be handed over now, whatever was open. */
  wanted(state: State, reading: Reading): boolean;
  /** Announces the other and asks for it, in one step. */
  start(state: State, reading: Reading, world: World): Step;
  /** What is said while the other is on the way: a question is answered, all else must wait. */
  meanwhile(state: State, reading: Reading, world: World): Step;
  /** Nothing more to say where the other came; else a message is offered. */
  told(state: State, output: unknown, failed: boolean): Step;
}

/** Hands over in the words of one language. */
export function handingOver(words: HandOverWords): HandingOver {
  function askedSoFar(state: State, reading: Reading): readonly string[] {
    const now = reading.questions.flatMap(({ topic }) => words.asked[topic] ?? []);
    return [...new Set([...(state.askedAbout ?? []), ...now])];
  }
  return {
    askedSoFar,
    wanted(state, reading) {
      if (!reading.wants.includes('handover')) return false;
      if (state.form?.kind === 'message') {
        return state.asked !== 'messageText' && words.asksForSomeone.test(reading.plain);
      }
      // A yes to the appointment comes first; the bill can wait for the next sentence.
      return !(state.asked === 'confirm' && reading.yes);
    },
    start(state, reading, world) {
      const { form, made } = state;
      const newRoom = words.alone.test(reading.plain) || undefined;
      const caller = state.caller ?? reading.name;
      const asked = askedSoFar(state, reading);
      const summary = words.summary({ caller, heard: reading.heard, made, asked }, world).join(' ');
      return {
        say: [
          ...(form ? [words.dropped[form.kind]] : []),
          words.announced(PERSON, newRoom === true),
          words.wait,
        ],
        use: { name: 'handOver', args: { to: BILLING, summary, caller, newRoom } },
        state: { ...state, form: undefined, caller, handing: 'asked' },
      };
    },
    meanwhile(state, reading, world) {
      // The word is the other's.
      if (state.handing === 'done') return { say: [], state };
      const said = reading.questions
        .filter(({ topic }) => topic !== 'price' && topic !== 'services')
        .flatMap((question) => words.answer(question, world, state.made).say);
      return { say: [...said, words.wait], state };
    },
    told(state, output, failed) {
      if (!failed && !notHandedOver.safeParse(output).success) {
        return { say: [], state: { ...state, handing: 'done' } };
      }
      const without = { ...state, handing: undefined, missed: BILLING };
      return reply(without, 'offerMessage', ...words.nobodyFree);
    },
  };
}
