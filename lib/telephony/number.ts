// Telephone numbers as LiveKit SIP is given them.

import { pointer } from '@/lib/core/problem';
import { wrong } from '@/lib/dispatch/checks';

/** A number as it is dialled from everywhere (E.164): at most 15 digits behind the plus. */
const E164 = /^\+[1-9]\d{6,14}$/;
/** What people write between the digits. */
const BETWEEN = /[\s().\-/]/g;

/**
 * The number without what people write between its digits.
 * @throws {Problem} 422 where it does not begin with a plus and its country
 */
export function checkedNumber(to: string): string {
  const number = to.replaceAll(BETWEEN, '');
  if (E164.test(number)) return number;
  throw wrong('out-of-bounds', pointer('to'), 'must be a telephone number such as +441632960123');
}
