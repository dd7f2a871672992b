// Dispatches an agent and records the event, or cancels dispatches. Callers decide whether to, in turn
// (`ensure-agent.ts`).
import { setTimeout as pause } from 'node:timers/promises';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { createDispatch } from '@/lib/livekit/dispatch';
import { type DispatchedBy, recordDispatch } from './request-events';

/** An agent to dispatch to a live room. LiveKit would create a room that is not live. */
export interface SentAgent {
  readonly room: string;
  /** The room's SID, if known. */
  readonly roomSid?: string;
  /** Agent name. */
  readonly agent: string;
  readonly deployment: string;
  readonly metadata: string;
  readonly by: DispatchedBy;
}

/**
 * Milliseconds to wait for LiveKit to cancel a job: it takes 3 s if the worker is dead. If its agent joins after all,
 * failover removes it.
 */
const CANCEL_MS = 300;

/**
 * Dispatches the agent.
 * @returns ID of its dispatch; undefined if the room has just ended
 * @throws {Problem} 503 if LiveKit does not respond
 */
export async function sendAgent(
  { dispatches }: LiveKit,
  { room, roomSid, agent, deployment, metadata, by }: SentAgent,
): Promise<string | undefined> {
  const creating = createDispatch(dispatches, room, { name: agent, deployment, metadata });
  const made = await asked(creating, undefined);
  if (!made) return undefined;
  recordDispatch({ room, roomSid }, { name: agent, deployment }, by, made.id);
  return made.id;
}

/** Cancels dispatches as far as LiveKit does so at once. Calls `failed` for each that it could not cancel. */
export async function cancelDispatches(
  { dispatches }: LiveKit,
  room: string,
  ids: readonly string[],
  failed: (id: string, error: unknown) => void,
): Promise<void> {
  const calling = ids.map((id) =>
    asked(dispatches.deleteDispatch(id, room), undefined).catch((error) => failed(id, error)),
  );
  await Promise.race([Promise.all(calling), pause(CANCEL_MS, undefined, { ref: false })]);
}
