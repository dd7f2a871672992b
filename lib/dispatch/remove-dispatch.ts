// Deletes a dispatch and removes its agent, which leaves on request, or is removed.

import type { ParticipantInfo } from 'livekit-server-sdk';
import { callOfPeople } from '@/lib/calls/call-id';
import { addEvent } from '@/lib/calls/ingest/add-event';
import type { CallsServer } from '@/lib/calls/server';
import { CANCELLED_TIMEOUT_MS } from '@/lib/core/join-timeouts';
import { Problem } from '@/lib/core/problem';
import { AgentRemoval, pause } from '@/lib/dispatch/agent-removal';
import { agentOf, milliseconds } from '@/lib/dispatch/presence';
import { requireDispatch, unknownDispatch } from '@/lib/dispatch/room-facts';
import { AGENT_ATTRIBUTES, agentNameOf, isFromOtherWorker } from '@/lib/livekit/attributes';
import { callLiveKit } from '@/lib/livekit/clients';
import type { Leaving } from '@/lib/livekit/end-reason';

/** Milliseconds to leave on request; then the agent is removed. LiveKit does that itself after 3 s, if it knows the job. */
const LEAVE_MS = 4_000;
/** Milliseconds for an agent to be gone. Our own choice: somebody is waiting. */
const GONE_MS = 10_000;
/** Milliseconds between checks whether it is. */
const CHECK_EVERY_MS = 100;
/**
 * Tells the room and failover why an agent leaves, before it is removed: LiveKit gives it no time to say so itself.
 * An agent in another worker is also removed at once, because its job may take seconds to end: seven in Python.
 * @throws {Problem} 503 if LiveKit does not respond
 */
export async function dismissAgent(
  server: CallsServer,
  room: string,
  people: readonly ParticipantInfo[],
  { identity, attributes }: ParticipantInfo,
  why: Leaving,
): Promise<void> {
  const { rooms } = server.livekit;
  // Before LiveKit reports that the agent is gone: otherwise failover would replace it.
  addEvent(
    server,
    { room, call: callOfPeople(people) },
    { kind: 'agent_left', identity, agent: agentNameOf(attributes), why },
  );
  const change = { attributes: { [AGENT_ATTRIBUTES.leaving]: why } };
  await callLiveKit(rooms.updateParticipant(room, identity, change), undefined);
  if (isFromOtherWorker(attributes))
    await callLiveKit(rooms.removeParticipant(room, identity), undefined);
}

/**
 * Deletes a dispatch and removes its agent, which leaves on request. Resolves when the agent is gone. One that has not joined
 * yet is removed as soon as it does.
 * @throws {Problem} 404 if the room is not live or has no such dispatch; 503 if LiveKit does not respond, or the agent stays
 */
export async function removeDispatch(server: CallsServer, room: string, id: string): Promise<void> {
  const { livekit } = server;
  const { sid, dispatch, people } = await requireDispatch(livekit, room, id);
  const { agentName: agent, state } = dispatch;
  const removal = new AgentRemoval(livekit, { name: room, sid }, dispatch, (one, all) =>
    dismissAgent(server, room, all, one, 'shutdown'),
  );
  await removal.check(() => false);
  const deleting = livekit.dispatches.deleteDispatch(id, room).then(() => true);
  if (!(await callLiveKit(deleting, false))) throw unknownDispatch();
  // Otherwise failover would replace an agent that has not joined yet.
  addEvent(
    server,
    { room, roomSid: sid, call: callOfPeople(people) },
    { kind: 'dispatch_deleted', dispatch: id, agent },
  );
  const since = Date.now();
  const isListed = (one: ParticipantInfo) =>
    state?.jobs.some((job) => agentOf(job, [one])) ?? false;
  // Of a job that is not listed LiveKit may know nothing.
  const removes = (one: ParticipantInfo) => !isListed(one) || Date.now() - since >= LEAVE_MS;
  for (;;) {
    const left = await removal.check(removes);
    if (left.length === 0) break;
    if (Date.now() - since >= GONE_MS) throw staying(room, left);
    await pause(CHECK_EVERY_MS);
  }
  const age = Date.now() - milliseconds(state?.createdAt ?? 0n);
  if (!removal.hadAgent && age < CANCELLED_TIMEOUT_MS) void removal.keepOut();
}

function staying(room: string, left: readonly ParticipantInfo[]): Problem {
  const who = left.map(({ identity }) => identity).join(', ');
  return new Problem(
    'agent-stays',
    `The dispatch is deleted, but LiveKit still lists ${who} ${GONE_MS / 1_000} s later and did not remove it. ` +
      `If its LiveKit node is gone, it is listed until the room ends: DELETE /api/rooms/${encodeURIComponent(room)} ends it.`,
  );
}
