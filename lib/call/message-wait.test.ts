// A message that cannot be sent says why: nobody is there yet, or this page is not connected.
import { expect, test } from 'vitest';
import { messageWaitsFor } from './message-wait';

test.each([
  ['listening', true, undefined],
  ['waiting', false, 'agent'],
  ['replacing', false, 'agent'],
  ['offline', false, 'connection'],
  ['reconnecting', false, 'connection'],
  ['server-lost', false, 'connection'],
] as const)('%s', (code, canSend, expected) => {
  expect(messageWaitsFor({ code, canSend })).toBe(expected);
});
