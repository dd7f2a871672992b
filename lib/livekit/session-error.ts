// Reads the errors that an `AgentSession` of LiveKit reports to its room: byte streams on `lk.agent.session`, each an
// `AgentSessionMessage` of `livekit_agent_session.proto` in github.com/livekit/protocol. The generated reader would add 15 KB
// to what a page loads for a call (`@livekit/protocol` 1.52, minified by esbuild, gzipped); this one reads the path to one
// text in 0.4 KB.

/** LiveKit's topic for the messages of a session. */
export const SESSION_TOPIC = 'lk.agent.session';

/** Fields from the message to the text of its error: `event`, `error`, `message`. */
const ERROR_PATH = [3, 15, 1] as const;

/** Wire types of protobuf: https://protobuf.dev/programming-guides/encoding. */
const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH = 2;
const FOUR_BYTES = 5;

/** The content of a field with a length; undefined if the message has none, or is no protobuf. */
function fieldOf(message: Uint8Array, wanted: number): Uint8Array | undefined {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; at < message.length; scale *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) break;
    }
    return value;
  };
  while (at < message.length) {
    const tag = varint();
    const wire = tag % 8;
    if (wire === VARINT) varint();
    else if (wire === EIGHT_BYTES) at += 8;
    else if (wire === FOUR_BYTES) at += 4;
    else if (wire === LENGTH) {
      const end = varint() + at;
      if (Math.floor(tag / 8) === wanted) return message.subarray(at, end);
      at = end;
    } else return undefined;
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
  for (const number of ERROR_PATH) field = field && fieldOf(field, number);
  if (!field) return undefined;
  const text = new TextDecoder().decode(field);
  const type = /^type='(\w+)'/.exec(text)?.[1];
  // The text of the cause comes before it.
  if (type) return { type, recoverable: /recoverable=True$/.test(text) };
  if (/stt\b/i.test(text)) return { type: 'stt_error', recoverable: false };
  if (/tts\b/i.test(text)) return { type: 'tts_error', recoverable: false };
  return { type: 'llm_error', recoverable: undefined };
}
