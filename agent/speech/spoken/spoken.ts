// A text as people write it → the words as they are said, in English. The transcript keeps what was
// written: only what goes to a synthesiser of this server passes here.
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
 * What is narrow goes first: an address holds dots, a date dashes, a price a number; what is left of
 * figures at the end is a count.
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
