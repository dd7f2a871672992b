// Arguments and results of tools as fields.
import { expect, it } from 'vitest';
import { fieldsOf } from '@/lib/call/tool-fields';

it.each([
  [
    'an object',
    '{"day":"Monday","phoneNumber":"555 0142","with_whom":"Dr Lee","people":2}',
    'day: Monday | phone number: 555 0142 | with whom: Dr Lee | people: 2',
  ],
  [
    'lists and objects inside',
    '{"times":["10:00","10:30"],"at":{"room":3}}',
    'times: 10:00, 10:30 | at: {"room":3}',
  ],
  ['empty fields', '{"note":"","phone":null,"booked":false}', 'booked: false'],
  ['nothing', '{}', ''],
  ['no text', '', ''],
  ['words', 'Booked for Monday.', ': Booked for Monday.'],
  ['words in JSON', '"Booked for Monday."', ': Booked for Monday.'],
  ['a list', '["10:00"]', ': 10:00'],
  ['a list of objects', '[{"day":"Monday"}]', ': [{"day":"Monday"}]'],
  ['truncated JSON', '{"day":"Mon…', ': {"day":"Mon…'],
])('reads %s', (_, text, fields) => {
  expect(
    fieldsOf(text)
      .map(({ name, value }) => `${name}: ${value}`)
      .join(' | '),
  ).toBe(fields);
});
