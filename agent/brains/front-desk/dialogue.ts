// The front desk's conversation in English: what is made of what the caller said.
import { answer } from './answers';
import { handleBooking } from './booking-answers';
import { deskFailed, toldBooking, toldCancel, toldFreeTimes } from './booking-results';
import { chat, isThere } from './chat';
import { advise, afterEmergency } from './emergency';
import { questionsIn, spokenOf } from './follow-up';
import { dialogueIn } from './frame';
import { handing } from './handing-over-words';
import { type Reading, read } from './intents';
import { isQuestion, lostReply, SORRY, silent } from './lost';
import { handleMessage, toldMessage } from './message';
import { askAgain, goodbye, MORE, open } from './open';
import { seek } from './seek-words';
import { courtesy } from './small-talk';
import { type Asked, reply, type State, type Step, type World } from './state';
import { plain } from './words';

const CORRECTS_TIME =
  /^(?:(?:no|or|oh|ok|then|wait|sorry|actually|at|make it|rather|i meant?) )*\d{1,2}(?: (?:would|is|works|please|then)\b.*)?$|^(?:no|or|wait|sorry|actually|make it|i meant?)\b/;
/** What is left of an utterance once it is answered. */
const NOTHING_MORE = { heard: '', when: {}, found: {}, service: undefined, name: undefined };
/** Takes back a message that was asked for. */
const RATHER = /^(?:no|actually|wait)\b|\b(?:rather|instead)\b/;
const CONFIRMED: readonly Asked[] = ['confirm', 'messageConfirm', 'cancel'];

function inForm(state: State, reading: Reading, world: World): Step | undefined {
  const { form } = state;
  if (form?.kind === 'message') return handleMessage(state, form, reading);
  if (form?.kind === 'booking') return handleBooking(state, form, reading, world);
  if (form?.kind === 'seek') return seek.handle(state, form, reading);
  return undefined;
}

/** What is dealt with before anything else, whatever was asked. */
function atOnce(state: State, reading: Reading, world: World): Step | undefined {
  const { form } = state;
  const { wants, questions } = reading;
  const short = reading.plain.split(' ').length <= 4;
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
  const leaves = reading.done && form?.kind === 'booking' && state.asked !== 'confirm';
  const declines = reading.declined && reading.courtesies.includes('thanks');
  const thanked = declines && !form;
  // "Yes, and goodbye" first has done what was asked.
  const confirms = reading.yes && CONFIRMED.includes(state.asked);
  const ends = (reading.bye && !confirms) || leaves || thanked || (reading.done && !form);
  if (ends && questions.length === 0 && (wants.length === 0 || short)) return goodbye(state);
  const drops = declines && form?.kind === 'booking' && state.asked !== 'confirm';
  // "Stop. What is your address?" interrupts what is being said; it gives up nothing.
  const stops = wants.includes('stop') && questions.length === 0;
  const takenBack = wants.includes('cancel') && form?.kind !== 'seek';
  if (form && (drops || stops || takenBack)) {
    const kept = form.kind === 'booking' && form.replaces;
    const said = kept ? "I'll leave it as it is." : 'No problem.';
    return reply({ ...state, form: undefined }, 'more', said, MORE);
  }
  if (stops) return reply(state, 'more', 'No problem.', MORE);
  return undefined;
}

function decide(before: State, heard: Reading, world: World): Step {
  const step = atOnce(before, heard, world);
  if (step) return step;
  const questions = questionsIn(before, heard, world);
  // "And on Sunday?" after the hours asks for them, and wishes for nothing.
  const leans = heard.questions.length === 0 && questions.length > 0;
  const reading = leans ? { ...heard, ...NOTHING_MORE } : heard;
  const made = spokenOf(before, world);
  const answers = questions.slice(0, 2).map((question) => answer(question, world, made));
  const asked = answers.at(-1)?.asked;
  const about = questions.find(({ service, found, when }) => service ?? found.person ?? when.day);
  const mentioned = about && {
    service: about.service?.name,
    person: about.found.person?.name,
    day: about.when.day,
  };
  const question = questions.at(-1);
  const state = { ...before, mentioned: mentioned ?? before.mentioned, question };
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
  const first = answers.flatMap(({ say }) =>
    say.slice(0, next || form || answers.length > 1 ? 1 : undefined),
  );
  const said = form ? first.filter((sentence) => !sentence.endsWith('?')) : first;
  if (next) return { ...next, say: [...said, ...next.say] };
  if (said.length > 0) {
    if (form) return { say: [...said, ...askAgain(state)], state };
    if (asked) return reply(state, asked, ...said);
    const brief = said.length === 1 && !state.last.includes(MORE);
    return reply(state, 'more', ...said, ...(brief ? [MORE] : []));
  }
  const pending = askAgain(state);
  return (
    (state.urgent && !form ? afterEmergency(state, reading, world) : undefined) ??
    chat(state, reading, pending) ??
    courtesy(state, reading, pending) ??
    lostReply(state, reading, pending)
  );
}

/** Who speaks into the goodbye is answered if there is something to answer, else seen off again. */
function afterGoodbye(state: State, reading: Reading, world: World): Step {
  const back: State = { ...state, over: false, asked: 'more' };
  const step = decide(back, reading, world);
  const asks = reading.questions.length + reading.wants.length > 0;
  const short = reading.plain.split(' ').length <= 3;
  const nothingNew =
    (step.state.lost > state.lost && short) ||
    (reading.courtesies.length > 0 && !asks) ||
    reading.repeat;
  return nothingNew && !step.use ? goodbye(back) : step;
}

/** See `frame.ts`. */
export const { hear, told } = dialogueIn({
  read: (heard, { practice, clock }, bare) => read(heard, practice, clock, bare),
  correctsTime: (heard) => CORRECTS_TIME.test(plain(heard)),
  othersName: /\b(?:his|her|their) name\b/i,
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
