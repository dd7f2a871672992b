// Written text to spoken words, in English, and into the pieces that are spoken one by one: the first is heard while the
// next is synthesized. The transcript keeps the written text.
import {
  dateRules,
  figureRules,
  measureRules,
  moneyRules,
  type Rule,
  spelled,
  timeRules,
} from './figures';

/**
 * Names that an English synthesizer mispronounces. Add to this list: a name as written, and words that sound like it.
 * Chosen by ear and by STT.
 */
const NAMES: Readonly<Record<string, string>> = {
  Osei: 'Oh-say',
  Leigh: 'Lee',
  Nguyen: 'Win',
  Siobhan: 'Shivawn',
  Niamh: 'Neeve',
  Sean: 'Shawn',
  Xavier: 'Zayvier',
  Joaquin: 'Wahkeen',
  Jose: 'Hozay',
  Juan: 'Wahn',
  Anais: 'Anna-eece',
  Zoe: 'Zoey',
  Chloe: 'Clowey',
};

const nameRule: Rule = {
  pattern: new RegExp(`\\b(${Object.keys(NAMES).join('|')})\\b`, 'g'),
  say: (match) => NAMES[match] ?? match,
};

/** Abbreviations with or without a dot, in the text's own case. */
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

/** Said letter by letter; other capitals are left to the synthesizer, because most of them are words. */
const LETTERS =
  'GP GPs NHS MRI ECG EKG CT ID IDs UK USA EU TV PDF SMS URL FAQ VAT DOB ETA HR OK DIY USB';

/** The dot of an abbreviation also ends the sentence if nothing, or a new sentence, follows. */
const dotAt = (dot: string | undefined, after: string | undefined) =>
  dot && (after === undefined || after === '' || /^\s+[A-Z]/.test(after)) ? '.' : '';

const abbreviationRules: readonly Rule[] = [
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

/** Top-level domains said letter by letter; the others (com, org, net) are words. */
const SPELLED = new Set('uk us eu io tv de fr ie au ca nz'.split(' '));
const SIGNS: Readonly<Record<string, string>> = {
  '.': 'dot',
  '-': 'dash',
  _: 'underscore',
  '/': 'slash',
  '@': 'at',
  '+': 'plus',
};

function said(address: string): string {
  return (address.match(/[a-z]+|\d+|[.\-_/@+]/gi) ?? [])
    .map((part, index, parts) => {
      if (SPELLED.has(part.toLowerCase()) && parts[index - 1] === '.') return spelled(part);
      return SIGNS[part] ?? (/\d/.test(part) ? spelled(part) : part);
    })
    .join(' ');
}

const addressRules: readonly Rule[] = [
  { pattern: /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, say: said },
  // The scheme, "www" and the query are left out, as people do.
  {
    pattern:
      /\b(?:https?:\/\/(?:www\.)?|www\.)([\w-]+(?:\.[\w-]+)*(?::\d+)?(?:\/[\w./-]*[\w/])?)(?:[?#][^\s,]*[\w/])?/gi,
    say: (_, address = '') => said(address.replace(/\/$/, '')),
  },
  {
    pattern: /\b[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|org|net|co\.uk|io|eu)\b(?:\/[\w./-]*\w)?/gi,
    say: said,
  },
];

/**
 * Specific rules first: an address contains dots, a date dashes, a price a number; figures left at
 * the end are counts.
 */
const RULES = [
  ...addressRules,
  ...dateRules,
  ...timeRules,
  ...moneyRules,
  ...figureRules,
  ...abbreviationRules,
  ...measureRules,
  nameRule,
];

/** "Dr. Osei, Fri 3rd at 10:30" → "Doctor Oh-say, Friday the third at ten thirty". */
export function spoken(text: string): string {
  return RULES.reduce((said, { pattern, say }) => said.replace(pattern, say as () => string), text);
}

/** Maximum characters of a piece: about 10 s of speech, which Flite synthesizes in about 100 ms. */
const LONGEST = 160;
/** Ends of pieces at which `Intl.Segmenter` splits although the sentence continues. */
const ABBREVIATION = /(?:^|\s)(?:Dr|Mr|Mrs|Ms|Prof|St|No|vs|e\.g|i\.e|approx)\.\s*$/;

/**
 * The speakable part of a text, without markup and pictures. Dashes become pauses, except in "9–5".
 */
export function speakable(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`~|<>]|#+(?!\d)|\p{Extended_Pictographic}|\p{Emoji_Modifier}/gu, ' ')
    .replace(/[‘’]/g, "'")
    .replace(/[“”"]/g, ' ')
    .replaceAll('\u2044', '/')
    .replace(/(?<=\d(?:\s?[ap]\.?m\.?)?)\s?–\s?(?=[$£€]?\d)|(?<=\p{L})–(?=\p{L})/giu, '-')
    .replace(/\s*[–—]\s*/g, ', ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** In letters that Flite knows: it reads ASCII only, and "é" as two sounds. */
export function plainLetters(text: string): string {
  return text.normalize('NFKD').replace(/\p{Mn}/gu, '');
}

/** Sentences in order, very long ones split at a comma or between words. */
export function sentences(text: string): string[] {
  const out: string[] = [];
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)) {
    const last = out.at(-1);
    if (last !== undefined && ABBREVIATION.test(last)) out[out.length - 1] = last + segment;
    else out.push(segment);
  }
  return out
    .flatMap((sentence) => shortened(sentence.trim()))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

function shortened(sentence: string): string[] {
  if (sentence.length <= LONGEST) return [sentence];
  const head = sentence.slice(0, LONGEST);
  const comma = Math.max(head.lastIndexOf(', '), head.lastIndexOf('; '), head.lastIndexOf(': '));
  const cut = comma > LONGEST / 3 ? comma + 1 : Math.max(head.lastIndexOf(' '), LONGEST / 2);
  return [sentence.slice(0, cut).trim(), ...shortened(sentence.slice(cut).trim())];
}
