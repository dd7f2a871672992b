// Gathers what is known of a room: from LiveKit, the database, the workers' reports and the server's
// log, side by side and each with a time limit. What does not answer is left unknown.
import { eq } from 'drizzle-orm';
import { type ParticipantInfo, ParticipantInfo_State, type Room } from 'livekit-server-sdk';
import { eventsFrom } from '../../calls/store/call-row';
import { withDatabase } from '../../calls/store/database';
import { events as eventTable } from '../../calls/store/schema';
import { storable } from '../../calls/store/storable';
import { servedAgents } from '../../catalogue';
import type { Config } from '../../config';
import { agentsIn, milliseconds, reportedWord } from '../../dispatch/presence';
import { within } from '../../limit';
import { type LiveKit, liveKit } from '../../livekit';
import { agentNameOf } from '../../signals';
import { askServer } from '../ask-server';
import { isProbeRoom } from '../probe-room';
import { readServerLog } from '../server-log';
import { lastRefusal, lastWebhookAt, probeEvents } from '../sightings';
import { workersSeen } from '../workers-seen';
import type { AskedFor, Evidence, Present, RoomNow, Sent } from './evidence';

/** Milliseconds for each source. */
const SOURCE_MS = 4_000;

function presentOf(person: ParticipantInfo, agents: readonly ParticipantInfo[]): Present {
  const { identity, attributes, state, joinedAt, joinedAtMs } = person;
  return {
    identity,
    isAgent: agents.includes(person),
    agent: agentNameOf(attributes),
    joinedAt: Number(joinedAtMs) || Number(joinedAt) * 1_000,
    active: state === ParticipantInfo_State.ACTIVE,
  };
}

async function sentInto({ dispatches }: LiveKit, room: string): Promise<Sent[]> {
  const listed = await dispatches.listDispatch(room);
  return listed.map(({ agentName: agent, deployment, state }) => ({
    agent,
    deployment,
    at: milliseconds(state?.createdAt ?? 0n),
    jobs: (state?.jobs ?? []).map((job) => ({
      id: job.id,
      at: milliseconds(job.state?.startedAt ?? 0n),
      error: reportedWord(job) === 'JS_FAILED' ? (job.state?.error ?? '') : '',
    })),
  }));
}

async function roomNow(livekit: LiveKit, room: string, found: Room): Promise<RoomNow> {
  const [people, sent] = await Promise.all([
    livekit.rooms.listParticipants(room),
    sentInto(livekit, room),
  ]);
  const agents = agentsIn(people);
  return {
    since: Number(found.creationTimeMs) || Number(found.creationTime) * 1_000,
    metadata: found.metadata,
    people: people.map((person) => presentOf(person, agents)),
    sent,
  };
}

/** What was told of the newest call that was in a room of that name. */
async function eventsOf(room: string): Promise<Evidence['events']> {
  if (isProbeRoom(room)) return probeEvents(room);
  const rows = await withDatabase((db) =>
    db
      .select()
      .from(eventTable)
      .where(eq(eventTable.room, storable(room))),
  );
  const last = rows.toSorted((a, b) => a.arrivedAt - b.arrivedAt).at(-1);
  return eventsFrom(rows.filter(({ call }) => call === last?.call)).toSorted((a, b) => a.at - b.at);
}

/**
 * All that is known of a room now. Never throws.
 * @param asked who was asked for, where that is known better here than by the events
 */
export async function gather(config: Config, room: string, asked?: AskedFor): Promise<Evidence> {
  const livekit = liveKit(config);
  const orUnknown = <T>(work: Promise<T>) => within(SOURCE_MS, work).catch(() => undefined);
  const [answer, events] = await Promise.all([
    askServer(config, () => livekit.rooms.listRooms([room])),
    orUnknown(eventsOf(room)),
  ]);
  const found = answer.value?.find(({ name }) => name === room);
  const log = readServerLog(config.DATA_DIR);
  return {
    now: Date.now(),
    room,
    server: answer.says,
    live: found && (await orUnknown(roomNow(livekit, room, found))),
    events,
    asked,
    reports: workersSeen(),
    refused: lastRefusal(),
    log: log.length > 0 ? log : undefined,
    catalogue: servedAgents(config.LETTA_URL),
    webhookAt: lastWebhookAt(),
  };
}
