// "Why did no agent come?", asked for a room: evidence, verdict, and its words as a finding.
import { eq } from 'drizzle-orm';
import { type ParticipantInfo, ParticipantInfo_State, type Room } from 'livekit-server-sdk';
import { eventsFrom } from '@/lib/calls/store/call-row';
import { events as eventTable } from '@/lib/calls/store/schema';
import { servedAgents } from '@/lib/core/catalogue';
import type { Config } from '@/lib/core/config';
import { withTimeout } from '@/lib/core/wait';
import { withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';
import { agentsIn, milliseconds, reportedWord } from '@/lib/dispatch/presence';
import { agentNameOf } from '@/lib/livekit/attributes';
import { type LiveKit, liveKit } from '@/lib/livekit/clients';
import { isProbeRoom } from '@/lib/livekit/probe-room';
import { askServer } from '../ask-server';
import type { Said } from '../finding';
import { readServerLog } from '../server-log';
import { lastRefusal, lastWebhookAt, probeEvents, workersSeen } from '../sightings';
import { type DoctorWords, ENGLISH } from '../words';
import type { Verdict } from './cause';
import type { AskedFor, Evidence, Present, RoomNow, Sent } from './evidence';
import { askedFor, whyNoAgent } from './verdict';

// What a verdict was concluded from, one line each, for people who want to see for themselves.

type Words = DoctorWords['evidenceText'];

const clock = (at: number) => new Date(at).toISOString().slice(11, 23);
/** Lines of each kind: the newest say most. */
const LINES_MAX = 8;
/** Characters of what others wrote: metadata, and what failed. */
const METADATA_MAX = 120;
const MESSAGE_MAX = 200;

function roomLines({ since, people, sent, metadata }: RoomNow, words: Words): string[] {
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

type Told = NonNullable<Evidence['events']>[number]['what'];

/** undefined for what says nothing of why no agent came. */
function told(what: Told, words: Words): string | undefined {
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
 * @param agent whose workers matter; all where none was asked for
 * @param from milliseconds since 1970 at which the server's log begins to matter
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
    const line = told(what, words);
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

// Gathers what is known of a room: from LiveKit, the database, the workers' reports and the server's
// log, side by side and each with a time limit. What does not answer is left unknown.

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
async function gather(config: Config, room: string, asked?: AskedFor): Promise<Evidence> {
  const livekit = liveKit(config);
  const orUnknown = <T>(work: Promise<T>) => withTimeout(SOURCE_MS, work).catch(() => undefined);
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

const HREFS = { agents: '/agents', calls: '/calls', rules: '/settings/rules', doctor: '/doctor' };

/** A verdict in words, with what it was concluded from. */
export function explain(
  evidence: Evidence,
  verdict: Verdict,
  { whyText, doctorText, evidenceText }: DoctorWords = ENGLISH,
): Said {
  const words = whyText[verdict.cause];
  const asked = askedFor(evidence);
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
    evidence: evidenceLines(
      evidenceText,
      evidence,
      asked?.agent,
      asked?.at ?? evidence.live?.since ?? 0,
    ),
  };
}

/** Gathers and judges. Never throws. */
export async function examineRoom(
  config: Config,
  room: string,
  asked?: AskedFor,
  words: DoctorWords = ENGLISH,
): Promise<Said & { readonly cause: Verdict['cause'] }> {
  const evidence = await gather(config, room, asked);
  const verdict = whyNoAgent(evidence);
  return { ...explain(evidence, verdict, words), cause: verdict.cause };
}
