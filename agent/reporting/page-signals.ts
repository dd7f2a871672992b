// Sends the page what a transcript alone does not show: that an answer was interrupted and where,
// which tool ran, the response latency, and that something failed but the call continues.
import { log, voice } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import {
  HEARTBEAT_EVERY_MS,
  HEARTBEAT_TOPIC,
  TOOL_TEXT_MAX,
  TURN_TOPIC,
  type TurnSignal,
} from '@/lib/livekit/attributes';
import { troubleOf } from '@/lib/livekit/trouble';

const truncated = (text: string) =>
  text.length > TOOL_TEXT_MAX ? `${text.slice(0, TOOL_TEXT_MAX)}…` : text;

/**
 * Sends a {@link TurnSignal} for each such session event to everyone in the room.
 * @param takeOutcome the name of the outcome reported since the last call
 */
export function sendTurnSignals(
  session: voice.AgentSession,
  room: Room,
  toolLabels: Readonly<Record<string, string>>,
  takeOutcome: () => string | undefined,
): void {
  const send = (signal: TurnSignal) => {
    room.localParticipant
      ?.publishData(new TextEncoder().encode(JSON.stringify(signal)), {
        reliable: true,
        topic: TURN_TOPIC,
      })
      // At most when the call ends, or while the connection is lost, which the library reports itself.
      .catch((error: unknown) => log().debug({ error, kind: signal.kind }, 'turn signal not sent'));
  };

  session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (item.type !== 'message' || item.role !== 'assistant') return;
    if (item.interrupted) send({ kind: 'interrupted', text: item.textContent ?? '' });
    // The framework counts in seconds.
    const waited = item.metrics?.e2eLatency;
    if (waited !== undefined) send({ kind: 'answered', ms: Math.round(waited * 1_000) });
  });
  session.on(voice.AgentSessionEventTypes.FunctionToolsExecuted, (event) => {
    const outcome = takeOutcome();
    for (const [call, output] of voice.zipFunctionCallsAndOutputs(event)) {
      const label = toolLabels[call.name];
      if (!label) continue;
      send({
        ...{ kind: 'tool', id: call.callId, label, ms: output.createdAt - call.createdAt },
        ...{ args: truncated(call.args), result: truncated(output.output), failed: output.isError },
        outcome: output.isError ? undefined : outcome,
      });
    }
  });
  session.on(voice.AgentSessionEventTypes.Error, ({ error }) => {
    log().warn(
      { part: error.type, error: 'error' in error ? error.error : error },
      'a model failed',
    );
    if ('recoverable' in error && error.recoverable) return;
    send({ kind: 'trouble', text: troubleOf(error.type) });
  });
}

const EMPTY = new Uint8Array([0]);

/**
 * Starts the agent's heartbeat and returns a function that stops it: a lossy, one-byte packet sent from the job's own
 * event loop, so that the page notices within three seconds that an agent has died. LiveKit takes twenty.
 */
export function startHeartbeat(room: Room): () => void {
  const beat = () => {
    room.localParticipant
      ?.publishData(EMPTY, { reliable: false, topic: HEARTBEAT_TOPIC })
      .catch(() => undefined);
  };
  beat();
  const timer = setInterval(beat, HEARTBEAT_EVERY_MS);
  return () => clearInterval(timer);
}
