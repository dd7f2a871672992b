// Why a message cannot be sent: no agent yet, or no connection.
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
