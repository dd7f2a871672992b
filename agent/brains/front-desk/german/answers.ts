// Answers in German to questions about the practice, from its facts alone: what they do not hold is
// not made up, a message is offered in its place.
import { findAgent } from '@/lib/catalogue';
import { addDays, weekdayOf } from '../calendar';
import type { Question } from '../intents';
import { usualService } from '../match';
import { openOn } from '../schedule';
import type { Asked, Made, World } from '../state';
import { closureWords, inGerman, sayPerson, sayPrice, sayService, sayServices } from './facts';
import {
  list,
  onDay,
  sayNear,
  sayPhone,
  saySpans,
  sayTime,
  sayToday,
  sayWeek,
  sayWeekday,
  sayWhen,
  sentence,
} from './say';

interface Answer {
  readonly say: readonly string[];
  /** Where the answer ends in a question of its own. */
  readonly asked?: Asked;
}

const CALL_BACK = 'Soll ich eine Nachricht aufnehmen, damit man Sie zurückruft?';
const ADA = findAgent('front-desk')?.person ?? 'der Empfang';
export const ABILITIES =
  'Ich nenne Ihnen Öffnungszeiten, Adresse und Preise, vereinbare Termine und nehme Nachrichten auf.';

/** Why it is closed that day, as a sentence. */
export function sayClosed({ practice, clock }: World, day: string): string {
  const closure = practice.closedOn.find(({ date }) => date === day);
  const named = sentence(onDay(day, clock.day));
  const comma = named.includes(',') ? ',' : '';
  if (closure) return `${named}${comma} haben wir ${closureWords(closure.why).name} geschlossen.`;
  if (day === clock.day) return 'Heute haben wir geschlossen.';
  return `${sayWeekday(weekdayOf(day))}s haben wir geschlossen.`;
}

function openNow({ practice, clock }: World): string[] {
  const spans = openOn(practice, clock.day);
  const now = spans.find(({ from, to }) => clock.minute >= from && clock.minute < to);
  if (now) return [`Ja, wir haben heute bis ${sayTime(now.to)} geöffnet.`];
  for (let i = 0; i < 15; i += 1) {
    const day = addDays(clock.day, i);
    const next = openOn(practice, day).find(({ from }) => i > 0 || from > clock.minute);
    if (!next) continue;
    const opens = `Wir öffnen wieder ${sayWhen(day, next.from, clock.day)}.`;
    return ['Im Moment haben wir geschlossen.', opens];
  }
  return ['Im Moment haben wir geschlossen.'];
}

function hoursOf(day: string, { when, plain: text }: Question, world: World): string[] {
  const { practice, clock } = world;
  const spans = openOn(practice, day);
  const [first] = spans;
  const last = spans.at(-1);
  if (!first || !last) return [sayClosed(world, day)];
  const { after } = when;
  if (after !== undefined && /^(?:haben|hat|sind|ist|kann)\b/.test(text)) {
    const open = after < last.to;
    return [
      `${open ? 'Ja' : 'Nein'}, ${sayNear(day, clock.day)} haben wir von ${saySpans(spans)} geöffnet.`,
    ];
  }
  const habit = /\b(?:\w+tag|mittwoch)s\b/.test(text);
  const weekday = sayWeekday(weekdayOf(day)).toLowerCase();
  const named = habit ? `${weekday}s` : sayNear(day, clock.day);
  if (when.at !== undefined) {
    const at = when.at;
    const open = spans.some(({ from, to }) => at >= from && at < to);
    return [`${open ? 'Ja' : 'Nein'}, ${named} haben wir von ${saySpans(spans)} geöffnet.`];
  }
  if (/\b(?:bis wann|wie lange|schliess\w*|macht? .* zu|machen .* zu)\b/.test(text)) {
    return [`Wir schließen ${named} um ${sayTime(last.to)}.`];
  }
  if (/\b(?:ab wann|wann (?:oeffne[tn]|machen? (?:\w+ )*auf))\b/.test(text)) {
    return [`Wir öffnen ${named} um ${sayTime(first.from)}.`];
  }
  return [`${sentence(named)} haben wir von ${saySpans(spans)} geöffnet.`];
}

function hours(question: Question, world: World): string[] {
  const { when, plain: text } = question;
  const { practice, clock } = world;
  if (/\bwochenende\b/.test(text)) {
    const said = (['saturday', 'sunday'] as const).map((day) => {
      const spans = saySpans(practice.hours[day]);
      return `am ${sayWeekday(day)} ${spans ? `von ${spans} geöffnet` : 'geschlossen'}`;
    });
    return [`Wir haben ${list(said)}.`];
  }
  if (
    /\b(?:jetzt|gerade|momentan|im moment|noch (?:auf|offen|geoeffnet))\b/.test(text) &&
    (!when.day || when.day === clock.day)
  )
    return openNow(world);
  const holidays = /\bfeiertag|\bzwischen (?:weihnacht|den jahren)/.test(text);
  if (holidays && practice.closedOn.length > 0) {
    const days = practice.closedOn.map(
      ({ date, why }) => `${onDay(date, clock.day)}, ${closureWords(why).name}`,
    );
    return [`Wir haben ${list(days)} geschlossen.`];
  }
  if (when.day) return hoursOf(when.day, question, world);
  if (when.at !== undefined) return hoursOf(clock.day, question, world);
  if (/^(?:haben|hat|habt|sind|ist) /.test(text)) return openNow(world);
  if (
    /\b(?:bis wann|wie lange|schliess\w*)\b/.test(text) &&
    openOn(practice, clock.day).length > 0
  ) {
    return hoursOf(clock.day, question, world);
  }
  return sayWeek(practice.hours);
}

function people({ found, when, plain: text }: Question, { practice, clock }: World): string[] {
  const all = practice.people.map(({ name }) => sayPerson(name));
  if (found.unknown) return [`${found.unknown} arbeitet nicht bei uns.`, `Wir haben ${list(all)}.`];
  const { person } = found;
  if (person) {
    const name = sayPerson(person.name);
    const days = `${name} ist ${list(person.days.map((day) => `${sayWeekday(day).toLowerCase()}s`))} da.`;
    if (!when.day) return [days];
    const isIn = person.days.includes(weekdayOf(when.day)) && openOn(practice, when.day).length > 0;
    const named = sayNear(when.day, clock.day);
    return isIn ? [`Ja, ${name} ist ${named} da.`] : [`${name} ist ${named} nicht da.`, days];
  }
  if (when.day) {
    const day = when.day;
    if (openOn(practice, day).length === 0) return [sayClosed({ practice, clock }, day)];
    const there = practice.people.filter((one) => one.days.includes(weekdayOf(day)));
    const names = list(there.map(({ name }) => sayPerson(name)));
    const named = sentence(sayNear(day, clock.day));
    return [`${named} ${there.length > 1 ? 'sind' : 'ist'} ${names} da.`];
  }
  const role = found.role ?? (/\b(?:aerzt|arzt|doktor)/.test(text) ? 'doctor' : undefined);
  const some = practice.people.filter((one) => !role || one.role === role);
  return [
    `Bei uns sind Sie bei ${list(
      some.map(({ name }) => sayPerson(name)),
      'oder',
    )} in guten Händen.`,
  ];
}

function services({ service, plain: text }: Question, { practice }: World): Answer {
  const long = /\bwie lange\b/.test(text);
  const which = service ?? (long ? usualService(practice) : undefined);
  if (which) {
    const who = practice.people.filter((one) => one.services.includes(which.name));
    const names = list(
      who.map(({ name }) => sayPerson(name)),
      'oder',
    );
    const lead = long ? '' : `Ja, wir bieten ${sayService(which.name)} an. `;
    const say = [
      `Das dauert ${which.minutes} Minuten, bei ${names}.`,
      'Möchten Sie einen Termin dafür?',
    ];
    return { say: lead ? [lead.trim(), ...say] : say, asked: 'offerBooking' };
  }
  if (/\b(?:machen|bieten|haben|fuehren) sie\b/.test(text) && !/\bwas\b/.test(text)) {
    return { say: ['Das steht nicht auf unserer Liste.', CALL_BACK], asked: 'offerMessage' };
  }
  return {
    say: [`Wir bieten ${list(practice.services.map(({ name }) => sayServices(name)))} an.`],
  };
}

function price({ service, plain: text }: Question, { practice }: World): Answer {
  const { prices } = practice.billing;
  const usual = /\btermin|besuch|arzt|sprechstunde\b/.test(text)
    ? usualService(practice)
    : undefined;
  const which = service ?? usual;
  const known = which && prices[which.name];
  if (which && known) {
    const what = sentence(sayService(which.name).replace(/^einen /, 'ein '));
    return {
      say: [`${what} kostet ${sayPrice(known)}.`, 'Möchten Sie einen Termin?'],
      asked: 'offerBooking',
    };
  }
  const all = Object.entries(prices);
  if (which || all.length === 0) {
    return { say: ['Den Preis habe ich hier nicht.', CALL_BACK], asked: 'offerMessage' };
  }
  const each = all.map(
    ([name, amount]) => `${sayService(name).replace(/^einen /, 'ein ')} ${sayPrice(amount)}`,
  );
  return { say: [`Bei uns kostet ${list(each)}.`] };
}

/** What was booked, as it is wished for: "einen Arzttermin bei Doktor Lee morgen um 9 Uhr". */
export function sayMade(made: Omit<Made, 'reference' | 'name'>, { clock }: World): string {
  return `${sayService(made.service)} bei ${sayPerson(made.person)} ${sayWhen(made.day, made.minute, clock.day)}`;
}

/** Answers one question. */
export function answer(question: Question, world: World, made?: Made): Answer {
  const { practice, clock } = world;
  const directions = inGerman(practice.directions);
  const address = `Sie finden uns hier: ${practice.address}.`;
  switch (question.topic) {
    case 'hours':
      return { say: hours(question, world) };
    case 'address':
      return { say: [address, ...(directions ? [directions] : [])] };
    case 'parking':
      return { say: [directions ?? address] };
    case 'phone':
      return { say: [`Unsere Nummer ist ${sayPhone(practice.phone)}.`] };
    case 'people':
      return { say: people(question, world) };
    case 'services':
      return services(question, world);
    case 'price':
      return price(question, world);
    case 'abilities':
      return { say: [ABILITIES, 'Was möchten Sie?'], asked: 'help' };
    case 'identity':
      return {
        say: [
          `Ich bin ${ADA}, der automatische Empfang von ${practice.name}, kein Mensch.`,
          'Was kann ich für Sie tun?',
        ],
        asked: 'help',
      };
    case 'time':
      return { say: [`Es ist ${sayTime(clock.minute)}, ${sayToday(clock.day)}.`] };
    case 'mine':
      return made
        ? { say: [`Sie haben ${sayMade(made, world)}.`] }
        : {
            say: ['Früher vereinbarte Termine kann ich nicht nachsehen.', CALL_BACK],
            asked: 'offerMessage',
          };
    default:
      return question.topic satisfies never;
  }
}
