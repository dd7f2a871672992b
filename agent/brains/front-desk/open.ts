// What follows from an utterance where no form is open: a request, an answer to what was offered, a
// change to what was booked, or the end of the call.
import { startBooking } from './booking';
import { EMPTY } from './booking-fill';
import { askCancel } from './booking-results';
import type { Reading } from './intents';
import { isQuestion } from './lost';
import { offeredMessage, startMessage } from './message';
import { sayOffers } from './say';
import { isAnother } from './seek';
import { seek } from './seek-words';
import { type Made, reply, type State, type Step, type World } from './state';

export const MORE = 'Is there anything else?';

/** Ends the call, and says so where an appointment was not booked. */
export function goodbye(state: State): Step {
  const unfinished = state.form?.kind === 'booking' ? ["I haven't booked anything."] : [];
  const say = [...unfinished, 'Thank you for calling.', 'Goodbye.'];
  return {
    say,
    use: { name: 'endCall', args: {} },
    state: { ...state, form: undefined, over: true },
  };
}

/** The words that ask again what is open, after something else was answered. */
export function askAgain(state: State): string[] {
  if (state.form?.kind === 'booking' && state.asked === 'time' && state.form.offered.length > 0) {
    return [`Would you like ${sayOffers(state.form.offered)}?`];
  }
  const question = state.last.at(-1);
  return question?.endsWith('?') ? [question] : [];
}

/** The caller cannot come then. */
const CANNOT = /\b(?:can't|cannot|can not|unable)\b/;

/** Cancelling or changing, outside a form: what is at hand in this call, else it has to be found. */
function changeMade(state: State, reading: Reading, world: World): Step {
  const { made } = state;
  const { when } = reading;
  const cancels = reading.wants.includes('cancel');
  if (!made || (cancels && isAnother(made, reading))) {
    return seek.start(state, reading, world, cancels ? 'cancel' : 'change', 'Of course.');
  }
  if (cancels) return askCancel(state, world);
  const { day, minute, person, service, name, reference } = made;
  const base = { ...EMPTY, day, at: minute, person, service, name, replaces: reference };
  // "I can't on Monday" names the day that it is on, not the one wished for.
  const fixed = { ...base, day: undefined, wished: minute };
  if (when.day === day && CANNOT.test(reading.plain)) {
    return reply({ ...state, form: fixed }, 'day', 'Of course.', 'What day would suit you better?');
  }
  const said = when.day ?? when.from ?? when.at ?? when.after ?? when.before ?? reading.name;
  if (said === undefined && !reading.found.person) {
    return reply(
      { ...state, form: base },
      'what',
      'Of course.',
      'What should I change, the day, the time or the name?',
    );
  }
  return startBooking(state, reading, world, base);
}

/** The next one, for somebody who comes along. */
const AFTER_IT = /\b(?:right|straight|directly|just) after(?:wards)?\b|\bat the same time too\b/;

/** An appointment right after the one that was booked, for the same thing. */
function afterMade(state: State, made: Made, reading: Reading, world: World): Step {
  const { day, person, service } = made;
  const minutes = world.practice.services.find(({ name }) => name === service)?.minutes ?? 0;
  const same = reading.service === undefined || reading.service.name === service;
  const who = same ? person : undefined;
  const base = { ...EMPTY, day, at: made.minute + minutes, person: who, service };
  return startBooking(state, reading, world, base);
}

/** What follows from a request or a short answer, where no form is open. */
export function open(state: State, reading: Reading, world: World): Step | undefined {
  const { wants, yes, no, declined, agreed, when, found, service, done } = reading;
  const again = state.asked === 'cancel' && wants.includes('cancel') && reading.yes;
  if (wants.includes('message')) return startMessage(state, reading);
  if (!again && (wants.includes('cancel') || wants.includes('change')))
    return changeMade(state, reading, world);
  if (wants.includes('booking')) return startBooking(state, reading, world);
  const timed = when.day ?? when.from ?? when.at ?? when.after ?? when.before;
  const retimed = when.at !== undefined && when.day === undefined;
  const another = /\b(?:also|another|2nd|too|as well)\b|\bfor my \w+/.test(reading.plain);
  const anew = !another && (when.at ?? when.day ?? reading.name) !== undefined;
  if (state.made && !another && (retimed || (state.asked === 'more' && anew))) {
    return changeMade(state, reading, world);
  }
  // A part of the day alone, in a long sentence, is no wish for an appointment.
  const whole = when.day ?? when.from ?? when.at;
  const wished =
    whole !== undefined || (timed !== undefined && reading.plain.split(' ').length <= 4);
  const named = found.person && !no && !isQuestion(reading);
  if (state.made && AFTER_IT.test(reading.plain))
    return afterMade(state, state.made, reading, world);
  if (service || named || (wished && !reading.courtesies.includes('howAreYou'))) {
    return startBooking(state, reading, world);
  }
  if (state.asked === 'offerMessage') {
    if (agreed) return offeredMessage(state);
    if (no) return reply(state, 'more', 'All right.', 'Is there anything else I can do?');
  }
  if (state.asked === 'offerBooking') {
    if (yes) return startBooking(state, reading, world);
    if (no) return reply(state, 'more', 'All right.', MORE);
  }
  if (state.asked === 'cancel') {
    const reference = state.made?.reference;
    if (reference && (yes || wants.includes('cancel')))
      return { say: [], use: { name: 'cancelAppointment', args: { reference } }, state };
    if (no) return reply(state, 'more', "All right, I'll leave it as it is.", MORE);
  }
  if (state.asked === 'more' && (declined || done)) return goodbye(state);
  if (state.asked === 'more' && yes && reading.courtesies.length === 0) {
    return reply(state, 'more', 'Go ahead.', 'What can I do for you?');
  }
  if (done) return goodbye(state);
  if (found.unknown && !isQuestion(reading)) return startBooking(state, reading, world);
  return undefined;
}
