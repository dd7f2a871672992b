// Answers to questions about the practice, from its facts alone: what the facts do not hold is not
// made up, a message is offered in its place.
import { findAgent } from '@/lib/catalogue';
import { addDays, daysBetween, weekdayOf } from './calendar';
import type { Person, Practice } from './facts';
import type { Question, When } from './intents';
import { usualService } from './match';
import {
  aThing,
  list,
  onDay,
  sayDate,
  sayPhone,
  saySpans,
  sayTime,
  sayWeek,
  sayWeekday,
  sentence,
} from './say';
import { openOn } from './schedule';
import type { Asked, Made, World } from './state';

interface Answer {
  readonly say: readonly string[];
  /** Where the answer ends in a question of its own. */
  readonly asked?: Asked;
}

/** Why it is closed that day, as a sentence. */
export function sayClosed({ practice, clock }: World, day: string): string {
  const closure = practice.closedOn.find(({ date }) => date === day);
  if (closure) return `We are closed ${onDay(day, clock.day)}, for ${closure.why}.`;
  if (day === clock.day) return 'We are closed today.';
  return `We are closed on ${sayWeekday(weekdayOf(day))}s.`;
}

/** The next opening after now: "We open again tomorrow at nine o'clock." */
function reopens({ practice, clock }: World): string {
  for (let i = 0; i < 15; i += 1) {
    const day = addDays(clock.day, i);
    const span = openOn(practice, day).find(({ from }) => i > 0 || from > clock.minute);
    if (span) return `We open again ${onDay(day, clock.day)} at ${sayTime(span.from)}.`;
  }
  return '';
}

function openNow(world: World): string[] {
  const { practice, clock } = world;
  const span = openOn(practice, clock.day).find(
    ({ from, to }) => clock.minute >= from && clock.minute < to,
  );
  if (span) return [`Yes, we're open until ${sayTime(span.to)} today.`];
  return ['We are closed at the moment.', reopens(world)].filter(Boolean);
}

function hoursOf(day: string, when: When, text: string, world: World): string[] {
  const { practice, clock } = world;
  const spans = openOn(practice, day);
  // A week day's hours are the same each week: its date would only be noise.
  const near = daysBetween(clock.day, day);
  const named = near > 1 && near <= 7 ? `on ${sayWeekday(weekdayOf(day))}` : onDay(day, clock.day);
  const [first] = spans;
  const last = spans.at(-1);
  if (!first || !last) return [sayClosed(world, day)];
  if (when.at !== undefined) {
    const at = when.at;
    const open = spans.some(({ from, to }) => at >= from && at < to);
    return [`${open ? 'Yes' : 'No'}, ${named} we're open ${saySpans(spans)}.`];
  }
  if (/\bclos/.test(text) && !/\bopen/.test(text) && !/\bare you closed\b/.test(text)) {
    return [`We close at ${sayTime(last.to)} ${named}.`];
  }
  if (/\b(?:when|what time) (?:do|does|will) (?:you|it|the \w+) open\b/.test(text)) {
    return [`We open at ${sayTime(first.from)} ${named}.`];
  }
  return [`${sentence(named)}, we're open ${saySpans(spans)}.`];
}

function hours({ when, plain: text }: Question, world: World): string[] {
  const { clock, practice } = world;
  if (/\bweekends?\b/.test(text)) {
    return (['saturday', 'sunday'] as const).map((day) => {
      const spans = saySpans(practice.hours[day]);
      const name = sayWeekday(day);
      return spans ? `On ${name}s we're open ${spans}.` : `On ${name}s we're closed.`;
    });
  }
  if (/\b(?:now|right now|at the moment|still|currently)\b/.test(text)) return openNow(world);
  if (when.day) return hoursOf(when.day, when, text, world);
  if (when.at !== undefined) return hoursOf(clock.day, when, text, world);
  if (/\bholidays?\b/.test(text) && practice.closedOn.length > 0) {
    const days = practice.closedOn.map(({ date, why }) => `${onDay(date, clock.day)}, ${why}`);
    return [`We are closed ${list(days)}.`];
  }
  if (/\b(?:are you (?:guys )?open|you open)$/.test(text) && !/^(?:when|what)\b/.test(text))
    return openNow(world);
  if (/\b(?:when|what time) (?:do |does |will )?(?:you|it|the \w+) (?:open|close)\b/.test(text)) {
    const over = openOn(practice, clock.day).every(({ to }) => to <= clock.minute);
    if (!over && /\bclose\b/.test(text)) return hoursOf(clock.day, when, text, world);
  }
  return sayWeek(practice.hours);
}

const daysOf = (person: Person) => list(person.days.map(sayWeekday));

function people({ found, when, plain: text }: Question, world: World): string[] {
  const { practice, clock } = world;
  if (found.unknown) return [`We don't have ${found.unknown} here.`, ...staff(practice)];
  const { person } = found;
  if (person && when.day) {
    const isIn = person.days.includes(weekdayOf(when.day)) && openOn(practice, when.day).length > 0;
    return isIn
      ? [`Yes, ${person.name} is in ${onDay(when.day, clock.day)}.`]
      : [
          `${person.name} isn't in ${onDay(when.day, clock.day)}.`,
          `The days are ${daysOf(person)}.`,
        ];
  }
  if (person) return [`${person.name} is in on ${daysOf(person)}.`];
  if (when.day) {
    const day = when.day;
    if (openOn(practice, day).length === 0) return [sayClosed(world, day)];
    const there = practice.people.filter(
      (one) => one.days.includes(weekdayOf(day)) && (!found.role || found.role === one.role),
    );
    if (there.length === 0) return [`There is no ${found.role} in ${onDay(day, clock.day)}.`];
    const names = list(there.map((one) => one.name));
    return [`${sentence(onDay(day, clock.day))}, ${names} ${there.length > 1 ? 'are' : 'is'} in.`];
  }
  return staff(
    practice,
    /\bdoctors\b/.test(text) ? 'doctor' : /\bnurses\b/.test(text) ? 'nurse' : undefined,
  );
}

function staff(practice: Practice, only?: string): string[] {
  const roles = [...new Set(practice.people.map(({ role }) => role))];
  return roles
    .filter((role) => !only || role === only)
    .map((role) => {
      const names = practice.people.filter((one) => one.role === role).map(({ name }) => name);
      return `Our ${role}${names.length > 1 ? 's are' : ' is'} ${list(names)}.`;
    });
}

function services({ service, plain: text }: Question, { practice }: World): Answer {
  const all = list(practice.services.map(({ name }) => `${name}s`));
  const long = /\ba?long\b/.test(text);
  const usual = long ? usualService(practice) : undefined;
  if (!service && usual)
    return { say: [`${sentence(aThing(usual.name))} takes ${usual.minutes} minutes.`] };
  if (service) {
    const who = practice.people.filter((one) => one.services.includes(service.name));
    return {
      say: [
        `${long ? sentence(aThing(service.name)) : `Yes, ${aThing(service.name)}`} takes ${service.minutes} minutes, with ${list(
          who.map(({ name }) => name),
          'or',
        )}.`,
        'Would you like to book one?',
      ],
      asked: 'offerBooking',
    };
  }
  if (/\b(?:do you (?:do|offer|give|have)|can i (?:get|have)) (?!services|you)/.test(text)) {
    return {
      say: [
        "I don't see that on our list.",
        'Shall I take a message, so that someone calls you back?',
      ],
      asked: 'offerMessage',
    };
  }
  return { say: [`We offer ${all}.`] };
}

/** The sentence that tells an appointment: "an appointment with Doctor Lee tomorrow at noon". */
export function sayMade(
  made: Omit<Made, 'reference' | 'name'>,
  { practice, clock }: World,
): string {
  const what =
    made.service === practice.services[0]?.name ? 'an appointment' : aThing(made.service);
  return `${what} with ${made.person} ${onDay(made.day, clock.day)} at ${sayTime(made.minute)}`;
}

const ADA = findAgent('front-desk')?.person ?? 'the front desk';
const ABILITIES =
  'I can tell you our hours, address and services, book an appointment, or take a message.';

/** Answers one question. */
export function answer(question: Question, world: World, made?: Made): Answer {
  const { practice, clock } = world;
  switch (question.topic) {
    case 'hours':
      return { say: hours(question, world) };
    case 'address':
      return { say: [`We're at ${practice.address}.`, practice.directions ?? ''].filter(Boolean) };
    case 'parking':
      return { say: [practice.directions ?? `We're at ${practice.address}.`] };
    case 'phone':
      return { say: [`Our number is ${sayPhone(practice.phone)}.`] };
    case 'people':
      return { say: people(question, world) };
    case 'services':
      return services(question, world);
    case 'abilities':
      return { say: [ABILITIES, 'What would you like?'], asked: 'help' };
    case 'identity':
      return { say: [`I'm ${ADA}, the automated receptionist of ${practice.name}.`, ABILITIES] };
    case 'time':
      return { say: [`It's ${sayTime(clock.minute)}, on ${sayDate(clock.day, '')}.`] };
    case 'price':
      return {
        say: [
          "I don't have our prices here.",
          'Shall I take a message, so that someone calls you back?',
        ],
        asked: 'offerMessage',
      };
    case 'mine':
      return made
        ? { say: [`${made.reference ? 'You have' : 'That would be'} ${sayMade(made, world)}.`] }
        : {
            say: [
              "I can't look up appointments made earlier.",
              'Shall I take a message, so that someone calls you back?',
            ],
            asked: 'offerMessage',
          };
    default:
      return question.topic satisfies never;
  }
}
