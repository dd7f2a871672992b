// Validates telephone numbers for LiveKit SIP.

import { pointer } from '@/lib/core/problem';
import { wrong } from '@/lib/dispatch/checks';

/** E.164: at most 15 digits after the plus. */
const E164 = /^\+[1-9]\d{6,14}$/;
/** Separators that people write between digits. */
const BETWEEN = /[\s().\-/]/g;

/**
 * The number without separators.
 * @throws {Problem} 422 if it does not start with a plus and a country code
 */
export function checkedNumber(to: string): string {
  const number = to.replaceAll(BETWEEN, '');
  if (E164.test(number)) return number;
  throw wrong('out-of-bounds', pointer('to'), 'must be a telephone number such as +441632960123');
}
