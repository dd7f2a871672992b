// Answers within a booking: a correction goes into the form, a yes books, a no asks what to change.

import { lookUp, proceed } from './booking';
import { serviceOf } from './booking-days';
import { fill } from './booking-fill';
import { toTime } from './calendar';
import type { Reading } from './intents';
import { answeredName } from './names';
import { list, sayOffers } from './say';
import { type Asked, type BookingForm, reply, type State, type Step, type World } from './state';

function book(state: State, form: BookingForm, world: World): Step {
  const { slot, name, replaces } = form;
  if (!slot || !name) return proceed(state, form, world);
  return {
    say: [],
    use: {
      name: 'bookAppointment',
      args: {
        day: slot.day,
        time: toTime(slot.minute),
        service: serviceOf(form, world).name,
        person: slot.person,
        name,
        replaces,
      },
    },
    state: { ...state, form, asked: 'confirm' },
  };
}

const NAMES_ASKED: readonly Asked[] = ['name', 'confirm', 'what'];
const SAME = /\b(?:same name|as before|like before|already (?:told|gave|said)|^(?:the )?same)\b/;
/** Whether the name that was read back is said again, alone or amid other words. */
const sayIt = (heard: string, name: string) =>
  answeredName(heard) === name ||
  name.split(' ').some((part) => heard.toLowerCase().endsWith(part.toLowerCase()));

const WHAT = 'What should I change, the day, the time or the name?';

/** "The name": the part of the form that is wrong is asked for again. */
function asksAgain(state: State, form: BookingForm, text: string, world: World): Step | undefined {
  if (/\bname\b/.test(text)) {
    const nameless = { ...state, form: { ...form, name: undefined }, caller: undefined };
    return reply(nameless, 'name', 'What name shall I put it under?');
  }
  if (/\btime\b/.test(text)) {
    const open = { at: undefined, after: undefined, before: undefined, slot: undefined };
    return lookUp(state, { ...form, ...open }, world, []);
  }
  if (/\b(?:day|date)\b/.test(text)) {
    const dayless = { ...form, day: undefined, slot: undefined };
    return reply({ ...state, form: dayless }, 'day', 'What day would you like?');
  }
  if (/\b(?:doctor|person|who|nurse)\b/.test(text)) {
    const names = world.practice.people.map(({ name }) => name);
    return reply(state, 'what', `Who would you like to see, ${list(names, 'or')}?`);
  }
  return undefined;
}

/** Answers within a booking; undefined where the utterance said nothing to it. */
export function handleBooking(
  state: State,
  form: BookingForm,
  reading: Reading,
  world: World,
): Step | undefined {
  // "The same name" as before.
  const known = state.caller ?? state.made?.name;
  if (known && NAMES_ASKED.includes(state.asked) && SAME.test(reading.plain)) {
    return proceed(state, { ...form, name: known }, world);
  }
  const { form: filled, changed } = fill(form, reading, state.asked, world);
  if (changed) {
    const named = filled.name && filled.name !== form.name ? { caller: filled.name } : {};
    return proceed({ ...state, ...named }, filled, world);
  }
  if (reading.found.unknown) {
    const names = world.practice.people.map(({ name }) => name);
    return proceed(
      state,
      form,
      world,
      `We don't have ${reading.found.unknown}, only ${list(names)}.`,
    );
  }
  // Named again, and it is the one that it was.
  if (reading.found.person && reading.found.person.name === form.person) {
    return proceed(state, form, world);
  }
  const { yes, no, plain: text } = reading;
  switch (state.asked) {
    case 'confirm':
      if (yes) return book(state, form, world);
      // Spelt out, and it was right already.
      if (form.name && sayIt(reading.heard, form.name)) return proceed(state, form, world);
      return asksAgain(state, form, text, world) ?? (no ? reply(state, 'what', WHAT) : undefined);
    case 'what':
      return (
        asksAgain(state, form, text, world) ?? (no || yes ? proceed(state, form, world) : undefined)
      );
    case 'proposal':
      if (yes && form.proposed)
        return proceed(state, { ...form, day: form.proposed, proposed: undefined }, world);
      if (no) return reply(state, 'day', 'What other day would you like?');
      return undefined;
    case 'time':
      if (no) return reply(state, 'time', 'What other time would you like, or what other day?');
      if (yes && form.offered.length > 1) {
        return reply(state, 'time', `Which one, ${sayOffers(form.offered)}?`);
      }
      return undefined;
    case 'name':
      if (no) return reply(state, 'name', "I need a name to book it. What's yours?");
      return undefined;
    default:
      return undefined;
  }
}
