// The messages of an agent's session as they have arrived on the caller's page, for the console, which decodes them:
// `session-message.ts`. Any agent can send any number of any size, so they are bounded.

/** Maximum number of messages that are kept: the last ones. Our own choice: some minutes of talk. */
export const MESSAGES_MAX = 200;
/** Maximum bytes of a message; longer ones are dropped. Our own choice: far more than a long answer needs. */
export const MESSAGE_MAX_BYTES = 32 * 1024;

/** A message of a session. */
export interface ReceivedMessage {
  /** Counts from 0, also those that are no longer kept. */
  readonly id: number;
  /** When it arrived, in milliseconds since 1970. */
  readonly at: number;
  /** An `AgentSessionMessage`, if the agent keeps to LiveKit's protocol. */
  readonly bytes: Uint8Array;
}

/** The messages with one more, without the oldest if there are too many. */
export function withMessage(
  messages: readonly ReceivedMessage[],
  message: Omit<ReceivedMessage, 'id'>,
): readonly ReceivedMessage[] {
  if (message.bytes.length > MESSAGE_MAX_BYTES) return messages;
  const id = (messages.at(-1)?.id ?? -1) + 1;
  return [...messages, { id, ...message }].slice(-MESSAGES_MAX);
}
