// What counts as backchannel, and what as speech.
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
])('"%s" is a backchannel', (text) => expect(isBackchannel(text)).toBe(true));

test.each(['Stop.', 'Wait.', 'No.', 'Sorry.', 'Okay, stop.', 'Yes, on Friday.', 'Hello?', ''])(
  '"%s" is speech',
  (text) => expect(isBackchannel(text)).toBe(false),
);
