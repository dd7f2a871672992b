// Reads the errors that an `AgentSession` of LiveKit reports to its room: byte streams on `lk.agent.session`, each an
// `AgentSessionMessage` of `livekit_agent_session.proto` in github.com/livekit/protocol. The generated reader would add 15 KB
// to what a page loads for a call (`@livekit/protocol` 1.52, minified by esbuild, gzipped); this one reads the path to one
// text in 0.5 KB.
import { fieldsOf, textOf } from '@/lib/livekit/protobuf';

/** LiveKit's topic for the messages of a session. */
export const SESSION_TOPIC = 'lk.agent.session';

/** Fields from the message to the text of its error: `event`, `error`, `message`. */
const ERROR_PATH = [3, 15, 1] as const;

/** The content of the first field with a number; undefined if there is none. */
function contentOf(message: Uint8Array, wanted: number): Uint8Array | undefined {
  for (const { number, value } of fieldsOf(message)) {
    if (number === wanted && value instanceof Uint8Array) return value;
  }
  return undefined;
}

/** An error of a session. */
export interface SessionError {
  /** LiveKit's type, such as `stt_error`: the part that failed. */
  readonly type: string;
  /** Whether the session tries again by itself; undefined if it does not say. */
  readonly recoverable: boolean | undefined;
}

/**
 * The error in a message of a session; undefined if it is about something else. Python sends the error as Python prints
 * it, with type and `recoverable`. Node sends the label of the model alone, such as `openai.STT`, and reports an error of
 * speech only after its last attempt; one of a language model also before.
 */
export function sessionError(message: Uint8Array): SessionError | undefined {
  let field: Uint8Array | undefined = message;
  for (const number of ERROR_PATH) field = field && contentOf(field, number);
  if (!field) return undefined;
  const text = textOf(field);
  const type = /^type='(\w+)'/.exec(text)?.[1];
  // The text of the cause comes before it.
  if (type) return { type, recoverable: /recoverable=True$/.test(text) };
  if (/stt\b/i.test(text)) return { type: 'stt_error', recoverable: false };
  if (/tts\b/i.test(text)) return { type: 'tts_error', recoverable: false };
  return { type: 'llm_error', recoverable: undefined };
}
