// How many messages of a session are kept.
import { expect, test } from 'vitest';
import {
  MESSAGE_MAX_BYTES,
  MESSAGES_MAX,
  type ReceivedMessage,
  withMessage,
} from '@/lib/livekit/received-messages';

test('the last messages are kept, and none that is too long', () => {
  let messages: readonly ReceivedMessage[] = [];
  for (let at = 0; at < MESSAGES_MAX + 5; at += 1) {
    messages = withMessage(messages, { at, bytes: new Uint8Array(1) });
  }
  expect(messages.map(({ id }) => id)).toEqual(
    Array.from({ length: MESSAGES_MAX }, (_, index) => index + 5),
  );
  const long = { at: 0, bytes: new Uint8Array(MESSAGE_MAX_BYTES + 1) };
  expect(withMessage(messages, long)).toBe(messages);
});
