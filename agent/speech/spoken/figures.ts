// Figures that are names and not counts: telephone numbers, references, and numbers next to such
// words.
import { letterAndNumber, spelled } from './letters';
import { digits } from './numbers';
import type { Rule } from './rule';

/** Digits in one breath: people do not remember more. */
const BREATH = 4;
/** Digits of a telephone number: fewer are a count, more (E.164) are not a telephone number. */
const PHONE = { least: 7, most: 15 };
/** Letters in a row that are a word and not letters of a reference: "COVID-19". */
const WORD = 4;

/** 10 digits → 3, 3, 4; 7 → 3, 4; 11 → 3, 4, 4. */
function breaths(text: string): string[] {
  if (text.length <= BREATH) return [text];
  const size = text.length === 5 || text.length === 8 ? text.length - BREATH : 3;
  return [text.slice(0, size), ...breaths(text.slice(size))];
}

/**
 * In the groups it is written in, with a pause between them: "555 0142" → "five five five, oh one
 * four two".
 */
function phone(match: string): string {
  const count = match.replace(/\D/g, '').length;
  if (count < PHONE.least || count > PHONE.most) return match;
  const groups = (match.match(/\d+/g) ?? []).flatMap(breaths);
  const said = groups.map((group) => digits(group, 'oh')).join(', ');
  return match.trimStart().startsWith('+') ? `plus ${said}` : said;
}

/**
 * Letters and figures one by one, with a pause at each dash: "AB-1042" → "ay bee, one zero four
 * two".
 */
function reference(written: string): string {
  return written.split('-').map(spelled).filter(Boolean).join(', ');
}

function mixed(match: string): string {
  const small = /^([A-Z])(\d{1,2})$/.exec(match);
  if (small) return letterAndNumber(small[1] as string, small[2] as string);
  if (new RegExp(`[A-Z]{${WORD},}`).test(match)) return match;
  return reference(match);
}

const NAMED =
  'reference|ref|invoice|order|booking|confirmation|account|case|ticket|policy|claim|code|pin|extension|ext';
const LONG: Readonly<Record<string, string>> = { ref: 'reference', ext: 'extension' };

export const figureRules: readonly Rule[] = [
  // "invoice 1042", "reference number: WS-17", "booking ref. 4471", "code is 0815".
  {
    pattern: new RegExp(
      `\\b(${NAMED})(\\.?\\s(?:number|no|ref|reference|code)\\b)?\\.?(:?\\s(?:is\\s)?|\\s?#|:)#?((?=[A-Z-]*\\d)[A-Z\\d]+(?:-[A-Z\\d]+)*)\\b(?![.,]?\\d|:\\d)`,
      'gi',
    ),
    say: (_, name = '', of = '', between = '', written = '') => {
      const gap = between.replace('#', ' ').replace(/^:$/, ': ').replace(/\s+/g, ' ');
      return `${LONG[name.toLowerCase()] ?? name}${of.replace(/\bno\b\.?/, 'number').replace('.', '')}${gap}${reference(written)}`;
    },
  },
  // "call 911", "dial 0 for the desk".
  {
    pattern: /\b(call|dial|ring|phone|text)\s+(\d{1,6})\b(?![\d:.,-]*\d)/gi,
    say: (_, verb, written = '') => `${verb} ${digits(written, 'oh')}`,
  },
  // "+44 20 7946 0123", "(555) 010-0199", "555 0142".
  {
    pattern:
      /(?<![\w.,$£€-])(?:\+\d{1,3}[\s.-]?)?(?:\(\d{2,5}\)[\s.-]?)?\d{2,}(?:[\s.-]\d{2,})*(?![\w%]|[.,:]\d)/g,
    say: phone,
  },
  // "5 5 5, 0 1 4 2": already separate digits, except for the zero.
  {
    pattern: /\b\d(?:,? \d){2,}\b(?![\d:.,-]*\d)/g,
    say: (match) =>
      match
        .split(', ')
        .map((group) => digits(group, 'oh'))
        .join(', '),
  },
  {
    pattern: /\b(?=[A-Z\d-]*\d)(?=[A-Z\d-]*[A-Z])[A-Z\d]+(?:-[A-Z\d]+)*\b/g,
    say: mixed,
  },
];
