// German as the rules read it: small letters, umlauts as two letters (so that "für" and "fuer" are
// one), numbers as digits, no punctuation but that of dates and times.

const SMALL =
  'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'.split(
    ' ',
  );
const TENS = '- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' ');

/** "siebenundzwanzig" of 27, up to 99. */
function cardinal(n: number): string {
  if (n < 20) return SMALL[n] ?? '';
  const unit = n % 10;
  const tens = TENS[Math.floor(n / 10)] ?? '';
  return unit ? `${unit === 1 ? 'ein' : SMALL[unit]}und${tens}` : tens;
}

const IRREGULAR: Readonly<Record<number, string>> = {
  1: 'erst',
  3: 'dritt',
  7: 'siebt',
  8: 'acht',
};

/** "siebenundzwanzigst" of 27: the ending follows the sentence. */
export const ordinal = (n: number) => IRREGULAR[n] ?? `${cardinal(n)}${n < 20 ? 't' : 'st'}`;

/** Small letters, umlauts as two, no accents. */
const fold = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '');

const WORDS = new Map<string, string>([['zwo', '2']]);
for (let n = 0; n < 100; n += 1) WORDS.set(fold(cardinal(n)), String(n));
// From the day of the month on: who says "in der zweiten Woche" says "2." as well.
for (let n = 1; n < 32; n += 1) {
  for (const ending of ['e', 'en', 'er', 'es', 'em']) WORDS.set(fold(ordinal(n)) + ending, `${n}.`);
}

/** The plain form of what was said. */
export function plain(heard: string): string {
  return (
    fold(heard)
      // "14.30 Uhr" and "um 14.30" are times, "14.3." is a date.
      .replace(/\b(\d{1,2})\.(\d{2}) ?(?=uhr)/g, '$1:$2 ')
      .replace(/\b(um|gegen|ab|vor|nach|bis) (\d{1,2})\.(\d{2})(?![.\d])/g, '$1 $2:$3')
      .replace(/(?<!\d)\./g, ' ')
      .replace(/[^a-z0-9:. ]+/g, ' ')
      .replace(/(?<!\d):|:(?!\d)/g, ' ')
      .replace(/[a-z]+/g, (word) => WORDS.get(word) ?? word)
      .replace(/\b(?:ein|1\.) uhr\b/g, '1 uhr')
      // "Montagnachmittag" is said as one word.
      .replace(
        /\b((?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)s?(morgen|frueh|vormittag|mittag|nachmittag|abend)s?\b/g,
        '$1 $2s',
      )
      .replace(/\s+/g, ' ')
      .trim()
  );
}

/** Sentences and parts of them that ask or want something of their own. */
export function clauses(heard: string): string[] {
  return heard
    .split(
      /(?<=[?!;])\s+|(?<=\p{L}{3,}\.)\s+|,?\s+(?:und|aber|sowie)\s+(?=(?:wann|wo|was|wie|wer|welche|ist|sind|haben|ich|kann|können|koennen|könnte|machen|gibt)\b)|,\s+(?=(?:wann|wo|was|wie|wer|welche|ist|sind|haben|kann|können|koennen|ich)\b)/iu,
    )
    .filter((clause) => clause.trim());
}
