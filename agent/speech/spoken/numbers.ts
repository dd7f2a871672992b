// Numbers as English words. A synthesizer can only guess about figures: 1042 may be a year, a count
// or an invoice. Here the caller decides by choosing the function.

const SMALL = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen ' +
  'sixteen seventeen eighteen nineteen'
).split(' ');
const TENS = ['', '', ...'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')];
const THOUSANDS = ['', 'thousand', 'million', 'billion'];
/** Larger numbers have no name that callers expect: they are read digit by digit. */
const LARGEST = 999_999_999_999;

function belowHundred(n: number): string {
  if (n < 20) return SMALL[n] as string;
  const unit = n % 10;
  return `${TENS[Math.floor(n / 10)]}${unit ? `-${SMALL[unit]}` : ''}`;
}

function belowThousand(n: number): string {
  const hundreds = Math.floor(n / 100);
  const rest = n % 100;
  if (hundreds === 0) return belowHundred(rest);
  return `${SMALL[hundreds]} hundred${rest ? ` ${belowHundred(rest)}` : ''}`;
}

/**
 * 1200 → "one thousand two hundred".
 * @param n an integer from 0
 */
export function cardinal(n: number): string {
  if (n > LARGEST) return digits(String(n));
  if (n < 1_000) return belowThousand(n);
  const parts: string[] = [];
  for (let rest = n, power = 0; rest > 0; rest = Math.floor(rest / 1_000), power += 1) {
    const group = rest % 1_000;
    if (group) parts.unshift(`${belowThousand(group)} ${THOUSANDS[power]}`.trim());
  }
  return parts.join(' ');
}

const IRREGULAR: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** 23 → "twenty-third". */
export function ordinal(n: number): string {
  return cardinal(n).replace(/[a-z]+$/, (last) => {
    return IRREGULAR[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`);
  });
}

/** 2026 → "twenty twenty-six", 2005 → "two thousand five", 1905 → "nineteen oh five". */
export function year(n: number): string {
  const [century, rest] = [Math.floor(n / 100), n % 100];
  if (n < 1_000 || n > 9_999 || (century % 10 === 0 && rest < 10)) return cardinal(n);
  if (rest === 0) return `${belowHundred(century)} hundred`;
  return `${belowHundred(century)} ${rest < 10 ? `oh ${SMALL[rest]}` : belowHundred(rest)}`;
}

/**
 * Figures one by one; anything else is skipped.
 * @param zero "oh" as in spoken telephone numbers, "zero" where a letter O could be meant
 */
export function digits(text: string, zero: 'oh' | 'zero' = 'zero'): string {
  return [...text.replace(/\D/g, '')]
    .map((digit) => (digit === '0' ? zero : SMALL[Number(digit)]))
    .join(' ');
}

/** A number as written, with commas or a decimal point: "1,200.5". */
export function amount(written: string): string {
  const [whole = '', decimals] = written.replace(/,/g, '').split('.');
  const said = cardinal(Number(whole || '0'));
  return decimals ? `${said} point ${digits(decimals)}` : said;
}

/** "one day", "two days". */
export function counted(written: string, one: string, many: string): string {
  return `${amount(written)} ${Number(written.replace(/,/g, '')) === 1 ? one : many}`;
}
