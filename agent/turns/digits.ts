// How many digits of a number were said, however the recogniser wrote them: people say a telephone
// number in pieces, and a piece is not the number.

const DIGITS = 'zero oh o nought one two three four five six seven eight nine'.split(' ');
/** Said for two digits: "fourteen", "forty". */
const PAIRS =
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety'.split(
    ' ',
  );
/** Said before a digit, and how many more it makes. */
const TIMES: Readonly<Record<string, number>> = { double: 1, triple: 2, treble: 2 };

/** How many digits a text holds, and how many of its words are not part of a number. */
export function digitsIn(text: string): { digits: number; others: number } {
  let digits = 0;
  let others = 0;
  for (const word of text.toLowerCase().match(/[a-z']+|\d+/g) ?? []) {
    if (/\d/.test(word)) digits += word.length;
    else if (DIGITS.includes(word)) digits += 1;
    else if (PAIRS.includes(word)) digits += 2;
    else if (word in TIMES) digits += TIMES[word] ?? 0;
    else others += 1;
  }
  return { digits, others };
}
