// What an `AgentSession` of LiveKit sends to the caller, unless its team has turned that off. For agents that were not
// written for Callboard: the caller is told of errors, and a developer's console shows the rest.
import { type Room, RoomEvent } from 'livekit-client';
import { announced } from '@/components/call/session/announced';
import { isAgent } from '@/components/call/session/presence';
import { AGENT_STATE_ATTRIBUTE, isFromOtherWorker } from '@/lib/livekit/attributes';
import { SESSION_TOPIC, sessionError } from '@/lib/livekit/session-error';
import { troubleOf } from '@/lib/livekit/trouble';

/** Joins what a byte stream has delivered. A `Blob` is read in the background, which puts messages out of order. */
function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((bytes, { length }) => bytes + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

interface SessionEvents {
  /** Called with the identity of the agent and what to tell the caller. */
  readonly onTrouble: (by: string, text: string) => void;
  /** Called with each message as it was sent. */
  readonly onMessage: (message: Uint8Array) => void;
}

/** Follows the sessions of agents of other workers. Our own workers send turn signals. */
export function followSessions(room: Room, { onTrouble, onMessage }: SessionEvents): void {
  /** By identity, what to say unless the agent finds an answer: it may try again. */
  const open = new Map<string, string>();

  room.registerByteStreamHandler(SESSION_TOPIC, async (reader, { identity }) => {
    // A stream that breaks off ends with the call or with its agent, which the page shows.
    const chunks = await reader.readAll().catch(() => []);
    const message = joined(chunks);
    const sender = await announced(room, identity);
    const { attributes } = sender;
    if (!isAgent(sender) || !isFromOtherWorker(attributes)) return;
    onMessage(message);
    const error = sessionError(message);
    if (!error || error.recoverable) return;
    const text = troubleOf(error.type);
    const mayRetry = error.recoverable === undefined;
    if (mayRetry && attributes[AGENT_STATE_ATTRIBUTE] === 'thinking') open.set(identity, text);
    else onTrouble(identity, text);
  });

  room.on(RoomEvent.ParticipantAttributesChanged, (changed, { identity }) => {
    const state = changed[AGENT_STATE_ATTRIBUTE];
    const text = open.get(identity);
    if (state === undefined || text === undefined) return;
    open.delete(identity);
    if (state === 'listening') onTrouble(identity, text);
  });
}
