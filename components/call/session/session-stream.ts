// What an `AgentSession` of LiveKit sends to the caller, unless its team has turned that off. For agents that were not
// written for Callboard: the caller is told of errors, and a developer's console shows the rest.
import { type Room, RoomEvent } from 'livekit-client';
import { announced } from '@/components/call/session/announced';
import { isAgent } from '@/components/call/session/presence';
import { AGENT_STATE_ATTRIBUTE, isFromOtherWorker } from '@/lib/livekit/attributes';
import { SESSION_TOPIC, sessionError } from '@/lib/livekit/session-error';
import { troubleOf } from '@/lib/livekit/trouble';

/**
 * Milliseconds from an error until no answer is expected any more from an agent that is still thinking. LiveKit's framework
 * tries again within 2 s, and gives the model 10 s.
 */
const RETRY_MS = 15_000;

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
  const open = new Map<string, { readonly text: string; readonly timer: NodeJS.Timeout }>();
  const close = (identity: string, isTold: boolean) => {
    const one = open.get(identity);
    if (!one) return;
    clearTimeout(one.timer);
    open.delete(identity);
    if (isTold) onTrouble(identity, one.text);
  };

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
    if (mayRetry && attributes[AGENT_STATE_ATTRIBUTE] === 'thinking') {
      close(identity, false);
      open.set(identity, { text, timer: setTimeout(() => close(identity, true), RETRY_MS) });
    } else onTrouble(identity, text);
  });

  room.on(RoomEvent.ParticipantAttributesChanged, (changed, { identity }) => {
    const state = changed[AGENT_STATE_ATTRIBUTE];
    if (state !== undefined) close(identity, state === 'listening');
  });
  room.on(RoomEvent.ParticipantDisconnected, ({ identity }) => close(identity, false));
  room.on(RoomEvent.Disconnected, () => {
    for (const identity of open.keys()) close(identity, false);
  });
}
