// Converts spoken numbers to digits: one by one, doubled, and in pairs ("double oh seven, forty-two",
// "dreiundzwanzig"). Pure. `mask.ts` decides which are phone or card numbers.

const UNITS: Readonly<Record<string, string>> = {
  ...{ zero: '0', oh: '0', o: '0', nought: '0', one: '1', two: '2', three: '3', four: '4' },
  ...{ five: '5', six: '6', seven: '7', eight: '8', nine: '9' },
  ...{ null: '0', eins: '1', zwei: '2', zwo: '2', drei: '3', vier: '4', fünf: '5', sechs: '6' },
  ...{ sieben: '7', acht: '8', neun: '9' },
};
const TIMES: Readonly<Record<string, number>> = { double: 2, triple: 3, doppel: 2, dreifach: 3 };
const TEENS: Readonly<Record<string, string>> = {
  ...{ ten: '10', eleven: '11', twelve: '12', thirteen: '13', fourteen: '14', fifteen: '15' },
  ...{ sixteen: '16', seventeen: '17', eighteen: '18', nineteen: '19' },
  ...{ zehn: '10', elf: '11', zwölf: '12', dreizehn: '13', vierzehn: '14', fünfzehn: '15' },
  ...{ sechzehn: '16', siebzehn: '17', achtzehn: '18', neunzehn: '19' },
};
/** A unit may follow: "forty two" is 42. */
const TENS: Readonly<Record<string, string>> = {
  ...{ twenty: '2', thirty: '3', forty: '4', fifty: '5', sixty: '6', seventy: '7', eighty: '8' },
  ninety: '9',
};
const GERMAN_TENS: Readonly<Record<string, string>> = {
  ...{ zwanzig: '2', dreißig: '3', dreissig: '3', vierzig: '4', fünfzig: '5', sechzig: '6' },
  ...{ siebzig: '7', achtzig: '8', neunzig: '9' },
};
const GERMAN_UNIT = '(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)';
const GERMAN_PAIR = `(?:${GERMAN_UNIT}und)?(?:${Object.keys(GERMAN_TENS).join('|')})`;
/** "nine hundred" appends two zeros to its digit. */
const HUNDRED = 'hundred';

const either = (words: Readonly<Record<string, unknown>>) => Object.keys(words).join('|');

/** Words for a digit or a repetition of the next one, as alternatives of a regular expression. */
export const DIGIT_WORD = `${either(UNITS)}|${either(TIMES)}`;
/** Words for several digits. */
export const PAIR_WORD = `${either(TEENS)}|${either(TENS)}|${GERMAN_PAIR}|${HUNDRED}`;
/** Words that begin a number with an area code. */
export const ZERO_WORD = Object.keys(UNITS)
  .filter((word) => UNITS[word] === '0')
  .join('|');

function germanPair(word: string): string | undefined {
  const [unit = '', tens = ''] = word.includes('und') ? word.split('und') : ['null', word];
  const [ones, ten] = [UNITS[unit === 'ein' ? 'eins' : unit], GERMAN_TENS[tens]];
  return ones === undefined || ten === undefined ? undefined : ten + ones;
}

/** The digits in `said`, from figures and words. Other words are ignored. */
export function digitsOf(said: string): string {
  const pieces = said.toLowerCase().match(/\d+|\p{L}+/gu) ?? [];
  let digits = '';
  let times = 1;
  /** "Forty" was the last word: a digit after it replaces its zero. */
  let open = false;
  for (const piece of pieces) {
    const unit = UNITS[piece] ?? (/^\d+$/.test(piece) ? piece : undefined);
    if (open && unit !== undefined && unit.length === 1 && unit !== '0' && times === 1) {
      digits = digits.slice(0, -1) + unit;
    } else if (unit !== undefined) {
      digits += unit.repeat(unit.length === 1 ? times : 1);
    } else {
      const ten = TENS[piece];
      const several = TEENS[piece] ?? (ten === undefined ? germanPair(piece) : `${ten}0`);
      digits += piece === HUNDRED ? '00' : (several ?? '');
    }
    open = TENS[piece] !== undefined;
    times = TIMES[piece] ?? 1;
  }
  return digits;
}
