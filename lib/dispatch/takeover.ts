// What happens to agents in other workers when an invited colleague joins. An agent of Callboard sees the colleague itself, and
// leaves or falls silent. Any other knows nothing of invitations, so the web process ends it, or keeps it from hearing people.

import type { ParticipantInfo } from 'livekit-server-sdk';
import type { CallsServer } from '@/lib/calls/server';
import { isAgent, type RoomEvent } from '@/lib/calls/webhooks/event';
import { logError } from '@/lib/core/log';
import { agentsIn, agentsOf, isStaying } from '@/lib/dispatch/presence';
import { dismissAgent } from '@/lib/dispatch/remove-dispatch';
import type { LiveFacts } from '@/lib/dispatch/room-facts';
import { cancelDispatches } from '@/lib/dispatch/send-agent';
import { isFromOtherWorker, PERSON_ATTRIBUTES, type Takeover } from '@/lib/livekit/attributes';
import { callLiveKit } from '@/lib/livekit/clients';

const isPresent = (people: readonly ParticipantInfo[], takeover: Takeover): boolean =>
  people.some(({ attributes }) => attributes[PERSON_ATTRIBUTES.takeover] === takeover);

/**
 * Lets agents hear people, or not. LiveKit ends their subscriptions, also to later tracks, and restores them. Text and keys
 * still reach them.
 */
async function setHearing(
  { livekit: { rooms } }: CallsServer,
  room: string,
  agents: readonly ParticipantInfo[],
  canSubscribe: boolean,
): Promise<void> {
  for (const { identity, permission } of agents) {
    if (!permission || permission.canSubscribe === canSubscribe) continue;
    const change = { permission: { ...permission, canSubscribe } };
    await callLiveKit(rooms.updateParticipant(room, identity, change), undefined);
  }
}

/**
 * Applies an invitation to the agents in a room that are not Callboard's, when a colleague joins or leaves, or such an agent
 * joins. What it does follows from who is there, so that an event may arrive late or twice.
 * @throws {Problem} 503 if LiveKit does not respond
 */
export async function applyTakeover(
  server: CallsServer,
  { name, room, person, at, exactly = at }: RoomEvent,
  facts: LiveFacts,
): Promise<void> {
  if (name !== 'participant_joined' && name !== 'participant_left') return;
  if (!person) return;
  const takeover = person.attributes[PERSON_ATTRIBUTES.takeover];
  const isNewAgent =
    name === 'participant_joined' && isAgent(person) && isFromOtherWorker(person.attributes);
  if (!takeover && !isNewAgent) return;
  const known = await facts();
  if (!known) return;
  const { people, dispatches } = known;
  const agents = agentsIn(people).filter(
    (one) => isFromOtherWorker(one.attributes) && isStaying(one),
  );
  const isThere = people.some(({ sid }) => sid === person.sid);
  if (takeover === 'leave') {
    if (name !== 'participant_joined' || !isThere) return;
    // An agent that was called back later stays.
    const earlier = agents.filter(({ joinedAtMs }) => Number(joinedAtMs) <= exactly);
    const brought = dispatches.filter((one) =>
      agentsOf(one, known).some((agent) => earlier.includes(agent)),
    );
    for (const agent of earlier) await dismissAgent(server, room.name, people, agent, 'takeover');
    const ids = brought.map(({ id }) => id);
    await cancelDispatches(server.livekit, room.name, ids, (id, error) =>
      logError(`the job of dispatch ${id} could not be ended`, error),
    );
    return;
  }
  await setHearing(server, room.name, agents, !isPresent(people, 'stay'));
}
