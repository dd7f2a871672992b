// Finds which of the practice's people and services a caller means. Names come misspelt out of a
// speech recogniser, so they are matched by closeness as well as by the spellings in the facts.
import type { Person, Practice, Service } from './facts';
import { NOT_NAMES } from './names';
import { sentence } from './say';
import { distance, plain } from './words';

const TITLE = '(?:doctor|nurse|mister|mrs|miss|ms)';
/** Words after a title that are no name: "a doctor on Friday". */
const NOT_A_NAME = new Set(
  "please at on in for to and or is are was today tomorrow any about appointment next this that there here who i i'd i'll she he they it be the a an my when what now monday tuesday wednesday thursday friday saturday sunday if as with from available works work free only said says will can tell told about yourself".split(
    ' ',
  ),
);

/** A key under which words that sound alike meet, roughly: "lee", "leigh" and "li" are "l". */
function soundOf(word: string): string {
  return word
    .replace(/(?:gh|h|w|y)/g, '')
    .replace(/ph/g, 'f')
    .replace(/c(?=[ei])|z/g, 's')
    .replace(/[ckq]+/g, 'k')
    .replace(/[aeiou]+/g, 'a')
    .replace(/(.)\1+/g, '$1')
    .replace(/a$/, '');
}

/** Whether a name as heard is that name, spelt or misheard. */
export function isClose(heard: string, name: string): boolean {
  if (heard === name) return true;
  const allowed = name.length >= 7 ? 2 : name.length >= 4 ? 1 : 0;
  if (distance(heard, name) <= allowed) return true;
  return heard[0] === name[0] && soundOf(heard) === soundOf(name);
}

/** The name without its title, in plain form. */
export const surname = (person: Person) => plain(person.name).replace(new RegExp(`^${TITLE} `), '');

/** Who was named. */
export interface PersonFound {
  readonly person?: Person;
  /** A title with a name that nobody here has, as heard. */
  readonly unknown?: string;
  /** Only a kind of person was named: "a nurse". */
  readonly role?: string;
}

/** Finds one of the people in plain text; `heard` is the text as heard, for names nobody has. */
export function findPerson(text: string, heard: string, practice: Practice): PersonFound {
  for (const person of practice.people) {
    const names = [surname(person), ...person.soundsLike.map(plain)];
    if (new RegExp(`\\b(?:${names[0]})\\b`).test(text)) return { person };
    if (names.some((name) => new RegExp(`\\b${TITLE} ${name}\\b`).test(text))) return { person };
  }
  for (const match of text.matchAll(new RegExp(`\\b${TITLE} ([a-z']+)(?: ([a-z']+))?`, 'g'))) {
    const [, first = '', second = ''] = match;
    if (NOT_A_NAME.has(first)) continue;
    const heardNames = [first, first + second];
    const person = practice.people.find((one) =>
      heardNames.some((name) => isClose(name, surname(one))),
    );
    if (person) return { person };
    const said = new RegExp(`\\b(?:Doctor|Dr\\.?|Nurse)\\s+(${first})\\b`, 'i').exec(heard);
    // Typed without capitals, a word is a name unless it is a common one.
    const typed = heard === heard.toLowerCase() && !NOT_NAMES.has(first);
    if (said?.[1] && (typed || /^[A-Z]/.test(said[1]))) {
      const title = /^nurse/i.test(said[0]) ? 'Nurse' : 'Doctor';
      return { unknown: `${title} ${sentence(said[1])}` };
    }
  }
  const role = practice.people.find((one) => new RegExp(`\\b${one.role}\\b`).test(text))?.role;
  return { role };
}

/** Finds one of the services in plain text; the longest wording wins. */
export function findService(text: string, practice: Practice): Service | undefined {
  let best: { service: Service; length: number } | undefined;
  for (const service of practice.services) {
    for (const words of [service.name, ...service.words].map(plain)) {
      const stem = words.replace(/s$/, '');
      if (!new RegExp(`\\b${stem}(?:s|es|'s)?\\b`).test(text)) continue;
      if (!best || words.length > best.length) best = { service, length: words.length };
    }
  }
  return best?.service;
}

/** The service a caller gets who names none: the first that the person gives. */
export function usualService(practice: Practice, person?: Person): Service {
  const given = person
    ? practice.services.find((s) => person.services.includes(s.name))
    : undefined;
  const first = given ?? practice.services[0];
  if (!first) throw new Error('a practice has at least one service');
  return first;
}
