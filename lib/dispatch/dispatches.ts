// The dispatches of a room: list them, show one, delete one. Deleting a dispatch removes its agent; the room
// and its participants stay.

import { Problem } from '@/lib/core/problem';
import { AGENT_ATTRIBUTES, type Leaving } from '@/lib/livekit/attributes';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { agentOf } from './presence';
import { requireLiveRoom, roomFacts } from './room-facts';
import { dispatchView } from './views';

/**
 * All dispatches of a room, oldest first (LiveKit returns them in no order). LiveKit's own dispatch without an
 * agent name is omitted until an agent has joined by it.
 * @throws {Problem} 404 if the room is not live.
 */
export async function listDispatches(livekit: LiveKit, room: string) {
  await requireLiveRoom(livekit, room);
  const { people, dispatches } = await roomFacts(livekit, room);
  const age = ({ state }: (typeof dispatches)[number]) => state?.createdAt ?? 0n;
  return dispatches
    .toSorted((a, b) => Number(age(a) - age(b)))
    .map((dispatch) => dispatchView(dispatch, people, Date.now()))
    .filter(({ agent, jobs }) => agent !== '' || jobs.length > 0);
}

/** One dispatch, and the participants of its room. @throws {Problem} 404 */
async function requireDispatch(livekit: LiveKit, room: string, id: string) {
  await requireLiveRoom(livekit, room);
  const { people, dispatches } = await roomFacts(livekit, room);
  const dispatch = dispatches.find((one) => one.id === id);
  if (!dispatch) throw unknownDispatch();
  return { dispatch, people };
}

/**
 * One dispatch of a room.
 * @throws {Problem} 404 if the room is not live or has no such dispatch.
 */
export async function showDispatch(livekit: LiveKit, room: string, id: string) {
  const { dispatch, people } = await requireDispatch(livekit, room, id);
  return dispatchView(dispatch, people, Date.now());
}

/**
 * Deletes a dispatch and removes its agent. LiveKit removes the agent before it can say anything, so this first
 * sets the agent's attribute that tells the room it leaves on request.
 * @throws {Problem} 404 if the room is not live or has no such dispatch.
 */
export async function removeDispatch(livekit: LiveKit, room: string, id: string): Promise<void> {
  const { dispatch, people } = await requireDispatch(livekit, room, id);
  const leaving: Leaving = 'shutdown';
  const attributes = { [AGENT_ATTRIBUTES.leaving]: leaving };
  for (const job of dispatch.state?.jobs ?? []) {
    const agent = agentOf(job, people);
    if (!agent) continue;
    const marking = livekit.rooms.updateParticipant(room, agent.identity, { attributes });
    await asked(marking, undefined);
  }
  const removing = livekit.dispatches.deleteDispatch(id, room).then(() => true);
  if (!(await asked(removing, false))) throw unknownDispatch();
}

const unknownDispatch = () =>
  new Problem(
    'unknown-dispatch',
    'It does not exist or was deleted. List the room to see its dispatches.',
  );
