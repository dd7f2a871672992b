// Agents that another program dispatched, such as LiveKit's own tools. They do not name their deployment; their dispatch does,
// and is added to the call's events.

import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { CallsServer } from '@/lib/calls/server';
import { callRooms, events } from '@/lib/calls/store/schema';
import { isAgent, type RoomEvent } from '@/lib/calls/webhooks/event';
import { withDatabase } from '@/lib/db/database';
import type { DatabaseServer } from '@/lib/db/server';
import { addDispatchEvent } from '@/lib/dispatch/request-events';
import type { LiveFacts } from '@/lib/dispatch/room-facts';
import { AGENT_ATTRIBUTES, agentNameOf } from '@/lib/livekit/attributes';
import { deploymentOf } from '@/lib/livekit/dispatch';

/**
 * Whether a dispatch of this agent to the room is stored. An earlier room of the same name is another one.
 * @throws {Problem} 503 if the database is unavailable
 */
export async function isStored(
  server: DatabaseServer,
  { name, sid }: RoomEvent['room'],
  agent: string,
): Promise<boolean> {
  const found = await withDatabase(server, (db) =>
    db
      .select({ id: events.id })
      .from(callRooms)
      .innerJoin(events, eq(events.call, callRooms.call))
      .where(
        and(
          or(eq(callRooms.sid, sid), and(eq(callRooms.name, name), isNull(callRooms.sid))),
          eq(events.room, name),
          // That of a token is older than its room.
          or(eq(events.roomSid, sid), isNull(events.roomSid)),
          eq(events.kind, 'dispatched'),
          eq(sql`${events.data}->>'agent'`, agent),
        ),
      )
      .limit(1),
  );
  return found.length > 0;
}

/**
 * Adds the dispatch of an agent that has joined, if it is not known.
 * @throws {Problem} 503 if LiveKit or the database does not respond
 */
export async function addOtherDispatch(
  server: CallsServer,
  { name, room, person }: RoomEvent,
  facts: LiveFacts,
): Promise<void> {
  if (name !== 'participant_joined' || !person || !isAgent(person)) return;
  const agent = agentNameOf(person.attributes);
  if (agent === '' || person.attributes[AGENT_ATTRIBUTES.deployment]) return;
  if (await isStored(server, room, agent)) return;
  const { dispatches = [] } = (await facts()) ?? {};
  const named = dispatches.filter(({ agentName }) => agentName === agent);
  const brought = named.find(({ state }) =>
    state?.jobs.some((job) => job.state?.participantIdentity === person.identity),
  );
  const dispatch = brought ?? named[0];
  if (!dispatch) return;
  const deployment = deploymentOf(dispatch);
  const where = { room: room.name, roomSid: room.sid };
  addDispatchEvent(
    server,
    where,
    { name: agent, deployment },
    { by: 'other', dispatch: dispatch.id },
  );
}
