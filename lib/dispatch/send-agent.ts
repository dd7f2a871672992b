// The two acts of everybody who sends agents: one is sent for, and told of; and one that did not come, or
// is lost, is called off. Whether to is decided elsewhere, in turn (`ensure-agent.ts`).
import { setTimeout as pause } from 'node:timers/promises';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { type SentBy, tellDispatch } from './tell-requests';

/** An agent to be sent into a room that is live: LiveKit would make one that is not. */
export interface SentAgent {
  readonly room: string;
  /** Sid of the room, where it is known. */
  readonly roomSid?: string;
  /** Agent name. */
  readonly agent: string;
  /** Wire name. */
  readonly deployment: string;
  readonly metadata: string;
  readonly by: SentBy;
}

/**
 * Milliseconds to wait for LiveKit to call a job off: it takes 3 s where a worker is dead. An agent that
 * comes by it after all is put out then.
 */
const CALL_OFF_MS = 300;

/**
 * Sends the agent.
 * @returns id of its dispatch; undefined where the room has just ended
 * @throws {Problem} 503 where LiveKit does not answer
 */
export async function sendAgent(
  { dispatches }: LiveKit,
  { room, roomSid, agent, deployment, metadata, by }: SentAgent,
): Promise<string | undefined> {
  const creating = dispatches.createDispatch(room, agent, { deployment, metadata });
  const made = await asked(creating, undefined);
  if (!made) return undefined;
  tellDispatch({ room, roomSid }, { name: agent, deployment }, by, made.id);
  return made.id;
}

/** Calls dispatches off, as far as that is done at once. `failed` is told of each that cannot be. */
export async function callOff(
  { dispatches }: LiveKit,
  room: string,
  ids: readonly string[],
  failed: (id: string, error: unknown) => void,
): Promise<void> {
  const calling = ids.map((id) =>
    asked(dispatches.deleteDispatch(id, room), undefined).catch((error) => failed(id, error)),
  );
  await Promise.race([Promise.all(calling), pause(CALL_OFF_MS, undefined, { ref: false })]);
}
