// Whispers: notes for the agent from people who watch the call. Its model follows them in its next reply, and the caller
// does not hear them. Scripted agents have their own rules and ignore them.
import { log, type voice } from '@livekit/agents';
import { type Room, RoomEvent } from '@livekit/rtc-node';
import { WHISPER_TOPIC, whisper } from '../../lib/livekit/attributes';

const instruction = (text: string) =>
  `A note from your team, which the caller cannot hear. Follow it in your next reply, and do not mention it: ${text}`;

/** Adds each whisper to the conversation that the session's model sees. */
export function hearWhispers(room: Room, session: Pick<voice.AgentSession, 'currentAgent'>): void {
  room.on(RoomEvent.DataReceived, (data, from, _kind, topic) => {
    // Only the server sends without an identity.
    if (topic !== WHISPER_TOPIC || from !== undefined) return;
    void follow(session, data).catch((error: unknown) => {
      log().warn({ error }, 'a whisper was not followed');
    });
  });
}

async function follow(
  { currentAgent }: Pick<voice.AgentSession, 'currentAgent'>,
  data: Uint8Array,
) {
  const { text } = whisper.parse(JSON.parse(new TextDecoder().decode(data)));
  const context = currentAgent.chatCtx.copy();
  context.addMessage({ role: 'system', content: instruction(text) });
  await currentAgent.updateChatCtx(context);
}
