// Written text to spoken words, in English, and into the pieces that are spoken one by one: the first is heard while
// the next is synthesized. The transcript keeps the written text.
import {
  dateRules,
  figureRules,
  measureRules,
  moneyRules,
  type Rule,
  spelled,
  timeRules,
} from '@/agent/speech/figures';

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
  // "St. Mary's" but "Willow St.": before a name it is the saint, unless a house number precedes it.
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

/** Specific rules first: an address contains dots, a date dashes, a price a number; figures left at the end are counts. */
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
  return blocks(text)
    .map((block) =>
      RULES.reduce((said, { pattern, say }) => said.replace(pattern, say as () => string), block),
    )
    .join('');
}

/**
 * Maximum characters that the rules are applied to at once: they look ahead and back, so their time can grow with the
 * square of the length. Long enough that a cut between two sentences is usual.
 */
export const BLOCK_MAX = 1_000;

/** Cuts a text after a sentence, otherwise between words. */
function blocks(text: string): string[] {
  const out: string[] = [];
  let from = 0;
  while (text.length - from > BLOCK_MAX) {
    const head = text.slice(from, from + BLOCK_MAX);
    let sentence = head.lastIndexOf('. ') + 1;
    while (ABBREVIATION.test(head.slice(0, sentence))) {
      sentence = head.lastIndexOf('. ', sentence - 2) + 1;
    }
    const word = head.lastIndexOf(' ');
    const cut = sentence > BLOCK_MAX / 2 ? sentence : word > 0 ? word : BLOCK_MAX;
    out.push(head.slice(0, cut));
    from += cut;
  }
  out.push(text.slice(from));
  return out;
}

/** Maximum length of a piece, in letters: about 10 s of speech, which Flite synthesizes in about 100 ms. */
const LONGEST = 160;
/**
 * What a figure or sign counts, in letters: a voice reads it as a word. Flite takes 79 s for 160 times "=", and 4.5 s
 * for 160 letters "a".
 */
const SIGN_LETTERS = 6;
const LETTER = /[\p{L}\p{M}\s]/u;
/** Ends of pieces at which `Intl.Segmenter` splits although the sentence continues. */
const ABBREVIATION = /(?:^|\s)(?:Dr|Mr|Mrs|Ms|Prof|St|No|vs|e\.g|i\.e|approx)\.\s*$/;

/** The speakable part of a text, without markup and pictures. Dashes become pauses, except in "9–5". */
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

/**
 * Sentences in order, very long ones split at a comma or between words.
 * @param speed of the speech: pieces of slow speech are shorter
 */
export function sentences(text: string, speed = 1): string[] {
  const longest = Math.ceil(LONGEST * Math.min(1, speed));
  const out: string[] = [];
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)) {
    const last = out.at(-1);
    if (last !== undefined && ABBREVIATION.test(last)) out[out.length - 1] = last + segment;
    else out.push(segment);
  }
  return out
    .flatMap((sentence) => shortened(sentence.trim(), longest))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

function shortened(sentence: string, longest: number): string[] {
  const pieces: string[] = [];
  let rest = sentence;
  for (let length = fitting(rest, longest); length < rest.length; length = fitting(rest, longest)) {
    const head = rest.slice(0, length);
    const comma = Math.max(head.lastIndexOf(', '), head.lastIndexOf('; '), head.lastIndexOf(': '));
    const cut = comma > length / 3 ? comma + 1 : Math.max(head.lastIndexOf(' '), length / 2);
    pieces.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return [...pieces, rest];
}

/** How many characters from the beginning are within the length, at least two. */
function fitting(text: string, longest: number): number {
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    length += LETTER.test(text[at] as string) ? 1 : SIGN_LETTERS;
    if (length > longest) return Math.max(2, at);
  }
  return text.length;
}
