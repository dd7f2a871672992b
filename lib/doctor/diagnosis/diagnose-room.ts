// Diagnoses why no agent joined a room: gathers evidence, derives the verdict, and formats both as a finding.

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
import { machineAddress } from '@/lib/core/machine-address';
import { namesLoopback } from '@/lib/core/sign-in-mode';
import { withTimeout } from '@/lib/core/wait';
import { withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';
import { agentsIn, milliseconds, reportedState } from '@/lib/dispatch/presence';
import { askServer } from '@/lib/doctor/ask-server';
import { type DoctorMessages, ENGLISH } from '@/lib/doctor/check';
import type {
  Evidence,
  LiveRoom,
  Participant,
  RequestedAgent,
  SentDispatch,
  Verdict,
} from '@/lib/doctor/diagnosis/evidence';
import { diagnose, requestedAgent } from '@/lib/doctor/diagnosis/verdict';
import type { DoctorServer } from '@/lib/doctor/server';
import { readServerLog } from '@/lib/doctor/server-log';
import { agentNameOf } from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
import { deploymentOf } from '@/lib/livekit/dispatch';
import { isProbeRoom } from '@/lib/livekit/probe-room';

// The evidence as text, one line each, for people who want to check the verdict.

type Words = DoctorMessages['evidenceText'];

const clock = (at: number) => new Date(at).toISOString().slice(11, 23);
/** Most lines of each kind, the newest. */
const LINES_MAX = 8;
/** Most characters of external text: metadata, and error messages. */
const METADATA_MAX = 120;
const MESSAGE_MAX = 200;

function roomLines({ since, people, sent, metadata }: LiveRoom, words: Words): string[] {
  const who = people.map(({ identity, isAgent, agent, active }) => {
    const kind = isAgent ? words.agent(agent) : identity;
    return active ? kind : words.notConnected(kind);
  });
  const dispatches = sent.map(
    ({ agent, deployment, at, jobs }) =>
      `${clock(at)} ${words.lists(agent, deployment, jobs.length)}`,
  );
  return [
    `${clock(since)} ${words.began(who)}`,
    ...(metadata ? [words.metadata(metadata.slice(0, METADATA_MAX))] : []),
    ...(dispatches.length > 0 ? dispatches : [words.listsNone]),
  ];
}

type CallEvent = NonNullable<Evidence['events']>[number]['what'];

/** An event as text; undefined if it says nothing about a missing agent. */
function eventText(what: CallEvent, words: Words): string | undefined {
  switch (what.kind) {
    case 'requested':
    case 'dispatched':
      return words[what.kind](what.agent, what.deployment);
    case 'job_assigned':
      return words.took(what.worker);
    case 'job_refused':
      return words.refused(what.worker, what.reason);
    case 'agent_joined':
      return words.joined(what.agent);
    case 'agent_left':
      return words.left(what.agent, what.why);
    case 'person_joined':
      return words.personJoined(what.role);
    case 'error':
      return words.error(what.where, what.message.slice(0, MESSAGE_MAX));
    case 'failover':
      return words.replacing(what.reason);
    case 'gave_up':
      return words.gaveUp(what.reason);
    case 'token_minted':
    case 'room_started':
    case 'room_finished':
      return words.plain[what.kind];
    default:
      return undefined;
  }
}

/**
 * @param agent whose workers matter; undefined for all
 * @param from milliseconds since 1970 from which the server's log matters
 */
function evidenceLines(
  words: Words,
  evidence: Evidence,
  agent: string | undefined,
  from: number,
): string[] {
  const { now, live, events, reports, log, refused } = evidence;
  const ago = (at: number) => words.ago(Math.max(0, Math.round((now - at) / 1_000)));
  const workers = reports
    .filter(({ report }) => agent === undefined || report.agent === agent)
    .map(({ report, at }) => words.reported(report, ago(at)));
  const server = (log ?? [])
    .filter(({ at }) => at >= from - 2_000)
    .filter((fact) => !('agent' in fact) || agent === undefined || fact.agent === agent)
    .filter((fact) => !('room' in fact) || fact.room === undefined || fact.room === evidence.room)
    .map(({ at, line }) => `${clock(at)} ${words.serverLog(line.slice(0, MESSAGE_MAX))}`);
  const happened = (events ?? []).flatMap(({ at, what }) => {
    const line = eventText(what, words);
    return line === undefined ? [] : [`${clock(at)} ${line}`];
  });
  return [
    ...(live ? roomLines(live, words) : [words.notLive]),
    ...happened.slice(-LINES_MAX),
    ...(events ? [] : [words.noDatabase]),
    ...(workers.length > 0 ? workers.slice(-LINES_MAX) : [words.noReport]),
    ...(refused && now - refused.at < 60_000
      ? [words.reportRefused(ago(refused.at), refused.why)]
      : []),
    ...(log ? server.slice(-LINES_MAX) : [words.noLog]),
  ];
}

// Gathers the evidence from LiveKit, the database, the workers' reports and the server's log, in parallel and each
// with a timeout. Sources that do not respond leave their part unknown.

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

const HREFS = { agents: '/agents', calls: '/calls', rules: '/settings/rules', doctor: '/doctor' };

/** A verdict as a finding. */
export function verdictResult(
  verdict: Verdict,
  { whyText, doctorText }: DoctorMessages = ENGLISH,
): CheckResult {
  const words = whyText[verdict.cause];
  const { page } = words;
  return {
    state: words.state,
    seen: words.seen(verdict),
    matters: words.matters,
    todo: words.todo(verdict),
    link: page && {
      href: HREFS[page],
      label: page === 'doctor' ? doctorText.title : doctorText.links[page],
    },
  };
}

/** A verdict and its evidence as a finding. */
export function explain(
  evidence: Evidence,
  verdict: Verdict,
  messages: DoctorMessages = ENGLISH,
): CheckResult {
  const asked = requestedAgent(evidence);
  return {
    ...verdictResult(verdict, messages),
    evidence: evidenceLines(
      messages.evidenceText,
      evidence,
      asked?.agent,
      asked?.at ?? evidence.live?.since ?? 0,
    ),
  };
}

/** Diagnoses a room. Never throws. */
export async function diagnoseRoom(
  server: DoctorServer,
  room: string,
  asked?: RequestedAgent,
  words: DoctorMessages = ENGLISH,
): Promise<CheckResult & { readonly cause: Verdict['cause'] }> {
  const evidence = await gather(server, room, asked);
  const verdict = diagnose(evidence);
  return { ...explain(evidence, verdict, words), cause: verdict.cause };
}
