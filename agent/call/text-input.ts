// What callers type. The framework's own handler reads each text to its end, but a client can send
// one without an end.
import { log } from '@livekit/agents';
import type { Room, TextStreamReader } from '@livekit/rtc-node';
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
