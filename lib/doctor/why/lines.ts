// What a verdict was concluded from, one line each, for people who want to see for themselves.
import type { DoctorWords } from '../words';
import type { Evidence, RoomNow } from './evidence';

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
export function evidenceLines(
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
