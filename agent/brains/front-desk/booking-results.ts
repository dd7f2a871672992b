// Says what the diary answered: free times as an offer, a booking as done, a refusal with what is
// free instead.
import { sayMade } from './answers';
import { proceed } from './booking';
import { serviceOf } from './booking-days';
import { fromTime } from './calendar';
import { bookingResult, cancelResult, type FreeTimesResult, freeTimesResult } from './desk-tools';
import { aThing, onDay, sayDay, sayOffers, sayTime, sentence } from './say';
import { openOn } from './schedule';
import { type BookingForm, type Offer, reply, type State, type Step, type World } from './state';

const offersOf = (slots: FreeTimesResult['free']): Offer[] =>
  slots.map(({ day, time, person }) => ({ day, minute: fromTime(time) ?? 0, person }));

/** What to say when the diary could not be used. */
export function deskFailed(state: State): Step {
  const sorry = "I'm sorry, I can't reach the diary just now.";
  return reply(
    { ...state, form: undefined },
    'offerMessage',
    sorry,
    'Shall I take a message instead?',
  );
}

/** Why the wish was not met, if it was not. */
function reason(form: BookingForm, first: Offer, world: World): string | undefined {
  const { practice, clock } = world;
  const { day, at } = form;
  if (!day) return undefined;
  const named = sayDay(day, clock.day);
  if (first.day !== day) return `${sentence(named)} is fully booked.`;
  if (at === undefined) return undefined;
  const spans = openOn(practice, day);
  const minutes = serviceOf(form, world).minutes;
  const [opening, last] = [spans[0], spans.at(-1)];
  if (opening && at < opening.from)
    return `We open at ${sayTime(opening.from)} ${onDay(day, clock.day)}.`;
  if (last && at + minutes > last.to)
    return `We close at ${sayTime(last.to)} ${onDay(day, clock.day)}.`;
  if (day === clock.day && at <= clock.minute)
    return `${sentence(sayTime(at))} has already passed.`;
  const who = form.person ? ` for ${form.person}` : '';
  return `I'm afraid ${sayTime(at)} ${onDay(day, clock.day)} isn't free${who}.`;
}

/** Why there is nothing in the part of the day that was wished for. */
function nothingThen({ after }: BookingForm, day: string, { practice, clock }: World): string {
  const end = openOn(practice, day).at(-1)?.to;
  if (after !== undefined && end !== undefined && after >= end) {
    return `We close at ${sayTime(end)} ${onDay(day, clock.day)}.`;
  }
  return "There's nothing then, I'm afraid.";
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
  const { clock } = world;
  const found = offersOf(parsed.data.free);
  const [first] = found;
  // Who wants the soonest wants one time, not a choice of three.
  const offered = form.from === clock.day ? found.slice(0, 1) : found;
  if (!first) {
    const none = "I'm sorry, I can't find a free time in the four weeks from then.";
    return reply({ ...state, form: undefined }, 'offerMessage', none, 'Shall I take a message?');
  }
  if (parsed.data.exact && form.at !== undefined && form.day) {
    return proceed(state, { ...form, slot: first, offered }, world);
  }
  const why = reason(form, first, world);
  const limited = form.after !== undefined || form.before !== undefined;
  const sorry =
    !why && form.day && limited && !parsed.data.exact ? [nothingThen(form, form.day, world)] : [];
  const times = `${sayOffers(offered)}${form.person ? ` with ${form.person}` : ''}`;
  const when = onDay(first.day, clock.day);
  const sameDay = why !== undefined && first.day === form.day;
  const offer = sameDay
    ? `I have ${times}.`
    : form.from || first.day !== form.day
      ? `The ${form.from ? 'first' : 'next'} I have is ${when} at ${times}.`
      : `${sentence(when)} I have ${times}.`;
  const tried = parsed.data.exact ? {} : { after: undefined, before: undefined };
  const next = { ...form, ...tried, day: first.day, from: undefined, at: undefined, offered };
  const ask = offered.length === 1 ? 'Would that suit you?' : 'Which would you like?';
  return reply({ ...state, form: next }, 'time', ...(why ? [why] : sorry), offer, ask);
}

/** Says that it is booked, or offers what is free instead. */
export function toldBooking(state: State, form: BookingForm, output: unknown, world: World): Step {
  const parsed = bookingResult.safeParse(output);
  if (!parsed.success) return deskFailed(state);
  const result = parsed.data;
  if (!result.booked) {
    const offered = offersOf(result.free);
    const [first] = offered;
    if (!first) return toldFreeTimes(state, form, { exact: false, free: [] }, world);
    const next = { ...form, day: first.day, at: undefined, slot: undefined, offered };
    return reply(
      { ...state, form: next },
      'time',
      "I'm sorry, that time has just been taken.",
      `I have ${sayOffers(offered)} ${onDay(first.day, world.clock.day)}.`,
      offered.length === 1 ? 'Would that suit you?' : 'Which would you like?',
    );
  }
  const { day, time, person, service, name, reference } = result;
  const made = { reference, day, minute: fromTime(time) ?? 0, person, service, name };
  const what = service === world.practice.services[0]?.name ? '' : ` for ${aThing(service)}`;
  const done = form.replaces ? 'Your appointment is changed.' : 'Your appointment is booked.';
  const see = `${person} will see you${what} ${onDay(day, world.clock.day)} at ${sayTime(made.minute)}.`;
  return reply(
    { ...state, form: undefined, made, caller: state.caller ?? name },
    'more',
    done,
    see.replace('see you', name === (state.caller ?? name) ? 'see you' : `see ${name}`),
    'Is there anything else?',
  );
}

/** Says that the appointment is cancelled. */
export function toldCancel(state: State, output: unknown): Step {
  if (!cancelResult.safeParse(output).data?.cancelled) return deskFailed(state);
  return reply(
    { ...state, made: undefined },
    'more',
    'Your appointment is cancelled.',
    'Is there anything else?',
  );
}

/** Asks whether to cancel what was booked in this call. */
export function askCancel(state: State, world: World): Step {
  if (!state.made) return deskFailed(state);
  return reply(state, 'cancel', `Shall I cancel ${sayMade(state.made, world)}?`);
}
