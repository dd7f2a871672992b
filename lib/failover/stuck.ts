// An agent that is in the room and does not answer, as a page of the call reports it. The event says what was decided, and
// failover follows the events: it replaces the agent as one that is lost.
import { createHash } from 'node:crypto';
import { listedAgents } from '@/lib/agents/registry';
import { callOfPeople } from '@/lib/calls/call-id';
import { addEvent } from '@/lib/calls/ingest/add-event';
import type { CallsServer } from '@/lib/calls/server';
import { readTimeline } from '@/lib/calls/store/store';
import { MAX_ATTEMPTS } from '@/lib/core/join-timeouts';
import { Problem } from '@/lib/core/problem';
import { agentsIn, agentsNamed, isStaying } from '@/lib/dispatch/presence';
import { requireLiveRoom, roomFacts } from '@/lib/dispatch/room-facts';
import type { StuckAnswer, StuckReport } from '@/lib/failover/stuck-answer';

/** How often failover has replaced an agent in a call. */
async function timesReplaced(
  server: CallsServer,
  call: string | undefined,
  agent: string,
): Promise<number> {
  const { marks } = (call && (await readTimeline(server, call))) || { marks: [] };
  return marks.filter(
    (mark) => mark.kind === 'event' && mark.what.kind === 'failover' && mark.what.agent === agent,
  ).length;
}

/**
 * Stores that an agent does not answer, and has it replaced if that is asked for or its team has chosen so. An agent that is
 * in no list stays: whoever dispatched it may replace it.
 * @throws {Problem} 404 if the room is not live, 409 if the agent is not in it, 503 if LiveKit or the database does not respond
 */
export async function reportStuck(
  server: CallsServer,
  room: string,
  { identity, ms, replace }: StuckReport,
): Promise<StuckAnswer> {
  const { sid } = await requireLiveRoom(server.livekit, room);
  const facts = await roomFacts(server.livekit, room);
  const agent = agentsIn(facts.people).find((one) => one.identity === identity && isStaying(one));
  if (!agent) throw new Problem('no-agent', 'This agent is not in the call any more.');
  const listed = listedAgents(server).find(({ name }) => agentsNamed(facts, name).includes(agent));
  const call = callOfPeople(facts.people);
  const times = listed ? await timesReplaced(server, call, listed.name) : 0;
  const replaces = replace || listed?.replace_stuck === true;
  const done = !listed || times >= MAX_ATTEMPTS ? 'abandoned' : replaces ? 'replaced' : 'offered';
  // Two requests at once have the same event, which is stored once.
  const id = createHash('sha256').update(`${sid} ${identity} ${done}`).digest('base64url');
  addEvent(
    server,
    { id, room, roomSid: sid, call },
    { kind: 'stuck', identity, part: 'agent', ms, done },
  );
  return { done, times };
}
