// Splits text into pieces that are spoken one by one: the first is heard while the next is
// synthesized.

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
