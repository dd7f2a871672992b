// Prices and percentages: "$12.50" → "twelve dollars and fifty cents".
import { amount, cardinal, counted } from './numbers';
import type { Rule } from './rule';

/** Main and hundredth unit of a currency, singular and plural. */
interface Currency {
  readonly whole: readonly [string, string];
  readonly part: readonly [string, string];
}

const DOLLAR: Currency = { whole: ['dollar', 'dollars'], part: ['cent', 'cents'] };
const POUND: Currency = { whole: ['pound', 'pounds'], part: ['penny', 'pence'] };
const EURO: Currency = { whole: ['euro', 'euros'], part: ['cent', 'cents'] };
const CURRENCIES: Readonly<Record<string, Currency>> = {
  $: DOLLAR,
  USD: DOLLAR,
  '£': POUND,
  GBP: POUND,
  '€': EURO,
  EUR: EURO,
};

const SIGN = '([$£€]|USD|GBP|EUR)';
const SUM = '(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)';
const LARGE = '(?:\\s(thousand|million|billion)\\b)?';

function price(sign: string, sum: string, large?: string): string {
  const { whole, part } = CURRENCIES[sign] ?? DOLLAR;
  if (large) return `${amount(sum)} ${large} ${whole[1]}`;
  const cents = /\.(\d\d)$/.exec(sum)?.[1];
  // "$12.5" is a measure, not a price: read as written.
  if (cents === undefined) return counted(sum, ...whole);
  const units = sum.slice(0, -3);
  const small = Number(cents);
  const parts = small > 0 && `${cardinal(small)} ${part[small === 1 ? 0 : 1]}`;
  if (Number(units.replace(/,/g, '')) === 0 && parts) return parts;
  return [counted(units, ...whole), parts].filter(Boolean).join(' and ');
}

export const moneyRules: readonly Rule[] = [
  // "$80-$120": the currency is said once, at the end.
  {
    pattern: new RegExp(`${SIGN}\\s?${SUM}\\s?-\\s?(?:\\1\\s?)?${SUM}`, 'g'),
    say: (_, sign = '', from = '', to = '') => `${amount(from)} to ${price(sign, to)}`,
  },
  {
    pattern: new RegExp(`${SIGN}\\s?${SUM}${LARGE}`, 'g'),
    say: (_, sign = '', sum = '', large) => price(sign, sum, large),
  },
  {
    pattern: new RegExp(`\\b${SUM}\\s?(€|USD|GBP|EUR)(?!\\w)`, 'g'),
    say: (_, sum = '', sign = '') => price(sign, sum),
  },
  {
    pattern: new RegExp(`\\b${SUM}\\s(dollars|pounds|euros)\\b`, 'g'),
    say: (_, sum = '', name) => price({ dollars: '$', pounds: '£' }[name as string] ?? '€', sum),
  },
  { pattern: /\b(\d{1,3})p\b(?!\.?\s?m)/g, say: (_, sum = '') => counted(sum, 'penny', 'pence') },
  { pattern: new RegExp(`\\b${SUM}\\s?%`, 'g'), say: (_, sum = '') => `${amount(sum)} percent` },
];
