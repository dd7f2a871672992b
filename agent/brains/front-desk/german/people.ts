// Finds which of the practice's people a German utterance names: by surname, however it was spelt,
// or as one of a kind.
import type { Practice } from '../facts';
import { isClose, type PersonFound, surname } from '../match';
import { NOT_NAMES } from './names';
import { plain } from './plain';
import { sentence } from './say';

const TITLE = '(?:doktor|dr|schwester|pfleger|pflegerin)\\.?';

/** Finds one of the people in plain text. */
export function findPerson(text: string, practice: Practice): PersonFound {
  for (const person of practice.people) {
    const names = [surname(person), ...person.soundsLike.map(plain)];
    if (new RegExp(`\\b${names[0]}\\b`).test(text)) return { person };
    if (names.some((name) => new RegExp(`\\b${TITLE} ${name}\\b`).test(text))) return { person };
  }
  for (const [, title = '', name = ''] of text.matchAll(
    new RegExp(
      `(?<!\\b(?:meine[rmn]?|name ist|ich bin|heisse|hier ist|namen) )\\b(${TITLE}) ([a-z]+)`,
      'g',
    ),
  )) {
    if (NOT_NAMES.has(name)) continue;
    const person = practice.people.find((one) => isClose(name, surname(one)));
    if (person) return { person };
    return { unknown: `${/^d/.test(title) ? 'Doktor' : 'Schwester'} ${sentence(name)}` };
  }
  const role = /\b(?:arzt|aerztin|aerzte|doktor)\b/.test(text)
    ? 'doctor'
    : /\b(?:krankenschwester|(?:der|die|einer?) schwester|pfleger(?:in)?)\b/.test(text)
      ? 'nurse'
      : undefined;
  return { role: practice.people.some((one) => one.role === role) ? role : undefined };
}
