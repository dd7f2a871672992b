// What counts as listening, and what as speaking.
import { expect, test } from 'vitest';
import { isBackchannel } from './backchannel';

test.each([
  'Mm-hmm.',
  'Mhm',
  'Uh-huh.',
  'Okay.',
  'Ok,',

  'Hmm...',
  'Yeah, right.',
  'I see.',
  'Mm.',
])('"%s" is listening', (text) => expect(isBackchannel(text)).toBe(true));

test.each(['Stop.', 'Wait.', 'No.', 'Sorry.', 'Okay, stop.', 'Yes, on Friday.', 'Hello?', ''])(
  '"%s" is speaking',
  (text) => expect(isBackchannel(text)).toBe(false),
);
