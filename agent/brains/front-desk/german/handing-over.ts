// Hands the caller over to billing in German: the announcement, what the other is told, and what
// follows when nobody came.
import { findAgent } from '@/lib/catalogue';
import { notHandedOver } from '../../hand-over';
import type { Reading, Topic } from '../intents';
import { reply, type State, type Step, type World } from '../state';
import { answer, sayMade } from './answers';
import { list } from './say';

const BILLING = 'billing';
const PERSON = findAgent(BILLING)?.person ?? 'jemanden';
/** Asked for in the same breath, the talk goes on in a room of their own. */
const PRIVATE =
  /\b(?:privat|vertraulich|diskret|unter 4 augen|eigenen? (?:raum|leitung|gespraech))\b/;
/** In a message, a bill may be what it is about: then the caller must ask for a person. */
const ASKS_FOR_SOMEONE = /\b(?:sprechen|reden|verbinden|durchstellen|frank)\b/;

const ASKED: Partial<Record<Topic, string>> = {
  hours: 'den Öffnungszeiten',
  address: 'der Adresse',
  parking: 'Parkplätzen',
  phone: 'der Telefonnummer',
  services: 'den Leistungen',
  people: 'den Ärzten',
  price: 'einem Preis',
  mine: 'einem früheren Termin',
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

function summaryOf(state: State, reading: Reading, world: World): string {
  const { made, caller = reading.name } = state;
  const asked = askedSoFar(state, reading);
  return [
    `${caller ?? 'Jemand'} hat eine Frage an die Abrechnung.`,
    `In eigenen Worten: ${reading.heard.replace(/(?<![.!?])$/, '.')}`,
    ...(made
      ? [`${made.earlier ? 'Termin' : 'In diesem Anruf gebucht'}: ${sayMade(made, world)}.`]
      : []),
    ...(asked.length > 0 ? [`Gefragt wurde nach ${list(asked)}.`] : []),
  ].join(' ');
}

/** Announces the other and asks for it, in one step. */
export function startHandOver(state: State, reading: Reading, world: World): Step {
  const { form } = state;
  const dropped = {
    booking: 'Gebucht habe ich noch nichts.',
    message: 'Die Nachricht habe ich nicht weitergegeben.',
    seek: 'An Ihrem Termin habe ich noch nichts geändert.',
  };
  const newRoom = PRIVATE.test(reading.plain) || undefined;
  const caller = state.caller ?? reading.name;
  return {
    say: [
      ...(form ? [dropped[form.kind]] : []),
      `Ich hole ${PERSON} von der Abrechnung${newRoom ? ', in einen eigenen Raum' : ''}.`,
      'Einen Moment, bitte.',
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
  return { say: [...said, 'Einen Moment, bitte.'], state };
}

/** Nothing more to say where the other came; else a message is offered. */
export function toldHandOver(state: State, output: unknown, failed: boolean): Step {
  if (!failed && !notHandedOver.safeParse(output).success) {
    return { say: [], state: { ...state, handing: 'done' } };
  }
  return reply(
    { ...state, handing: undefined, missed: BILLING },
    'offerMessage',
    'Es tut mir leid, von der Abrechnung ist gerade niemand frei.',
    'Soll ich eine Nachricht aufnehmen?',
  );
}
