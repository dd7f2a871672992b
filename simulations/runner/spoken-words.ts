// Normalizes spoken English for comparison: "half past ten", "ten thirty" and "10:30" are one number, "it's" is "it
// is", and articles and fillers are dropped.

const UNITS: Readonly<Record<string, number>> = Object.fromEntries(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
  sixteen seventeen eighteen nineteen`
    .split(/\s+/)
    .map((word, value) => [word, value]),
);
const TENS: Readonly<Record<string, number>> = Object.fromEntries(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, at) => [word, (at + 2) * 10]),
);
const ORDINALS: Readonly<Record<string, string>> = {
  first: 'one',
  second: 'two',
  third: 'three',
  fifth: 'five',
  eighth: 'eight',
  ninth: 'nine',
  twelfth: 'twelve',
  twentieth: 'twenty',
  thirtieth: 'thirty',
};
const FILLERS = new Set(['the', 'a', 'an', 'uh', 'um', 'er', 'and']);
const ENDINGS: readonly [RegExp, string][] = [
  [/\bwon't\b/g, 'will not'],
  [/\bcan't\b/g, 'can not'],
  [/\bcannot\b/g, 'can not'],
  [/n't\b/g, ' not'],
  [/'re\b/g, ' are'],
  [/'ll\b/g, ' will'],
  [/'m\b/g, ' am'],
  [/'ve\b/g, ' have'],
  [/'s\b/g, ' is'],
  [/\bdr\b\.?/g, 'doctor'],
];

const plain = (word: string) => {
  if (ORDINALS[word]) return ORDINALS[word];
  const stem = word.endsWith('th') ? word.slice(0, -2) : word;
  return stem in UNITS ? stem : word;
};

/** Normalizes written numbers. */
function written(text: string): string {
  return text
    .replace(/\bo'? ?clock\b/g, ' ')
    .replace(/\$\s?(\d+)/g, '$1 dollars')
    .replace(/(\d+):00\b/g, '$1')
    .replace(/(\d+)[:.](\d\d)\b/g, '$1 $2')
    .replace(/(\d+)(?:st|nd|rd|th)\b/g, '$1')
    .replace(/\b([ap])\.?\s?m\b\.?/g, ' ')
    .replace(/(\d)-(?=\d)/g, '$1 ');
}

const isNumber = (word: string | undefined) => word !== undefined && /^\d+$/.test(word);

/** Number words to digits: "forty five" to 45, "one hundred and twenty" to 120. */
function numbered(words: readonly string[]): string[] {
  const found: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    const tens = TENS[word];
    const unit = UNITS[word];
    if (tens !== undefined) {
      const after = UNITS[words[at + 1] ?? ''] ?? 0;
      const joined = after > 0 && after < 10;
      found.push(String(tens + (joined ? after : 0)));
      if (joined) at += 1;
    } else if (word === 'hundred' && isNumber(found.at(-1))) {
      const rest = numbered(words.slice(at + 1).filter((each, i) => i > 0 || each !== 'and'));
      const [small] = rest;
      const value = Number(found.pop()) * 100;
      if (!isNumber(small) || Number(small) >= 100) return [...found, String(value), ...rest];
      return [...found, String(value + Number(small)), ...rest.slice(1)];
    } else if (unit !== undefined) found.push(String(unit));
    else found.push(word);
  }
  return found;
}

/** Times: "half past 10" to "10 30", "quarter to 3" to "2 45". */
function timed(words: readonly string[]): string[] {
  const text = ` ${words.join(' ')} `
    .replace(/ half past (\d+) /g, ' $1 30 ')
    .replace(/ quarter (?:past|after) (\d+) /g, ' $1 15 ')
    .replace(/ quarter (?:to|two|2) (\d+) /g, (_, hour: string) => ` ${Number(hour) - 1 || 12} 45 `)
    .replace(/ (\d+) (?:past|after) (\d+) /g, ' $2 $1 ')
    // "nine oh five", and telephone numbers.
    .replace(/(?<=\d) (?:oh|o)(?= \d)/g, ' 0');
  return text.trim().split(/\s+/);
}

/** Joins adjacent numbers, because people and speech recognition group them differently. */
function together(words: readonly string[]): string[] {
  const found: string[] = [];
  for (const word of words) {
    if (isNumber(word) && isNumber(found.at(-1))) found.push(`${found.pop()}${word}`);
    else found.push(word);
  }
  return found;
}

/** The normalized words of a text, in order. */
export function wordsOf(text: string): readonly string[] {
  let lower = written(text.toLowerCase().replaceAll('’', "'"));
  for (const [ending, full] of ENDINGS) lower = lower.replace(ending, full);
  const words = lower
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .split(' ')
    .filter(Boolean)
    .map(plain);
  const ready = together(timed(numbered(words)).filter(Boolean));
  return ready.filter((word) => !FILLERS.has(word));
}
