// Abbreviations and signs as words: "Dr. Lee, appt. at St. Mary's, e.g. Fri."
import { spelled } from './letters';
import type { Rule } from './rule';

/**
 * With or without a dot; `\b` before and after. In the text's own case, except for the list below.
 */
const WORDS: Readonly<Record<string, string>> = {
  Mr: 'Mister',
  Mrs: 'Missus',
  Ms: 'Miz',
  Prof: 'Professor',
  Rd: 'Road',
  Ave: 'Avenue',
  Blvd: 'Boulevard',
  Apt: 'apartment',
  Jr: 'Junior',
  Sr: 'Senior',
  appt: 'appointment',
  appts: 'appointments',
  approx: 'approximately',
  dept: 'department',
  ext: 'extension',
  tel: 'telephone',
  vs: 'versus',
  incl: 'including',
  asap: 'as soon as possible',
  ASAP: 'as soon as possible',
  etc: 'et cetera',
};

/**
 * Said letter by letter; other capitals are left to the synthesizer, because most of them are
 * words.
 */
const LETTERS =
  'GP GPs NHS MRI ECG EKG CT ID IDs UK USA EU TV PDF SMS URL FAQ VAT DOB ETA HR OK DIY USB';

/** The dot of an abbreviation also ends the sentence if nothing, or a new sentence, follows. */
const dotAt = (dot: string | undefined, after: string | undefined) =>
  dot && (after === undefined || after === '' || /^\s+[A-Z]/.test(after)) ? '.' : '';

export const abbreviationRules: readonly Rule[] = [
  { pattern: /\be\.?g\.(?:,)?(?=\s)/gi, say: () => 'for example,' },
  { pattern: /\bi\.e\.(?:,)?(?=\s)/gi, say: () => 'that is,' },
  // "St. Mary's" but "Willow St.": before a name it is the saint, unless a house number precedes
  // it.
  {
    pattern: /(?<=\d (?:[A-Z][a-z]+ )+)St\b(\.)?(?=(\s+\S)?)/g,
    say: (_, dot, after) => `Street${dotAt(dot, after)}`,
  },
  {
    pattern: /(?<=[A-Z][a-z]+ )St\b(?:(\.)(?!\s[A-Z])|(?![.\w]|\s[A-Z]))(?=(\s+\S)?)/g,
    say: (_, dot, after) => `Street${dotAt(dot, after)}`,
  },
  { pattern: /\bSt\b\.?(?=\s[A-Z])/g, say: () => 'Saint' },
  { pattern: /\bDrs\b\.?(?=\s[A-Z])/g, say: () => 'Doctors' },
  { pattern: /\bDr\b\.?(?=\s[A-Z])/g, say: () => 'Doctor' },
  {
    pattern: /(?<=\b[A-Z][a-z]+\s)Dr\b(\.)?(?=(\s+\S)?)/g,
    say: (_, dot, after) => `Drive${dotAt(dot, after)}`,
  },
  { pattern: /\b[Nn]os?\.\s?(?=\d)/g, say: () => 'number ' },
  { pattern: /(?<!\w)#\s?(?=\d)/g, say: () => 'number ' },
  {
    pattern: new RegExp(`\\b(${Object.keys(WORDS).join('|')})\\b(\\.)?(?=(\\s+\\S)?)`, 'g'),
    say: (match, short = '', dot, after) => {
      const titled = /^(?:Mr|Mrs|Ms|Prof)$/.test(short);
      return `${WORDS[short] ?? match}${titled ? '' : dotAt(dot, after)}`;
    },
  },
  {
    pattern: new RegExp(`\\b(${LETTERS.replaceAll(' ', '|')})\\b`, 'g'),
    say: (match) => (match.endsWith('s') ? `${spelled(match.slice(0, -1))}s` : spelled(match)),
  },
  { pattern: /\s&\s/g, say: () => ' and ' },
  { pattern: /(?<=\w)&(?=\w)/g, say: () => ' and ' },
  { pattern: /\bw\/(?=\s?\w)/g, say: () => 'with ' },
  { pattern: /\b24\/7\b/g, say: () => 'twenty-four seven' },
];
