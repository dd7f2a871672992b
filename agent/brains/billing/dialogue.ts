// The conversation of billing as pure functions over the front desk's: its reading of what was said,
// its messages and its manners, with other questions and answers.
import type { ToolUse } from '../conversation';
import { deskFailed } from '../front-desk/booking-results';
import { chat, isThere } from '../front-desk/chat';
import { advise, afterEmergency } from '../front-desk/emergency';
import { type Reading, read, type Want } from '../front-desk/intents';
import { type Guide, lostReply, SORRY, silent } from '../front-desk/lost';
import { handleMessage, offeredMessage, startMessage, toldMessage } from '../front-desk/message';
import { withDigits } from '../front-desk/names';
import { courtesy } from '../front-desk/small-talk';
import {
  type Asked,
  type State as DeskState,
  type Step as DeskStep,
  reply,
  type World,
} from '../front-desk/state';
import { ABILITIES, type Answer, answer, WITHOUT_NUMBER } from './answers';
import { answersTo } from './asked';
import type { State, Step } from './state';
import { readInvoice } from './topics';

const MORE = 'Is there anything else?';
const GUIDE: Guide = {
  can: ABILITIES,
  example: 'You could say, for example, how can I pay, or, what does a blood test cost?',
  ask: 'Ask me how to pay, or what something costs.',
};
function goodbye(desk: DeskState): DeskStep {
  return {
    say: ['Thank you for calling.', 'Goodbye.'],
    use: { name: 'endCall', args: {} },
    state: { ...desk, form: undefined, over: true },
  };
}

function askAgain({ last }: DeskState): string[] {
  const question = last.at(-1);
  return question?.endsWith('?') ? [question] : [];
}

/** What is dealt with before anything else, whatever was asked. */
function atOnce(
  desk: DeskState,
  reading: Reading,
  world: World,
  asks: boolean,
): DeskStep | undefined {
  const { form } = desk;
  const { wants } = reading;
  if (reading.emergency) {
    const advice = advise(world, desk.urgent === true);
    return { say: [advice, ...(form ? askAgain(desk) : [])], state: { ...desk, urgent: true } };
  }
  if (!reading.plain) return silent(desk, askAgain(desk));
  if (isThere(reading)) return chat(desk, reading, askAgain(desk));
  const gives = reading.no || wants.includes('stop') || reading.bye || reading.repeat;
  if (desk.asked === 'messageText' && form?.kind === 'message' && !gives) {
    return handleMessage(desk, form, reading);
  }
  if (asks) return undefined;
  if (reading.repeat && desk.last.length > 0) return { say: desk.last, state: desk, again: true };
  // To an offer, "no thanks" says no, not goodbye.
  const declines =
    reading.no && reading.courtesies.includes('thanks') && desk.asked !== 'offerMessage';
  if (reading.bye || ((reading.done || declines) && !form)) return goodbye(desk);
  if (wants.includes('stop') || (form && (declines || wants.includes('cancel')))) {
    return reply({ ...desk, form: undefined }, 'more', 'No problem.', MORE);
  }
  return undefined;
}

/** What follows from a short answer to what was asked last. */
function shortAnswer(state: State, reading: Reading): DeskStep | undefined {
  const { desk } = state;
  const { agreed, no } = reading;
  if (desk.asked === 'offerMessage') {
    if (agreed) return offeredMessage(desk, { to: 'the billing office', text: state.offers });
    if (no) return reply(desk, 'more', 'All right.', MORE);
  }
  if (desk.asked === 'more' && no) return goodbye(desk);
  if (desk.asked === 'help' && no)
    return reply(desk, 'help', 'All right.', 'What can I do for you?');
  return undefined;
}

/** The answer as a step: what it asks or offers is what comes next. */
function answered(state: State, answers: readonly Answer[]): Step {
  const last = answers.at(-1);
  const say = answers.flatMap((one) => one.say);
  const ends: Asked = last?.offers ? 'offerMessage' : last?.asks ? 'help' : 'more';
  const more = ends === 'more' && answers.length === 1 && !state.desk.last.includes(MORE);
  return {
    say: more ? [...say, MORE] : say,
    state: {
      ...state,
      desk: { ...state.desk, asked: ends },
      asksInvoice: last?.asks === 'invoice',
      offers: last?.offers,
    },
  };
}

/** The number was asked for, and neither it nor anything else was understood. */
function askInvoiceAgain(desk: DeskState): DeskStep | undefined {
  const again = [
    'What is the number of the invoice, digit by digit?',
    'Say no if you do not have it at hand.',
  ][desk.lost];
  const sorry = SORRY[desk.lost];
  return again && sorry
    ? { say: [sorry, again], state: { ...desk, lost: desk.lost + 1 } }
    : undefined;
}

/** What is asked of the front desk. */
const FOR_DESK: readonly Want[] = ['booking', 'cancel', 'change'];

function notHere(desk: DeskState): DeskStep {
  const text = 'Shall I take a message, so that they call you back?';
  const open = { ...desk, form: undefined };
  return reply(open, 'offerMessage', 'The front desk does that, not billing.', text);
}

function decide(before: State, reading: Reading, world: World): Step {
  // Nothing but digits is the number of an invoice, unless a telephone number was asked for.
  const digits = /^(?:no )?[\d ]+$/.test(withDigits(reading.heard)) && !before.desk.form;
  const asked = before.asksInvoice || digits;
  const invoice = readInvoice(reading.heard, asked) ?? before.invoice;
  const state: State = { ...before, invoice, asksInvoice: false };
  const { desk } = state;
  const then = (step: DeskStep): Step => ({ ...step, state: { ...state, desk: step.state } });
  const answers = answersTo(state, reading, world);
  const first = atOnce(desk, reading, world, answers.length > 0);
  if (first) return then(first);
  const { wants } = reading;
  const { form } = desk;
  const said = answers.flatMap(({ say }) => say);
  if (form?.kind === 'message') {
    const next = handleMessage(desk, form, reading);
    if (next) return then(next);
    if (said.length > 0) return then({ say: [...said, ...askAgain(desk)], state: desk });
    if (wants.some((want) => FOR_DESK.includes(want))) return then(notHere(desk));
  } else {
    if (wants.includes('message')) return then(startMessage(desk, reading));
    const given = asked && invoice !== before.invoice;
    if (given) return answered(state, [answer('bill', { ...world, brief: state.brief, invoice })]);
    if (answers.length > 0) return answered(state, answers);
    const without = reading.no || /\b(?:don't|do not|not|haven't|lost)\b/.test(reading.plain);
    if (before.asksInvoice && without) return answered(state, [WITHOUT_NUMBER]);
    const short = shortAnswer(state, reading);
    if (short) return then(short);
    const forDesk = wants.some((want) => FOR_DESK.includes(want));
    if (forDesk || reading.questions.length > 0) return then(notHere(desk));
    if (reading.service) {
      return answered(state, [
        answer('price', { ...world, brief: state.brief, service: reading.service }),
      ]);
    }
    if (wants.includes('handover')) {
      return then(
        reply(desk, 'help', "You're through to billing.", 'What would you like to know?'),
      );
    }
  }
  const lost = before.asksInvoice ? askInvoiceAgain(desk) : undefined;
  if (lost) return { ...lost, state: { ...state, desk: lost.state, asksInvoice: true } };
  const open = askAgain(desk);
  return then(
    (desk.urgent && !form ? afterEmergency(desk, reading, world) : undefined) ??
      chat(desk, reading, open) ??
      courtesy(desk, reading, open) ??
      lostReply(desk, reading, open, GUIDE),
  );
}

/** One step of the conversation: what the caller said. */
export function hear(state: State, heard: string, world: World): Step {
  const reading = read(heard, world.practice, world.clock);
  const { desk } = state;
  const back: State = desk.over
    ? { ...state, desk: { ...desk, over: false, asked: 'more' } }
    : state;
  const taken = decide(back, reading, world);
  // Who speaks into the goodbye is answered if there is something to answer, else seen off again.
  const asks = reading.wants.length > 0 || answersTo(state, reading, world).length > 0;
  const lost = taken.state.desk.lost > desk.lost;
  const idle = lost || reading.repeat || (reading.courtesies.length > 0 && !asks);
  const step: Step =
    desk.over && idle && !taken.use
      ? { ...goodbye(back.desk), state: { ...back, desk: goodbye(back.desk).state } }
      : taken;
  const next = step.state.desk;
  const understood = next.lost <= desk.lost && !(reading.repeat && step.say === desk.last);
  return {
    ...step,
    lost: next.lost > desk.lost,
    state: {
      ...step.state,
      desk: {
        ...next,
        caller: next.caller ?? (next.form ? undefined : reading.name),
        lost: understood ? 0 : next.lost,
        last: step.say.length > 0 ? step.say.filter((one) => !SORRY.includes(one)) : desk.last,
      },
    },
  };
}

/** One step of the conversation: what a tool answered. */
export function told(state: State, use: ToolUse, failed: boolean): Step {
  const { desk } = state;
  const { form } = desk;
  if (use.name !== 'takeMessage' || form?.kind !== 'message') return { say: [], state };
  const step = failed ? deskFailed(desk) : toldMessage(desk, form);
  return { ...step, state: { ...state, desk: { ...step.state, last: step.say } } };
}
