// Books an appointment: asks for what is missing, looks into the diary, and reads back. What was
// said is taken into the form by `booking-fill.ts`; short answers are `booking-answers.ts`.
import { sayMade } from './answers';
import { instead, obstacle, personOf, serviceOf } from './booking-days';
import { EMPTY, fill } from './booking-fill';
import { toTime } from './calendar';
import type { Reading } from './intents';
import { SYMPTOMS } from './patterns';
import { aThing, list, sayDay, sayTime, sentence } from './say';
import { type BookingForm, reply, type State, type Step, type World } from './state';

/** Looks into the diary for what the form says. */
export function lookUp(
  state: State,
  form: BookingForm,
  world: World,
  first: readonly string[],
): Step {
  const time = (minute: number | undefined) => (minute === undefined ? undefined : toTime(minute));
  return {
    say: first,
    use: {
      name: 'findFreeTimes',
      args: {
        day: form.day ?? form.from,
        at: time(form.at),
        after: time(form.after),
        before: time(form.before),
        service: serviceOf(form, world).name,
        person: form.person,
      },
    },
    state: { ...state, form, asked: 'time' },
  };
}

const CONFIRM = ['Shall I book it?', 'Is that right?', 'Shall I go ahead?'];

/** The next thing to ask or do for the form as it is. */
export function proceed(before: State, form: BookingForm, world: World, ...first: string[]): Step {
  const { clock } = world;
  const state = { ...before, form };
  const person = personOf(form, world);
  const service = serviceOf(form, world);
  if (person && !person.services.includes(service.name)) {
    const others = world.practice.people.filter((one) => one.services.includes(service.name));
    const [other] = others;
    const note = `${person.name} doesn't do ${service.name}s, ${list(
      others.map(({ name }) => name),
      'or',
    )} does.`;
    return proceed(
      before,
      { ...form, person: other?.name, slot: undefined },
      world,
      ...first,
      note,
    );
  }
  if (!form.day && !form.from) {
    const who = form.person ? ` to see ${form.person}` : '';
    const when = form.at === undefined ? '' : ` at ${sayTime(form.at)}`;
    const what = form.service && !form.person ? ` for the ${form.service}` : '';
    return reply(state, 'day', ...first, `What day would you like${what}${who}${when}?`);
  }
  if (form.day) {
    const why = obstacle(form.day, form, world);
    if (why) {
      const day = instead(form.day, form, world);
      const next = { ...form, day: undefined, declined: form.day, proposed: day, slot: undefined };
      const ask = day
        ? `Would ${sayDay(day, clock.day)} suit you?`
        : 'What other day would you like?';
      return reply({ ...state, form: next }, day ? 'proposal' : 'day', ...first, why, ask);
    }
  }
  if (!form.slot) return lookUp(state, form, world, first);
  const name =
    form.name ??
    (form.replaces ? state.made?.name : undefined) ??
    // A second appointment in one call is as a rule for somebody else.
    (state.made ? undefined : state.caller);
  if (!name) {
    const got = `${sentence(sayDay(form.slot.day, clock.day))} at ${sayTime(form.slot.minute)} is free${form.person ? ` with ${form.person}` : form.service ? ` for ${aThing(form.service)}` : ''}.`;
    return reply(state, 'name', ...first, got, 'What name shall I put it under?');
  }
  const full = { ...form, name };
  const what = sayMade({ ...form.slot, service: service.name }, world);
  const asks = CONFIRM.find((text) => !state.last.includes(text)) ?? 'Shall I book it?';
  return reply(
    { ...state, form: full },
    'confirm',
    ...first,
    `So that's ${what}, for ${name}.`,
    asks,
  );
}

/** Begins an appointment with what the first utterance says of it. */
export function startBooking(state: State, reading: Reading, world: World, base = EMPTY): Step {
  const refers =
    /\b(?:one|it|that|then|him|her|them)\b/.test(reading.plain) || state.asked === 'offerBooking';
  const made = state.made && { wished: state.made.minute, dayBefore: state.made.day };
  const before = { ...made, ...(refers ? { ...state.mentioned, ...base } : base) };
  const { form: filled } = fill(before, reading, 'help', world);
  // Who is named now counts more than what was asked about before.
  const who = reading.found.person;
  const unfit = who && !reading.service && !who.services.includes(filled.service ?? '');
  const form = unfit ? { ...filled, service: undefined } : filled;
  if (reading.found.unknown) {
    const names = world.practice.people.map(({ name }) => name);
    const sorry = [`We don't have ${reading.found.unknown} here.`, `We have ${list(names)}.`];
    return proceed(state, form, world, ...sorry);
  }
  // Where the answer follows at once, "Of course" would only delay it.
  const ill = SYMPTOMS.test(reading.plain) && !reading.service;
  const courtesy = form.day || form.from ? [] : ['Of course.'];
  if (ill)
    return proceed(state, form, world, "I'm sorry to hear that, let's find you an appointment.");
  return proceed(state, form, world, ...courtesy);
}
