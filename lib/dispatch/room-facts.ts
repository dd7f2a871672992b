// What LiveKit knows about a room. Callers must first check that the room is live: otherwise ListDispatch and
// DeleteDispatch take 3 s to fail, and CreateDispatch creates the room.
import type { AgentDispatch, ParticipantInfo, Room } from 'livekit-server-sdk';
import { Problem } from '@/lib/core/problem';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { currentAgents } from '@/lib/livekit/workers';
import type { CheckedAgent } from './checks';

/** The room of that name while it is live: it has participants, or is kept open for them. */
export async function liveRoom(livekit: LiveKit, name: string): Promise<Room | undefined> {
  const rooms = await asked(livekit.rooms.listRooms([name]), []);
  return rooms.find((room) => room.name === name);
}

/**
 * The live room of that name.
 * @throws {Problem} 404 at once if there is none.
 */
export async function requireLiveRoom(livekit: LiveKit, name: string): Promise<Room> {
  const room = await liveRoom(livekit, name);
  if (room) return room;
  throw new Problem('unknown-room', 'It does not exist or has ended. Names are case-sensitive.');
}

/** The participants of a live room, and its dispatches. */
export interface RoomFacts {
  readonly people: readonly ParticipantInfo[];
  readonly dispatches: readonly AgentDispatch[];
}

/** The facts of a room that must be live. */
export async function roomFacts(livekit: LiveKit, name: string): Promise<RoomFacts> {
  const [people, dispatches] = await Promise.all([
    asked(livekit.rooms.listParticipants(name), []),
    asked(livekit.dispatches.listDispatch(name), []),
  ]);
  return { people, dispatches };
}

/**
 * Requires a live worker for the agent's deployment. Uses known reports only, so it returns at once.
 * @throws {Problem} 409 with the agent's live deployments.
 */
export function requireLiveWorker({ name, deployment }: Pick<CheckedAgent, 'name' | 'deployment'>) {
  const deployments = currentAgents().find((agent) => agent.name === name)?.deployments ?? [];
  const found = deployments.find((one) => one.name === deployment);
  if (found?.live) return;
  const valid = deployments.filter((one) => one.live).map((one) => one.name);
  const why = found?.problem ?? 'No worker is running';
  throw new Problem(
    'no-live-worker',
    `${name} on ${deployment}: ${why}. Live: ${valid.join(', ') || 'none'}. ` +
      'Set force to dispatch it anyway.',
    { valid },
  );
}
