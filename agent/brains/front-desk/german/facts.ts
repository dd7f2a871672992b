// German words for the facts of practice.ts, by their English ones. Facts that stand there and not
// here are said as they are; sentences that stand only there are left out.
import type { Practice } from '../facts';
import { plain } from './plain';

/** A service in German. */
interface ServiceWords {
  /** With its article, as it is wished for: "einen Arzttermin". */
  readonly one: string;
  readonly many: string;
  /** Words by which callers ask for it, in plain form; the longest counts. */
  readonly words: readonly string[];
}

const SERVICES: Readonly<Record<string, ServiceWords>> = {
  "doctor's appointment": {
    one: 'einen Arzttermin',
    many: 'Arzttermine',
    words: ['arzttermin', 'sprechstunde', 'zum arzt', 'zur aerztin', 'arztbesuch'],
  },
  'blood test': {
    one: 'eine Blutabnahme',
    many: 'Blutabnahmen',
    words: [
      'blutabnahme',
      'blutabnahmen',
      'bluttest',
      'blutbild',
      'blutprobe',
      'blut abnehmen',
      'blut(?!hoch|druck|wert)',
    ],
  },
  vaccination: {
    one: 'eine Impfung',
    many: 'Impfungen',
    words: ['impf', 'grippeimpfung', 'impfen', 'geimpft', 'spritze', 'auffrischung'],
  },
  'health check': {
    one: 'eine Vorsorgeuntersuchung',
    many: 'Vorsorgeuntersuchungen',
    words: [
      'vorsorgeuntersuchung',
      'vorsorgeuntersuchungen',
      'vorsorge',
      'check up',
      'checkup',
      'gesundheitscheck',
      'durchchecken',
    ],
  },
};

const TITLES: readonly (readonly [RegExp, string])[] = [
  [/^(?:Doctor|Dr\.?) /, 'Doktor '],
  [/^Nurse /, 'Schwester '],
];

const CLOSURES: Readonly<Record<string, { name: string; words: string[]; eve: string[] }>> = {
  'Christmas Day': {
    name: 'wegen Weihnachten',
    words: ['1. weihnachts(?:feier)?tag', 'weihnachts(?:feier)?tag', 'weihnachten'],
    eve: ['heiligabend', 'heilig abend', 'heiliger abend'],
  },
  "New Year's Day": {
    name: 'wegen Neujahr',
    words: ['neujahrstag', 'neujahr', 'neues jahr'],
    eve: ['silvester', 'sylvester'],
  },
};

const SENTENCES: Readonly<Record<string, string>> = {
  'We are next to the library, and there is parking behind the building.':
    'Wir sind neben der Bibliothek, und Parkplätze gibt es hinter dem Haus.',
};

const serviceWords = (name: string): ServiceWords =>
  SERVICES[name] ?? { one: `einen Termin für ${name}`, many: name, words: [plain(name)] };

/** "einen Arzttermin", of the service's name in the facts. */
export const sayService = (name: string) => serviceWords(name).one;
export const sayServices = (name: string) => serviceWords(name).many;

/** The name of one of the practice's people: "Doktor Lee". */
export function sayPerson(name: string): string {
  const title = TITLES.find(([pattern]) => pattern.test(name));
  return title ? name.replace(title[0], title[1]) : name;
}

/** Why it is closed, after "geschlossen", and the words that name the day. */
export const closureWords = (why: string) =>
  CLOSURES[why] ?? { name: `(${why})`, words: [plain(why)], eve: [] };

/** A sentence of the facts in German, or undefined. */
export const inGerman = (sentence = ''): string | undefined => SENTENCES[sentence];

/** "80 Dollar" of "80 dollars". */
export const sayPrice = (price: string) =>
  price
    .replace(/dollars?/, 'Dollar')
    .replace(/pounds?/, 'Pfund')
    .replace(/euros?/, 'Euro');

/** The service that is named in plain text; the longest wording wins. */
export function findService(
  text: string,
  { services }: Practice,
): Practice['services'][number] | undefined {
  let best: { service: Practice['services'][number]; length: number } | undefined;
  for (const service of services) {
    for (const word of serviceWords(service.name).words) {
      if (!new RegExp(`\\b${word}`).test(text) || word.length <= (best?.length ?? 0)) continue;
      best = { service, length: word.length };
    }
  }
  return best?.service;
}
