// Whispers: notes for the agent from people who watch the call. Its model follows them in its next reply, and the caller
// does not hear them. Scripted agents have their own rules and ignore them.
import { log, type voice } from '@livekit/agents';
import { type Room, RoomEvent } from '@livekit/rtc-node';
import type { Signing } from '@/lib/dispatch/signed-metadata';
import { whisperReader } from '@/lib/dispatch/signed-whisper';
import { WHISPER_MAX, WHISPER_TOPIC } from '@/lib/livekit/attributes';

/** Maximum bytes of a packet: a whisper with all its characters escaped, and its signature. */
const PACKET_MAX = 6 * WHISPER_MAX + 1_024;

const instruction = (text: string) =>
  `A note from your team, which the caller cannot hear. Follow it in your next reply, and do not mention it: ${text}`;

/** Adds each whisper that the web process signed for this room to the conversation that the session's model sees. */
export function hearWhispers(
  room: Room,
  session: Pick<voice.AgentSession, 'currentAgent'>,
  signing: Signing,
): void {
  const read = whisperReader(signing);
  let hasWarned = false;
  room.on(RoomEvent.DataReceived, (data, from, _kind, topic) => {
    // The server is no participant. A larger packet is none of ours: it would take time to check its signature.
    if (topic !== WHISPER_TOPIC || from || data.length > PACKET_MAX) return;
    const text = read(new TextDecoder().decode(data));
    if (text === undefined) {
      // Once, because a participant can send many.
      if (!hasWarned) log().warn('a whisper was ignored: its signature is not valid');
      hasWarned = true;
      return;
    }
    void follow(session, text).catch((error: unknown) => {
      log().warn({ error }, 'a whisper was not followed');
    });
  });
}

async function follow(
  { currentAgent }: Pick<voice.AgentSession, 'currentAgent'>,
  text: string,
): Promise<void> {
  const context = currentAgent.chatCtx.copy();
  context.addMessage({ role: 'system', content: instruction(text) });
  await currentAgent.updateChatCtx(context);
}
