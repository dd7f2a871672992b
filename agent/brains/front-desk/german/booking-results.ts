// Says in German what the diary answered: free times as an offer, a booking as done, a refusal with
// what is free instead.
import { serviceOf } from '../booking-days';
import { fromTime } from '../calendar';
import { bookingResult, cancelResult, type FreeTimesResult, freeTimesResult } from '../desk-tools';
import { openOn } from '../schedule';
import { type BookingForm, type Offer, reply, type State, type Step, type World } from '../state';
import { sayMade } from './answers';
import { proceed } from './booking';
import { sayPerson } from './facts';
import { onDay, sayNear, sayOffers, sayTime, sayWhen, sentence } from './say';

export const MORE = 'Kann ich sonst noch etwas für Sie tun?';

const offersOf = (slots: FreeTimesResult['free']): Offer[] =>
  slots.map(({ day, time, person }) => ({ day, minute: fromTime(time) ?? 0, person }));
const asksFor = (offered: readonly Offer[]) =>
  offered.length === 1 ? 'Passt Ihnen das?' : 'Was passt Ihnen am besten?';

/** What to say when the diary could not be used. */
export function deskFailed(state: State): Step {
  const sorry = 'Es tut mir leid, ich komme gerade nicht an den Kalender.';
  return reply(
    { ...state, form: undefined },
    'offerMessage',
    sorry,
    'Soll ich stattdessen eine Nachricht aufnehmen?',
  );
}

/** Why the wish was not met, if it was not. */
function reason(form: BookingForm, first: Offer, world: World): string | undefined {
  const { practice, clock } = world;
  const { day, at, after, before } = form;
  if (!day) return undefined;
  const named = sayNear(day, clock.day);
  if (first.day !== day) return `${sentence(named)} ist leider nichts mehr frei.`;
  const spans = openOn(practice, day);
  const [opening, last] = [spans[0], spans.at(-1)];
  const minutes = serviceOf(form, world).minutes;
  if (at === undefined) {
    if (after === undefined && before === undefined) return undefined;
    return last && after !== undefined && after >= last.to
      ? `Wir schließen ${named} um ${sayTime(last.to)}.`
      : 'Da ist leider nichts frei.';
  }
  if (opening && at < opening.from) return `Wir öffnen ${named} erst um ${sayTime(opening.from)}.`;
  if (last && at + minutes > last.to) return `Wir schließen ${named} um ${sayTime(last.to)}.`;
  if (day === clock.day && at <= clock.minute) return `${sayTime(at)} ist schon vorbei.`;
  const who = form.person ? ` bei ${sayPerson(form.person)}` : '';
  return `${sayTime(at)} ist ${named}${who} leider nicht frei.`;
}

/** Offers the times that the diary found. */
export function toldFreeTimes(
  state: State,
  form: BookingForm,
  output: unknown,
  world: World,
): Step {
  const parsed = freeTimesResult.safeParse(output);
  if (!parsed.success) return deskFailed(state);
  const { exact } = parsed.data;
  const found = offersOf(parsed.data.free);
  const [first] = found;
  if (!first) {
    const none = 'In den vier Wochen ab dann finde ich leider nichts Freies.';
    return reply(
      { ...state, form: undefined },
      'offerMessage',
      none,
      'Soll ich eine Nachricht aufnehmen?',
    );
  }
  // Who wants the soonest wants one time, not a choice of three.
  const offered = form.from === world.clock.day ? found.slice(0, 1) : found;
  if (exact && form.at !== undefined && form.day) {
    return proceed(state, { ...form, slot: first, offered }, world);
  }
  const why = exact ? undefined : reason(form, first, world);
  const who = form.person ? ` bei ${sayPerson(form.person)}` : '';
  const day = onDay(first.day, world.clock.day);
  const times = sayOffers(offered);
  const comma = day.includes(',') ? ',' : '';
  const offer =
    why && first.day === form.day
      ? `Frei ist noch ${times}${who}.`
      : form.from || first.day !== form.day
        ? `Das Nächste wäre ${day}${comma} um ${times}${who}.`
        : `${sentence(day)}${comma} geht es um ${times}${who}.`;
  const tried = exact ? {} : { after: undefined, before: undefined };
  const next = { ...form, ...tried, day: first.day, from: undefined, at: undefined, offered };
  return reply({ ...state, form: next }, 'time', ...(why ? [why] : []), offer, asksFor(offered));
}

/** Says that it is booked, or offers what is free instead. */
export function toldBooking(state: State, form: BookingForm, output: unknown, world: World): Step {
  const parsed = bookingResult.safeParse(output);
  if (!parsed.success) return deskFailed(state);
  const result = parsed.data;
  const today = world.clock.day;
  if (!result.booked) {
    const offered = offersOf(result.free);
    const [first] = offered;
    if (!first) return toldFreeTimes(state, form, { exact: false, free: [] }, world);
    const next = { ...form, day: first.day, at: undefined, slot: undefined, offered };
    const taken = 'Die Zeit ist leider gerade vergeben worden.';
    const free = `Frei ist ${onDay(first.day, today)} noch ${sayOffers(offered)}.`;
    return reply({ ...state, form: next }, 'time', taken, free, asksFor(offered));
  }
  const { day, time, person, service, name, reference } = result;
  const made = { reference, day, minute: fromTime(time) ?? 0, person, service, name };
  const own = state.caller === undefined || name === state.caller;
  return reply(
    { ...state, form: undefined, made, caller: state.caller ?? name },
    'more',
    form.replaces ? 'Ihr Termin ist geändert.' : 'Ihr Termin ist gebucht.',
    `${sayPerson(person)} erwartet ${own ? 'Sie' : name} ${sayWhen(day, made.minute, today)}.`,
    MORE,
  );
}

/** Says that the appointment is cancelled. */
export function toldCancel(state: State, output: unknown): Step {
  if (!cancelResult.safeParse(output).data?.cancelled) return deskFailed(state);
  return reply({ ...state, made: undefined }, 'more', 'Ihr Termin ist abgesagt.', MORE);
}

/** Asks whether to cancel what was booked in this call. */
export function askCancel(state: State, world: World): Step {
  if (!state.made) return deskFailed(state);
  return reply(state, 'cancel', `Soll ich ${sayMade(state.made, world)} absagen?`);
}
