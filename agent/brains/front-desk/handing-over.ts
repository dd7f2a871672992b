// Hands the caller over to billing: the announcement, what the other is told, and what follows when
// nobody came.
import { findAgent } from '@/lib/catalogue';
import { notHandedOver } from '../hand-over';
import { answer, sayMade } from './answers';
import type { Reading, Topic } from './intents';
import { list } from './say';
import { reply, type State, type Step, type World } from './state';

const BILLING = 'billing';
const PERSON = findAgent(BILLING)?.person ?? 'someone';

/** Asked for in the same breath, the talk goes on in a room of their own. */
const PRIVATE =
  /\b(?:private(?:ly)?|privacy|confidential(?:ly)?|(?:separate|different|another|own|other) (?:room|call|line))\b/;

/** In a message, a bill may be what it is about: then the caller must ask for a person. */
const ASKS_FOR_SOMEONE = /\b(?:speak|speaking|talk|talking|put me|through|transfer|connect)\b/;

/** What was asked, as the other is told it. */
const ASKED: Partial<Record<Topic, string>> = {
  hours: 'the opening hours',
  address: 'the address',
  parking: 'parking',
  phone: 'the telephone number',
  services: 'the services',
  people: 'who works here',
  price: 'a price',
  mine: 'an appointment made earlier',
};

/** What the caller has asked about so far, in words, each once. */
export function askedSoFar(state: State, reading: Reading): readonly string[] {
  const now = reading.questions.flatMap(({ topic }) => ASKED[topic] ?? []);
  return [...new Set([...(state.askedAbout ?? []), ...now])];
}

/** Whether the caller is to be handed over now, whatever was open. */
export function wantsHandOver(state: State, reading: Reading): boolean {
  if (!reading.wants.includes('handover')) return false;
  if (state.form?.kind === 'message') {
    return state.asked !== 'messageText' && ASKS_FOR_SOMEONE.test(reading.plain);
  }
  // A yes to the appointment comes first; the bill can wait for the next sentence.
  return !(state.asked === 'confirm' && reading.yes);
}

/** What the other is told: who, what they want in their own words, and what was done in this call. */
function summaryOf(state: State, reading: Reading, world: World): string {
  const { made, caller = reading.name } = state;
  const asked = askedSoFar(state, reading);
  return [
    `${caller ?? 'The caller'} has a question for billing.`,
    `Their words: ${reading.heard}`,
    ...(made
      ? [`${made.earlier ? 'They have' : 'In this call they booked'} ${sayMade(made, world)}.`]
      : []),
    ...(asked.length > 0 ? [`They asked about ${list(asked)}.`] : []),
  ].join(' ');
}

/** Announces the other and asks for it, in one step. */
export function startHandOver(state: State, reading: Reading, world: World): Step {
  const { form } = state;
  const dropped = {
    booking: "I haven't booked anything yet.",
    message: "I haven't passed the message on.",
    seek: "I haven't changed your appointment yet.",
  };
  const newRoom = PRIVATE.test(reading.plain) || undefined;
  const caller = state.caller ?? reading.name;
  const where = newRoom ? ', in a room of your own' : '';
  return {
    say: [
      ...(form ? [dropped[form.kind]] : []),
      `Let me get ${PERSON} from billing${where}.`,
      'One moment, please.',
    ],
    use: {
      name: 'handOver',
      args: { to: BILLING, summary: summaryOf(state, reading, world), caller, newRoom },
    },
    state: { ...state, form: undefined, caller, handing: 'asked' },
  };
}

/** What is said while the other is on the way: a question is answered, all else must wait. */
export function whileHanding(state: State, reading: Reading, world: World): Step {
  // The word is the other's.
  if (state.handing === 'done') return { say: [], state };
  const said = reading.questions
    .filter(({ topic }) => topic !== 'price' && topic !== 'services')
    .flatMap((question) => answer(question, world, state.made).say);
  return { say: [...said, 'One moment, please.'], state };
}

/** Nothing more to say where the other came; else a message is offered. */
export function toldHandOver(state: State, output: unknown, failed: boolean): Step {
  if (!failed && !notHandedOver.safeParse(output).success) {
    return { say: [], state: { ...state, handing: 'done' } };
  }
  return reply(
    { ...state, handing: undefined, missed: BILLING },
    'offerMessage',
    "I'm sorry, nobody from billing is free right now.",
    'Shall I take a message?',
  );
}
