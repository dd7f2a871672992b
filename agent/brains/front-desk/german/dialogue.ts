// The front desk's conversation in German, over the same state, tools and diary as the English one: what is
// made of what the caller said.
import { spokenOf } from '../follow-up';
import { dialogueIn } from '../frame';
import type { Question, Reading } from '../intents';
import { type Asked, reply, type State, type Step, type World } from '../state';
import { answer } from './answers';
import { handleBooking } from './booking';
import { deskFailed, MORE, toldBooking, toldCancel, toldFreeTimes } from './booking-results';
import { advise, afterEmergency, isOver, isSeenTo } from './emergency';
import { handing } from './handing-over-words';
import { read } from './intents';
import { isQuestion, lostReply, SORRY, silent } from './lost';
import { handleMessage, toldMessage } from './message';
import { askAgain, goodbye, open } from './open';
import { plain } from './plain';
import { seek } from './seek-words';
import { chat, courtesy, isBeside, isThere } from './small-talk';
import { SYMPTOMS } from './wants';

const CORRECTS_TIME = /^(?:nein|nee|halt|moment|ach|doch|oder|lieber|um|gegen)\b/;
const CONFIRMED: readonly Asked[] = ['confirm', 'messageConfirm', 'cancel', 'proposal'];
/** Takes back a message that was asked for. */
const RATHER = /^(?:nein|nee|halt|ach)\b|\b(?:lieber|stattdessen|doch)\b/;

/** Begins an utterance that asks the last question anew, about another day, person or service. */
const LEANS = /^(?:und|aber|oder|dann)\b/;
const CARRIED = new Set(['hours', 'people', 'price', 'services']);

/** What is asked, with what it leans on put in. */
function questionsIn(state: State, reading: Reading, world: World): readonly Question[] {
  const { questions, wants, when, found, service } = reading;
  const before = state.question;
  if (questions.length > 0) {
    // "Wie lange dauert das?" asks about what is being booked, or was spoken of.
    const spoken = state.form?.kind === 'booking' ? state.form.service : state.mentioned?.service;
    const about = world.practice.services.find(({ name }) => name === spoken);
    // "Wann ist sie da?" about who was named before.
    const named = (state.form?.kind === 'booking' && state.form.person) || state.mentioned?.person;
    const person = world.practice.people.find(({ name }) => name === named);
    return questions.map((one) => {
      const its = one.topic === 'price' && /\b(?:das|die|der|es|sie)$/.test(one.plain);
      if (its || (one.topic === 'services' && /\bwie lange\b/.test(one.plain))) {
        return { ...one, service: one.service ?? about };
      }
      const meant = one.topic === 'people' && /\b(?:er|sie) /.test(one.plain) && person;
      return meant && !one.found.person ? { ...one, found: { person } } : one;
    });
  }
  if (!before || wants.length > 0) return [];
  const leans = LEANS.test(reading.plain) || reading.heard.endsWith('?');
  const names = when.day !== undefined || found.person !== undefined || service !== undefined;
  if (!leans || !names || when.at !== undefined || !CARRIED.has(before.topic)) return [];
  // Within a form, a day belongs to it, unless the hours were just asked for.
  if (state.form && before.topic !== 'hours') return [];
  return [
    { ...before, when: when.day ? when : before.when, found, service: service ?? before.service },
  ];
}

function inForm(state: State, reading: Reading, world: World): Step | undefined {
  const { form } = state;
  const named = ['name', 'messageFrom', 'seekName'].includes(state.asked);
  if (named && !reading.name && isBeside(reading)) return undefined;
  if (form?.kind === 'message') return handleMessage(state, form, reading);
  if (form?.kind === 'booking') return handleBooking(state, form, reading, world);
  if (form?.kind === 'seek') return seek.handle(state, form, reading);
  return undefined;
}

/** What is dealt with before anything else, whatever was asked. */
function atOnce(state: State, reading: Reading, world: World): Step | undefined {
  const { form } = state;
  const { wants, questions } = reading;
  const short = reading.plain.split(' ').length <= 5;
  if (state.urgent && reading.emergency && isSeenTo(reading)) {
    return afterEmergency(state, reading, world, askAgain(state));
  }
  if (reading.emergency) {
    const advice = advise(world, state.urgent === true);
    return { say: [advice, ...(form ? askAgain(state) : [])], state: { ...state, urgent: true } };
  }
  if (!reading.plain) return silent(state, askAgain(state));
  if (isThere(reading)) return chat(state, reading, askAgain(state));
  // A message is taken as it is dictated, whatever it speaks of.
  const rather = wants.includes('booking') && RATHER.test(reading.plain);
  if (state.asked === 'messageText' && !short && !rather) return inForm(state, reading, world);
  if (reading.repeat && questions.length === 0 && state.last.length > 0) {
    return { say: state.last, state, again: true };
  }
  // "Ja, und auf Wiederhören" first has done what was asked.
  const confirms = reading.yes && CONFIRMED.includes(state.asked);
  const thanked = reading.declined && reading.courtesies.includes('thanks');
  const offered = state.asked === 'offerMessage' || state.asked === 'offerBooking';
  const leaves =
    (reading.done || (thanked && !offered)) && (!form || (form.kind === 'booking' && reading.done));
  const declinesMore = state.asked === 'more' && reading.declined && short && wants.length === 0;
  const ends =
    ((reading.bye || leaves) && !confirms) ||
    (declinesMore && /^(?:nein|nee|noe)$/.test(reading.plain));
  if (ends && questions.length === 0 && (wants.length === 0 || short)) return goodbye(state);
  const stops = wants.includes('stop') && questions.length === 0;
  const drops = thanked && form?.kind === 'booking' && state.asked !== 'confirm';
  const takenBack = wants.includes('cancel') && form?.kind !== 'seek';
  if (form && (drops || stops || takenBack)) {
    const kept = form.kind === 'booking' && form.replaces;
    const said = kept ? 'Dann lasse ich alles, wie es ist.' : 'Kein Problem.';
    return reply({ ...state, form: undefined }, 'more', said, MORE);
  }
  return stops ? reply(state, 'more', 'Kein Problem.', MORE) : undefined;
}

function decide(before: State, heard: Reading, world: World): Step {
  const step = atOnce(before, heard, world);
  if (step) return step;
  const questions = questionsIn(before, heard, world);
  // "Und am Sonntag?" after the hours asks for them, and wishes for nothing.
  const leans = heard.questions.length === 0 && questions.length > 0;
  const reading: Reading = leans
    ? { ...heard, heard: '', when: {}, found: {}, service: undefined, name: undefined }
    : heard;
  const made = spokenOf(before, world);
  const answers = questions.slice(0, 2).map((question) => answer(question, world, made));
  const asked = answers.at(-1)?.asked;
  const about = questions.find(({ service, found, when }) => service ?? found.person ?? when.day);
  const mentioned = about
    ? { service: about.service?.name, person: about.found.person?.name, day: about.when.day }
    : before.mentioned;
  const state: State = { ...before, mentioned, question: questions.at(-1) };
  const { form } = state;
  if (state.urgent && !form && questions.length === 0 && isQuestion(reading)) {
    return afterEmergency(state, reading, world);
  }
  const other = form?.kind === 'booking' ? 'message' : 'booking';
  const switches =
    form?.kind === 'seek' ? seek.leaves(reading) : form && reading.wants.includes(other);
  const next = handing.wanted(state, reading)
    ? handing.start(state, reading, world)
    : form && !switches
      ? inForm(state, reading, world)
      : open({ ...state, form: undefined }, reading, world);
  // Beside what comes next, an answer is its first sentence.
  const only = next || form || answers.length > 1 ? 1 : undefined;
  const first = answers.flatMap(({ say }) => say.slice(0, only));
  if (next) return { ...next, say: [...first, ...next.say] };
  const pending = askAgain(state);
  if (first.length > 0) {
    if (form) return { say: [...first, ...pending], state };
    if (asked && answers.length === 1) return reply(state, asked, ...first);
    return reply(state, 'more', ...first, ...(first.length < 3 ? [MORE] : []));
  }
  // "Ich habe solche Schmerzen", while an appointment is being made.
  if (form?.kind === 'booking' && reading.wants.includes('booking') && pending.length > 0) {
    const ill = SYMPTOMS.test(reading.plain);
    return reply(state, state.asked, ill ? 'Das tut mir leid.' : 'Gern.', ...pending);
  }
  return (
    (state.urgent && (!form || isOver(reading))
      ? afterEmergency(state, reading, world, pending)
      : undefined) ??
    chat(state, reading, pending) ??
    courtesy(state, reading, pending) ??
    lostReply(state, reading, pending)
  );
}

/** Who speaks into the goodbye is answered if there is something to answer, else seen off again. */
function afterGoodbye(state: State, reading: Reading, world: World): Step {
  const back: State = { ...state, over: false, asked: 'more' };
  const asks = reading.questions.length + reading.wants.length > 0 || reading.emergency;
  const holds = reading.courtesies.includes('wait') || /^(?:halt|noch|ach)\b/.test(reading.plain);
  return asks || holds ? decide(back, reading, world) : goodbye(back);
}

/** See `../frame.ts`. */
export const { hear, told } = dialogueIn({
  read: (heard, { practice, clock }, bare) => read(heard, practice, clock, bare),
  correctsTime: (heard) => CORRECTS_TIME.test(plain(heard)),
  othersName: /\b(?:sein|ihr|deren) name\b/i,
  sorry: SORRY,
  decide,
  afterGoodbye,
  handing,
  seek,
  deskFailed,
  toldMessage,
  toldCancel,
  toldFreeTimes,
  toldBooking,
});
