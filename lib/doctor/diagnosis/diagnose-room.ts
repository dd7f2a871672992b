// Diagnoses why no agent joined a room. Gathers the evidence from LiveKit, the database, the workers' reports and the
// server's log, in parallel and each with a timeout: sources that do not respond leave their part unknown.
import { eq } from 'drizzle-orm';
import { type ParticipantInfo, ParticipantInfo_State, type Room } from 'livekit-server-sdk';
import { listedAgents } from '@/lib/agents/registry';
import {
  knownWorkers,
  lastRefusal,
  lastWebhookAt,
  probeEvents,
} from '@/lib/calls/ingest/recent-activity';
import { eventsFrom } from '@/lib/calls/store/call-row';
import { events as eventTable } from '@/lib/calls/store/schema';
import { PRODUCTION } from '@/lib/core/deployment';
import type { CheckResult } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { machineAddress } from '@/lib/core/machine-address';
import { namesLoopback } from '@/lib/core/sign-in-mode';
import { withTimeout } from '@/lib/core/wait';
import { withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';
import { agentsIn, milliseconds, reportedState } from '@/lib/dispatch/presence';
import { askServer } from '@/lib/doctor/ask-server';
import type { Cause } from '@/lib/doctor/diagnosis/causes';
import type {
  Evidence,
  LiveRoom,
  Participant,
  RequestedAgent,
  SentDispatch,
} from '@/lib/doctor/diagnosis/evidence';
import { explain } from '@/lib/doctor/diagnosis/explain';
import { diagnose } from '@/lib/doctor/diagnosis/verdict';
import type { DoctorServer } from '@/lib/doctor/server';
import { readServerLog } from '@/lib/doctor/server-log';
import { agentNameOf } from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
import { deploymentOf } from '@/lib/livekit/dispatch';
import { isProbeRoom } from '@/lib/livekit/probe-room';

/** Milliseconds for each source. */
const SOURCE_MS = 4_000;

function participantOf(person: ParticipantInfo, agents: readonly ParticipantInfo[]): Participant {
  const { identity, attributes, state, joinedAt, joinedAtMs } = person;
  return {
    identity,
    isAgent: agents.includes(person),
    agent: agentNameOf(attributes),
    joinedAt: Number(joinedAtMs) || Number(joinedAt) * 1_000,
    active: state === ParticipantInfo_State.ACTIVE,
  };
}

async function dispatchesOf({ dispatches }: LiveKit, room: string): Promise<SentDispatch[]> {
  const listed = await dispatches.listDispatch(room);
  return listed.map((one) => ({
    agent: one.agentName,
    deployment: deploymentOf(one),
    namesProduction: one.deployment === PRODUCTION || undefined,
    at: milliseconds(one.state?.createdAt ?? 0n),
    jobs: (one.state?.jobs ?? []).map((job) => ({
      id: job.id,
      at: milliseconds(job.state?.startedAt ?? 0n),
      error: reportedState(job) === 'JS_FAILED' ? (job.state?.error ?? '') : '',
    })),
  }));
}

async function liveRoom(livekit: LiveKit, room: string, found: Room): Promise<LiveRoom> {
  const [people, sent] = await Promise.all([
    livekit.rooms.listParticipants(room),
    dispatchesOf(livekit, room),
  ]);
  const agents = agentsIn(people);
  return {
    since: Number(found.creationTimeMs) || Number(found.creationTime) * 1_000,
    metadata: found.metadata,
    people: people.map((person) => participantOf(person, agents)),
    sent,
  };
}

/** Events of the newest call in a room of that name. */
async function eventsOf(server: DoctorServer, room: string): Promise<Evidence['events']> {
  if (isProbeRoom(room)) return probeEvents(server, room);
  const rows = await withDatabase(server, (db) =>
    db
      .select()
      .from(eventTable)
      .where(eq(eventTable.room, storable(room))),
  );
  const last = rows.toSorted((a, b) => a.arrivedAt - b.arrivedAt).at(-1);
  return eventsFrom(rows.filter(({ call }) => call === last?.call)).toSorted((a, b) => a.at - b.at);
}

/**
 * Gathers all evidence about a room. Never throws.
 * @param asked the requested agent, if known better than from events
 */
async function gather(
  server: DoctorServer,
  room: string,
  asked?: RequestedAgent,
): Promise<Evidence> {
  const { config, livekit } = server;
  const orUndefined = <T>(work: Promise<T>) => withTimeout(SOURCE_MS, work).catch(() => undefined);
  const [answer, events] = await Promise.all([
    askServer(server, () => livekit.rooms.listRooms([room])),
    orUndefined(eventsOf(server, room)),
  ]);
  const found = answer.value?.find(({ name }) => name === room);
  const log = readServerLog(config.DATA_DIR);
  return {
    now: Date.now(),
    room,
    server: answer.says,
    live: found && (await orUndefined(liveRoom(livekit, room, found))),
    events,
    asked,
    reports: knownWorkers(server),
    refused: lastRefusal(server),
    log: log.length > 0 ? log : undefined,
    agents: listedAgents(server),
    isAlone: namesLoopback(config.LIVEKIT_URL) && machineAddress() === undefined,
    livekitUrl: config.LIVEKIT_URL,
    webhookAt: lastWebhookAt(server),
  };
}

/** Diagnoses a room. Never throws. */
export async function diagnoseRoom(
  server: DoctorServer,
  room: string,
  asked?: RequestedAgent,
  language: Language = 'en',
): Promise<CheckResult & { readonly cause: Cause }> {
  const evidence = await gather(server, room, asked);
  const verdict = diagnose(evidence);
  return { ...explain(evidence, verdict, language), cause: verdict.cause };
}
