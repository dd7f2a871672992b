// The front desk's conversation in German as two pure functions, over the same state, tools and
// diary as the English one: one for what the caller said, one for what a tool answered.
import type { ToolUse } from '../../conversation';
import { spokenOf } from '../follow-up';
import type { Question, Reading } from '../intents';
import { type Asked, reply, type State, type Step, type World } from '../state';
import { answer } from './answers';
import { handleBooking } from './booking';
import { deskFailed, MORE, toldBooking, toldCancel, toldFreeTimes } from './booking-results';
import { advise, afterEmergency, isOver, isSeenTo } from './emergency';
import {
  askedSoFar,
  startHandOver,
  toldHandOver,
  wantsHandOver,
  whileHanding,
} from './handing-over';
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
const NUMBER_ASKED: readonly Asked[] = ['time', 'confirm', 'what', 'seekTime'];
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
  const next = wantsHandOver(state, reading)
    ? startHandOver(state, reading, world)
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

/** One step of the conversation: what the caller said. */
export function hear(state: State, heard: string, world: World): Step {
  // "Nein, vier", while the name is asked for, still speaks of the time.
  const corrects = state.asked === 'name' && CORRECTS_TIME.test(plain(heard));
  const bare = corrects || NUMBER_ASKED.includes(state.asked);
  const reading = read(heard, world.practice, world.clock, bare);
  const waits = state.handing === 'done' || !(reading.bye || reading.emergency);
  const step = state.over
    ? afterGoodbye(state, reading, world)
    : state.handing && waits
      ? whileHanding(state, reading, world)
      : decide(state, reading, world);
  const understood = step.state.lost <= state.lost && !step.again;
  const caller = step.state.caller ?? (step.state.form ? undefined : reading.name);
  return {
    ...step,
    state: {
      ...step.state,
      caller,
      askedAbout: askedSoFar(state, reading),
      missed: step.state.asked === 'offerMessage' ? step.state.missed : undefined,
      lost: understood ? 0 : step.state.lost,
      last: step.say.length > 0 ? step.say.filter((said) => !SORRY.includes(said)) : state.last,
    },
  };
}

/** One step of the conversation: what a tool answered. */
export function told(
  state: State,
  use: ToolUse,
  output: unknown,
  failed: boolean,
  world: World,
): Step {
  const { form } = state;
  const result = ((): Step => {
    if (use.name === 'handOver') return toldHandOver(state, output, failed);
    if (use.name === 'endCall' && !failed) return { say: [], state };
    if (failed) return deskFailed(state);
    if (use.name === 'takeMessage' && form?.kind === 'message') return toldMessage(state, form);
    if (use.name === 'cancelAppointment') return toldCancel(state, output);
    if (use.name === 'findAppointment' && form?.kind === 'seek') {
      return seek.told(state, form, output, world);
    }
    if (form?.kind !== 'booking') return { say: [], state };
    if (use.name === 'findFreeTimes') return toldFreeTimes(state, form, output, world);
    if (use.name === 'bookAppointment') return toldBooking(state, form, output, world);
    return { say: [], state };
  })();
  return {
    ...result,
    state: { ...result.state, last: result.say.length > 0 ? result.say : state.last },
  };
}
