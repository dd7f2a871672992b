// The conversation of billing in German, over the German front desk's reading and messages: fewer turns
// of phrase than the English one has, and as few dead ends.
import type { ToolUse } from '../../conversation';
import { answer as answerDesk } from '../../front-desk/german/answers';
import { deskFailed, MORE } from '../../front-desk/german/booking-results';
import { advise, afterEmergency } from '../../front-desk/german/emergency';
import { findService } from '../../front-desk/german/facts';
import { read } from '../../front-desk/german/intents';
import { handleMessage, startMessage, toldMessage } from '../../front-desk/german/message';
import { clauses, plain } from '../../front-desk/german/plain';
import type { Reading } from '../../front-desk/intents';
import {
  type Asked,
  type State as DeskState,
  type Step as DeskStep,
  reply,
  type World,
} from '../../front-desk/state';
import type { Answer } from '../answers';
import type { State, Step } from '../state';
import { answer, WITHOUT_NUMBER } from './answers';
import { courtesy, lostReply, notHere } from './manners';
import { billingTopic, readInvoice } from './topics';

/** Who the messages are for: read back, and shown beside them. */
const OFFICE = 'die Abrechnung';
/** Topics of the front desk that need no diary. */
const ALSO_TOLD = new Set(['hours', 'address', 'parking', 'phone', 'time']);
/** Most words of "und eine Impfung?": more say something else about it. Our own choice. */
const PRICED_WORDS = 5;
/** What is asked of the front desk. */
const FOR_DESK = new Set(['booking', 'cancel', 'change']);

function goodbye(desk: DeskState): DeskStep {
  return {
    say: ['Vielen Dank für Ihren Anruf.', 'Auf Wiederhören.'],
    use: { name: 'endCall', args: {} },
    state: { ...desk, form: undefined, over: true },
  };
}

/** The question that is open, to be asked once more. */
const open = ({ last }: DeskState) => last.filter((one) => one.endsWith('?')).slice(-1);

/** The answers to what was asked, at most two. */
function answersTo({ brief, invoice }: State, reading: Reading, world: World): Answer[] {
  const { practice } = world;
  return clauses(reading.heard)
    .flatMap((clause): Answer[] => {
      const text = plain(clause);
      const service = findService(text, practice);
      const wished = /\b(?:termin|brauche|moechte|machen|buchen|absagen)\b/.test(text);
      const alone = service && !wished && text.split(' ').length <= PRICED_WORDS;
      const topic = billingTopic(clause) ?? (alone ? 'price' : undefined);
      if (topic) return [answer(topic, { practice, brief, invoice, service })];
      const asked = reading.questions.find((question) => question.plain === text);
      return asked && ALSO_TOLD.has(asked.topic) ? [{ say: answerDesk(asked, world).say }] : [];
    })
    .slice(0, 2);
}

/** A message in the making is for the office, unless it is for one of the practice. */
function forOffice(step: DeskStep): DeskStep {
  const { form } = step.state;
  if (form?.kind !== 'message' || form.to) return step;
  return { ...step, state: { ...step.state, form: { ...form, to: OFFICE } } };
}

/** What was offered is taken as if it had been dictated. */
function takeOffered({ desk, offers: text }: State, reading: Reading): DeskStep {
  const form = { kind: 'message', to: OFFICE, from: desk.caller, phone: desk.phone } as const;
  const heard = text ?? '';
  const said = { ...reading, heard, plain: plain(heard), no: false, yes: false };
  const taken = text && handleMessage({ ...desk, form, asked: 'messageText' }, form, said);
  if (taken) return { ...taken, say: ['Gut.', ...taken.say] };
  return reply({ ...desk, form }, 'messageText', 'Gut.', `Wie lautet die Nachricht für ${OFFICE}?`);
}

/** What is dealt with before anything else, whatever was asked. */
function atOnce(desk: DeskState, reading: Reading, world: World, asks: boolean) {
  const { form } = desk;
  const { wants, plain: text } = reading;
  if (reading.emergency) {
    const advice = advise(world, desk.urgent === true);
    return { say: [advice, ...(form ? open(desk) : [])], state: { ...desk, urgent: true } };
  }
  if (!text) {
    const again = open(desk);
    const ask = form && again.length > 0 ? again : ['Sind Sie noch da?'];
    return reply(desk, desk.asked, 'Ich kann Sie nicht hören.', ...ask);
  }
  const gives = reading.no || wants.includes('stop') || reading.bye || reading.repeat;
  if (desk.asked === 'messageText' && form?.kind === 'message' && !gives) {
    return handleMessage(desk, form, reading);
  }
  if (asks) return undefined;
  if (reading.repeat && desk.last.length > 0) return { say: desk.last, state: desk, again: true };
  const declines =
    reading.no && reading.courtesies.includes('thanks') && desk.asked !== 'offerMessage';
  if (reading.bye || ((reading.done || declines) && !form)) return goodbye(desk);
  if (wants.includes('stop') || (form && declines)) {
    return reply({ ...desk, form: undefined }, 'more', 'Kein Problem.', MORE);
  }
  return undefined;
}

/** What follows from a short answer to what was asked last. */
function shortAnswer(state: State, reading: Reading): DeskStep | undefined {
  const { desk } = state;
  const { yes, no } = reading;
  if (desk.asked === 'offerMessage') {
    if (yes) return takeOffered(state, reading);
    if (no) return reply(desk, 'more', 'In Ordnung.', MORE);
  }
  if (desk.asked === 'more' && no) return goodbye(desk);
  if (desk.asked === 'help' && no)
    return reply(desk, 'help', 'In Ordnung.', 'Was kann ich für Sie tun?');
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
function askInvoiceAgain(desk: DeskState): string[] | undefined {
  return [
    ['Das habe ich leider nicht verstanden.', 'Wie lautet die Nummer, Ziffer für Ziffer?'],
    ['Das war leider keine Nummer.', 'Sagen Sie nein, wenn Sie sie nicht zur Hand haben.'],
  ][desk.lost];
}

function decide(before: State, reading: Reading, world: World): Step {
  // Nothing but digits is the number of an invoice, unless a telephone number was asked for.
  const digits = /^[\d ]+$/.test(reading.plain) && !before.desk.form;
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
  const forDesk = wants.some((want) => FOR_DESK.has(want));
  if (form?.kind === 'message') {
    const next = handleMessage(desk, form, reading);
    if (next) return then(next);
    const said = answers.flatMap(({ say }) => say);
    if (said.length > 0) return then({ say: [...said, ...open(desk)], state: desk });
    if (forDesk) return then(notHere(desk));
  } else {
    if (asked && invoice !== before.invoice)
      return answered(state, [answer('bill', { ...world, brief: state.brief, invoice })]);
    if (answers.length > 0) return answered(state, answers);
    const without = reading.no || /\b(?:verloren|finde|gerade nicht)\b/.test(reading.plain);
    if (before.asksInvoice && without) return answered(state, [WITHOUT_NUMBER]);
    if (wants.includes('message')) return then(forOffice(startMessage(desk, reading)));
    const short = shortAnswer(state, reading);
    if (short) return then(short);
    if (forDesk || reading.questions.length > 0) return then(notHere(desk));
    if (wants.includes('handover')) {
      const here = 'Sie sprechen schon mit der Abrechnung.';
      return then(reply(desk, 'help', here, 'Was möchten Sie wissen?'));
    }
  }
  const polite = reading.courtesies.length > 0;
  const again = before.asksInvoice && !polite ? askInvoiceAgain(desk) : undefined;
  if (again) {
    return {
      say: again,
      state: { ...state, desk: { ...desk, lost: desk.lost + 1 }, asksInvoice: true },
    };
  }
  return then(
    (desk.urgent && !form ? afterEmergency(desk, reading, world) : undefined) ??
      courtesy(desk, reading, open(desk)) ??
      lostReply(desk, open(desk)),
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
  const idle = taken.state.desk.lost > desk.lost || (reading.courtesies.length > 0 && !asks);
  const bye = desk.over && idle && !taken.use ? goodbye(back.desk) : undefined;
  const step: Step = bye ? { ...bye, state: { ...back, desk: bye.state } } : taken;
  const next = step.state.desk;
  return {
    ...step,
    lost: next.lost > desk.lost,
    state: {
      ...step.state,
      desk: {
        ...next,
        caller: next.caller ?? (next.form ? undefined : reading.name),
        lost: next.lost > desk.lost ? next.lost : 0,
        last: step.say.length > 0 ? step.say : desk.last,
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
