// What follows from a German utterance where no form is open: a request, an answer to what was
// offered, a change to what was booked, or the end of the call.
import { EMPTY } from '../booking-fill';
import type { Reading } from '../intents';
import { isAnother } from '../seek';
import { reply, type State, type Step, type World } from '../state';
import { proceed, startBooking } from './booking';
import { relative } from './booking-fill';
import { askCancel, MORE } from './booking-results';
import { offeredMessage, startMessage } from './message';
import { sayOffers } from './say';
import { seek } from './seek-words';
import { isBeside } from './small-talk';

/** Ends the call, and says so where an appointment was not booked. */
export function goodbye(state: State): Step {
  const unfinished = state.form?.kind === 'booking' ? ['Gebucht habe ich nichts.'] : [];
  return {
    say: [...unfinished, 'Vielen Dank für Ihren Anruf.', 'Auf Wiederhören.'],
    use: { name: 'endCall', args: {} },
    state: { ...state, form: undefined, over: true },
  };
}

/** The words that ask again what is open, after something else was answered. */
export function askAgain(state: State): string[] {
  if (state.form?.kind === 'booking' && state.asked === 'time' && state.form.offered.length > 0) {
    const times = sayOffers(state.form.offered);
    return [state.form.offered.length > 1 ? `Was nehmen Sie, ${times}?` : `Passt Ihnen ${times}?`];
  }
  const question = state.last.at(-1);
  return question?.endsWith('?') ? [question] : [];
}

/** An appointment in place of the one that was made or found in this call, else of one to be found. */
function change(state: State, reading: Reading, world: World): Step {
  const { made } = state;
  if (!made) return seek.start(state, reading, world, 'change', 'Gern.');
  const { reference: replaces, service, person, name, day, minute } = made;
  const base = { ...EMPTY, replaces, service, person, name };
  const shifted = relative(reading.plain, { slot: made, offered: [] });
  if (shifted) return proceed(state, { ...base, ...shifted }, world);
  const { day: wished, from, at, after, before } = reading.when;
  const timed = at !== undefined || after !== undefined || before !== undefined;
  // What is not changed stays: another time is on the same day, another day at the same time.
  const kept = timed && !wished && !from ? { day } : wished && !timed ? { at: minute } : {};
  return startBooking(state, reading, world, { ...base, ...kept });
}

/** Whether a day or time is named to correct what was just booked: "nein, lieber um fünf". */
const CORRECTS =
  /^(?:nein|nee|doch|halt|moment|warten|ach|lieber|oder|aber|stopp)\b|\b(?:lieber|doch)\b/;

/** Most words of an utterance in which a day alone is a wish, and not part of a story. Our own choice. */
const WISH_WORDS = 9;

/** What only a person can give. */
const FOR_COLLEAGUES =
  /\b(?:rezepte?|krankschreibung|krankmeldung|attest|ueberweisung|befunde?|laborwerte?|ergebnisse?)\b/;

/** The step for what was said; undefined where it wants nothing. */
export function open(state: State, reading: Reading, world: World): Step | undefined {
  const { wants, yes, no, when, service, found, questions } = reading;
  const timed = when.day !== undefined || when.from !== undefined || when.at !== undefined;
  if (state.asked === 'cancel') {
    if (yes && state.made) {
      const { reference } = state.made;
      return { say: [], use: { name: 'cancelAppointment', args: { reference } }, state };
    }
    if (no) return reply(state, 'more', 'Gut, dann bleibt es dabei.', MORE);
  }
  if (wants.includes('message')) return startMessage(state, reading);
  if (wants.includes('cancel')) {
    if (state.made && !isAnother(state.made, reading)) return askCancel(state, world);
    return seek.start(state, reading, world, 'cancel', 'Gern.');
  }
  const brief = reading.plain.split(' ').length <= WISH_WORDS;
  const { made } = state;
  const moves =
    (timed && CORRECTS.test(reading.plain)) ||
    (brief && made && relative(reading.plain, { slot: made, offered: [] }));
  const corrects = moves && wants.length === 0 && made;
  if (wants.includes('change') || corrects) return change(state, reading, world);
  if (wants.includes('booking')) return startBooking(state, reading, world);
  if (questions.length > 0) return undefined;
  if (state.asked === 'offerBooking' && (yes || timed)) return startBooking(state, reading, world);
  if (state.asked === 'offerMessage' && yes) return offeredMessage(state);
  if (state.asked === 'offerBooking' || state.asked === 'offerMessage') {
    if (reading.declined) return reply(state, 'more', 'In Ordnung.', MORE);
  }
  if (FOR_COLLEAGUES.test(reading.plain)) {
    const who = 'Darum kümmert sich ein Kollege.';
    return reply(state, 'offerMessage', who, 'Soll ich eine Nachricht aufnehmen?');
  }
  // A day, a person or a service alone is a wish for an appointment.
  const past = when.day !== undefined && when.day < world.clock.day;
  if (!brief || past || isBeside(reading)) return undefined;
  if (timed || when.after !== undefined || service || found.person || found.unknown) {
    return startBooking(state, reading, world);
  }
  return undefined;
}
