// Written input: what callers type, and the keys they press on a telephone. The framework's own handler
// reads each text to its end, but a client can send one without an end.
import { log } from '@livekit/agents';
import { type Room, RoomEvent, type TextStreamReader } from '@livekit/rtc-node';
import { KEYS_DONE, KEYS_PAUSE_MS } from '../../lib/call/pressed-keys';
import { TYPED_MAX } from '../../lib/livekit/attributes';
import { isCaller } from './people';

/** LiveKit's topic for chat messages. */
const CHAT_TOPIC = 'lk.chat';

/**
 * The text, or its beginning: at least one character over {@link TYPED_MAX}, so that the caller can
 * be told.
 */
async function readText(reader: TextStreamReader): Promise<string> {
  let text = '';
  for await (const piece of reader) {
    text += piece;
    // Leaving the loop closes the reader.
    if (text.length > TYPED_MAX) break;
  }
  return text;
}

/** Calls `heard` with each text from the caller. */
export function onTextInput(room: Room, heard: (text: string) => unknown): void {
  room.registerTextStreamHandler(CHAT_TOPIC, async (reader, { identity }) => {
    try {
      // Not `callerOf`: a caller who reconnected is listed last, after a telephone that joined
      // meanwhile.
      const from = room.remoteParticipants.get(identity);
      if (!from || !isCaller(from)) return await reader.close();
      await heard(await readText(reader));
    } catch (error) {
      // The call has ended meanwhile.
      log().debug({ error }, 'a text was not answered');
    }
  });
}

/**
 * Calls `heard` with the keys of each answer (without the final hash) and with all keys that were
 * pressed.
 */
export function hearKeypad(room: Room, heard: (keys: string, pressed: string) => void): void {
  let keys = '';
  let timer: NodeJS.Timeout | undefined;
  const complete = (done = '') => {
    clearTimeout(timer);
    const answer = keys;
    keys = '';
    if (answer) heard(answer, answer + done);
  };
  room.on(RoomEvent.DtmfReceived, (_code, key) => {
    if (key === KEYS_DONE) return complete(key);
    // A program can send any text as a key. One character over the limit is kept so that the caller
    // can be told that the input was too long.
    keys = (keys + key).slice(0, TYPED_MAX + 1);
    clearTimeout(timer);
    timer = setTimeout(complete, KEYS_PAUSE_MS);
  });
  room.on(RoomEvent.Disconnected, () => clearTimeout(timer));
}
