// Counts the digits of a spoken number, however STT wrote them: people say a telephone number in
// parts, and a part is not the number.

const DIGITS = 'zero oh o nought one two three four five six seven eight nine'.split(' ');
/** Words for two digits: "fourteen", "forty". */
const PAIRS =
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety'.split(
    ' ',
  );
/** Words before a digit, and how many more digits they add. */
const TIMES: Readonly<Record<string, number>> = { double: 1, triple: 2, treble: 2 };

/** Number of digits in a text, and of words that are not part of a number. */
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
