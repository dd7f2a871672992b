// Written text to spoken words, in English. The transcript keeps the written text: only the input
// of this server's synthesizers passes through here.
import { abbreviationRules } from './abbreviations';
import { addressRules } from './addresses';
import { dateRules } from './dates';
import { figureRules } from './figures';
import { measureRules } from './measures';
import { moneyRules } from './money';
import { nameRules } from './names';
import { applied } from './rule';
import { timeRules } from './times';

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
  ...nameRules,
];

/** "Dr. Osei, Fri 3rd at 10:30" → "Doctor Oh-say, Friday the third at ten thirty". */
export function spoken(text: string): string {
  return applied(RULES, text);
}
