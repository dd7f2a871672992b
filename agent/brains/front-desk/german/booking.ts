// Books an appointment in German: asks for what is missing, looks into the diary, reads back, and
// takes the answers. The diary and its rules are those of the English conversation.
import { lookUp } from '../booking';
import { instead, personOf, serviceOf } from '../booking-days';
import { EMPTY } from '../booking-fill';
import { daysBetween, toTime, weekdayOf } from '../calendar';
import type { Reading } from '../intents';
import { openOn } from '../schedule';
import { type BookingForm, reply, type State, type Step, type World } from '../state';
import { sayClosed, sayMade } from './answers';
import { fill } from './booking-fill';
import { sayPerson, sayService, sayServices } from './facts';
import { answeredName } from './names';
import { list, onDay, sayOffers, sayTime, sayWeekday, sayWhen, sentence } from './say';
import { SYMPTOMS } from './wants';

const names = ({ practice }: World, word: 'und' | 'oder' = 'oder') =>
  list(
    practice.people.map(({ name }) => sayPerson(name)),
    word,
  );

/** Why no appointment can be on that day, or undefined. */
function obstacle(day: string, form: BookingForm, world: World): string | undefined {
  const { practice, clock } = world;
  const away = daysBetween(clock.day, day);
  if (away < 0) return 'Dieser Tag ist schon vorbei.';
  if (away > practice.bookAheadDays) {
    return `Ich kann nur bis zu ${practice.bookAheadDays} Tage im Voraus buchen.`;
  }
  const spans = openOn(practice, day);
  if (spans.length === 0) return sayClosed(world, day);
  if (away === 0 && spans.every(({ to }) => to <= clock.minute + 15)) {
    return 'Für heute haben wir schon geschlossen.';
  }
  const weekday = weekdayOf(day);
  const person = personOf(form, world);
  if (person && !person.days.includes(weekday)) {
    return `${sayPerson(person.name)} ist ${sayWeekday(weekday).toLowerCase()}s nicht da.`;
  }
  const service = serviceOf(form, world);
  const anyone = practice.people.some(
    (one) => one.days.includes(weekday) && one.services.includes(service.name),
  );
  return anyone
    ? undefined
    : `${sayServices(service.name)} gibt es ${sayWeekday(weekday).toLowerCase()}s nicht.`;
}

/** The next thing to ask or do for the form as it is. */
export function proceed(before: State, form: BookingForm, world: World, ...first: string[]): Step {
  const state = { ...before, form };
  const { clock } = world;
  const person = personOf(form, world);
  const service = serviceOf(form, world);
  if (person && !person.services.includes(service.name)) {
    const others = world.practice.people.filter((one) => one.services.includes(service.name));
    const who = list(
      others.map(({ name }) => sayPerson(name)),
      'oder',
    );
    const note = `${sentence(sayService(service.name))} bekommen Sie bei ${who}.`;
    const fits = { ...form, person: others[0]?.name, slot: undefined };
    return proceed(before, fits, world, ...first, note);
  }
  if (!form.day && !form.from) {
    const what = form.service ? ` für ${sayService(form.service)}` : '';
    const who = person ? ` bei ${sayPerson(person.name)}` : '';
    const when = form.at === undefined ? '' : ` um ${sayTime(form.at)}`;
    return reply(state, 'day', ...first, `An welchem Tag möchten Sie${what}${who}${when} kommen?`);
  }
  const why = form.day && obstacle(form.day, form, world);
  if (form.day && why) {
    const day = instead(form.day, form, world);
    const next = { ...form, day: undefined, declined: form.day, proposed: day, slot: undefined };
    const ask = day
      ? `Passt es Ihnen ${onDay(day, clock.day)}?`
      : 'An welchem anderen Tag möchten Sie kommen?';
    return reply({ ...state, form: next }, day ? 'proposal' : 'day', ...first, why, ask);
  }
  if (!form.slot) return lookUp(state, form, world, first);
  const name =
    form.name ??
    (form.replaces ? state.made?.name : undefined) ??
    // A second appointment in one call is as a rule for somebody else.
    (state.made ? undefined : state.caller);
  const { slot } = form;
  if (!name) {
    const who = person ? ` bei ${sayPerson(person.name)}` : '';
    const free = `${sentence(sayWhen(slot.day, slot.minute, clock.day))} ist${who} noch etwas frei.`;
    return reply(state, 'name', ...first, free, 'Auf welchen Namen darf ich den Termin eintragen?');
  }
  const what = sayMade({ ...slot, service: service.name }, world);
  return reply(
    { ...state, form: { ...form, name } },
    'confirm',
    ...first,
    `Ich notiere also ${what}, auf den Namen ${name}.`,
    'Soll ich den Termin eintragen?',
  );
}

const NO_SUCH_DAY = /\b(?:31\. (?:april|juni|september|november)|(?:29|30|31)\. februar)\b/;

/** Begins an appointment with what the first utterance says of it. */
export function startBooking(state: State, reading: Reading, world: World, base = EMPTY): Step {
  const refers =
    state.asked === 'offerBooking' ||
    /\b(?:so|da|dann|dafuer|das|den|dort|ihm|ihr)\b/.test(reading.plain);
  const made = state.made && { wished: state.made.minute, dayBefore: state.made.day };
  const before = { ...made, ...(refers ? { ...state.mentioned, ...base } : base) };
  const { form: filled } = fill(before, reading, 'help', world);
  // Who is named now counts more than what was asked about before.
  const who = reading.found.person;
  const unfit = who && !reading.service && !who.services.includes(filled.service ?? '');
  const form = unfit ? { ...filled, service: undefined } : filled;
  if (reading.found.unknown) {
    const sorry = `${reading.found.unknown} arbeitet nicht bei uns, nur ${names(world, 'und')}.`;
    return proceed(state, form, world, sorry);
  }
  if (SYMPTOMS.test(reading.plain) && !reading.service) {
    return proceed(state, form, world, 'Das tut mir leid, wir finden einen Termin für Sie.');
  }
  if (!reading.when.day && NO_SUCH_DAY.test(reading.plain)) {
    return proceed(state, form, world, 'Diesen Tag gibt es im Kalender nicht.');
  }
  // Where the answer follows at once, "Gern" would only delay it.
  return proceed(state, form, world, ...(form.day || form.from ? [] : ['Gern.']));
}

const SAME =
  /\b(?:gleiche[rn]? name\w*|selbe[rn]? name\w*|wie (?:vorher|eben|vorhin|zuvor)|schon gesagt|wieder auf mich)\b/;

/** What of the form is wrong is asked for again. */
function asksAgain(state: State, form: BookingForm, text: string, world: World): Step | undefined {
  if (/\bnamen?\b/.test(text)) {
    const nameless = { ...state, form: { ...form, name: undefined }, caller: undefined };
    return reply(nameless, 'name', 'Auf welchen Namen darf ich den Termin eintragen?');
  }
  if (/\b(?:uhr)?zeit\b/.test(text)) {
    const open = { at: undefined, after: undefined, before: undefined, slot: undefined };
    return lookUp(state, { ...form, ...open }, world, []);
  }
  if (/\b(?:tag|datum)\b/.test(text)) {
    const dayless = { ...form, day: undefined, slot: undefined };
    return reply({ ...state, form: dayless }, 'day', 'An welchem Tag möchten Sie kommen?');
  }
  if (form.slot && /\bbei wem\b/.test(text)) {
    const is = `Das ist bei ${sayPerson(form.slot.person)}.`;
    return reply(state, 'confirm', is, 'Soll ich den Termin eintragen?');
  }
  if (/\b(?:arzt|aerztin|doktor|person|wer|wem)\b/.test(text)) {
    return reply(state, 'what', `Zu wem möchten Sie, ${names(world)}?`);
  }
  return undefined;
}

const OTHER_TIME = 'Welche andere Uhrzeit oder welcher andere Tag passt Ihnen?';

/** Answers within a booking; undefined where the utterance said nothing to it. */
export function handleBooking(
  state: State,
  form: BookingForm,
  reading: Reading,
  world: World,
): Step | undefined {
  const { yes, no, plain: text, found, questions } = reading;
  // "Der gleiche Name" as before.
  const known = state.caller ?? state.made?.name;
  if (known && (state.asked === 'name' || state.asked === 'confirm') && SAME.test(text)) {
    return proceed(state, { ...form, name: known }, world);
  }
  const { form: filled, changed } = fill(form, reading, state.asked, world);
  if (changed) {
    const named = filled.name && filled.name !== form.name ? { caller: filled.name } : {};
    return proceed({ ...state, ...named }, filled, world);
  }
  if (found.unknown) {
    const sorry = `${found.unknown} arbeitet nicht bei uns, nur ${names(world, 'und')}.`;
    return proceed(state, form, world, sorry);
  }
  if (state.asked === 'day' && !reading.when.day && NO_SUCH_DAY.test(text)) {
    return proceed(state, form, world, 'Diesen Tag gibt es im Kalender nicht.');
  }
  if (found.person && found.person.name === form.person) return proceed(state, form, world);
  const refused =
    /\b(?:geht|passt|kann ich|ich kann)\b.*\bnicht\b|\bnicht (?:heute|morgen|am|um)\b/.test(text);
  const others = /\b(?:andere|weitere) (?:zeit|termin|moeglichkeit|uhrzeit)/.test(text);
  const offered = ['name', 'confirm', 'time'].includes(state.asked);
  if (offered && (others || (no && refused))) return reply(state, 'time', OTHER_TIME);
  const wrong = questions.length === 0 ? asksAgain(state, form, text, world) : undefined;
  switch (state.asked) {
    case 'confirm':
      if (yes && form.slot && form.name) return book(state, form, world);
      if (form.name && answeredName(reading.heard) === form.name)
        return proceed(state, form, world);
      return (
        wrong ??
        (no
          ? reply(state, 'what', 'Was soll ich ändern, den Tag, die Uhrzeit oder den Namen?')
          : undefined)
      );
    case 'what':
      return wrong ?? (no || yes ? proceed(state, form, world) : undefined);
    case 'proposal':
      if (yes && form.proposed) {
        return proceed(state, { ...form, day: form.proposed, proposed: undefined }, world);
      }
      return no ? reply(state, 'day', 'An welchem anderen Tag möchten Sie kommen?') : undefined;
    case 'time':
      if (no) return reply(state, 'time', OTHER_TIME);
      return yes && form.offered.length > 1
        ? reply(state, 'time', `Welche Zeit darf es sein, ${sayOffers(form.offered)}?`)
        : undefined;
    case 'name':
      return no
        ? reply(state, 'name', 'Ohne Namen kann ich nicht buchen.', 'Wie heißen Sie?')
        : undefined;
    default:
      return undefined;
  }
}

function book(state: State, form: BookingForm, world: World): Step {
  const { slot, name, replaces } = form;
  if (!slot) return proceed(state, form, world);
  const { day, minute, person } = slot;
  const service = serviceOf(form, world).name;
  return {
    say: [],
    use: {
      name: 'bookAppointment',
      args: { day, time: toTime(minute), service, person, name, replaces },
    },
    state: { ...state, form, asked: 'confirm' },
  };
}
