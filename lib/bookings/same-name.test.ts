// By which names a caller is known as who made an appointment.
import { expect, it } from 'vitest';
import { isSameName } from './same-name';

it.each([
  ['Anna Smith', 'anna smith', true],
  ['Jürgen Müller', 'Juergen Mueller', true],
  ['Renée O’Neill', 'Renee O Neill', true],
  ['Karl-Heinz Groß', 'Karl Heinz Gross', true],
  ['Anna Smith', 'Ann Smith', false],
  ['Anna Smith', 'Anna Maria Smith', false],
  ['Anna Smith', 'Anna', false],
  // One name alone is many people's, also where it is all that was written down.
  ['Anna', 'Anna', false],
  ['', '', false],
])('"%s" and "%s": %s', (one, other, same) => {
  expect(isSameName(one, other)).toBe(same);
  expect(isSameName(other, one)).toBe(same);
});
