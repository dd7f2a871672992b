// Puts a verdict on a room and its evidence into words. A verdict claims only what the evidence supports; if that does not
// decide, the message says what is unknown.
import { PRODUCTION } from '@/lib/core/deployment';
import type { CheckResult } from '@/lib/core/finding';
import { type Language, LOCALES } from '@/lib/core/language';
import { timeIn } from '@/lib/doctor/check';
import { CAUSES, type Kind } from '@/lib/doctor/diagnosis/causes';
import type { Evidence, LiveRoom, Matter, Verdict } from '@/lib/doctor/diagnosis/evidence';
import { requestedAgent } from '@/lib/doctor/diagnosis/verdict';
import type { WorkerReport } from '@/lib/livekit/worker-report';
import { translator } from '@/lib/messages/messages';

const clock = (at: number) => new Date(at).toISOString().slice(11, 23);
/** Most lines of each kind, the newest. */
const LINES_MAX = 8;
/** Most characters of external text: metadata, and error messages. */
const METADATA_MAX = 120;
const MESSAGE_MAX = 200;

/** Whether a detail is known, for `select` in a message. */
const known = (detail: unknown) => String(Boolean(detail));

function roomLines({ since, people, sent, metadata }: LiveRoom, language: Language): string[] {
  const t = translator(language, 'evidence');
  const who = people.map(({ identity, isAgent, agent, active }) => {
    const name = isAgent ? t('agent', { name: agent, hasName: known(agent) }) : identity;
    return active ? name : t('notConnected', { who: name });
  });
  const listed = new Intl.ListFormat(LOCALES[language]).format(who);
  const dispatches = sent.map(({ agent, deployment, at, jobs }) => {
    const about = { agent, deployment, hasAgent: known(agent), jobs: jobs.length };
    return `${clock(at)} ${t('lists', about)}`;
  });
  return [
    `${clock(since)} ${t('began', { who: listed, count: who.length })}`,
    ...(metadata ? [t('metadata', { metadata: metadata.slice(0, METADATA_MAX) })] : []),
    ...(dispatches.length > 0 ? dispatches : [t('listsNone')]),
  ];
}

type CallEvent = NonNullable<Evidence['events']>[number]['what'];

/** An event as text; undefined if it says nothing about a missing agent. */
function eventText(what: CallEvent, language: Language): string | undefined {
  const t = translator(language, 'evidence');
  switch (what.kind) {
    case 'requested':
    case 'dispatched':
      return t(what.kind, { agent: what.agent, deployment: what.deployment });
    case 'dispatch_deleted':
      return t('deleted', { agent: what.agent });
    case 'job_assigned':
      return t('took', { worker: what.worker });
    case 'job_refused':
      return t('refused', { worker: what.worker, reason: what.reason });
    case 'agent_joined':
      return t('joined', { agent: what.agent, hasAgent: known(what.agent) });
    case 'agent_left': {
      const why = translator(language, 'endReasons')(what.why);
      return t('left', { agent: what.agent, hasAgent: known(what.agent), why });
    }
    case 'person_joined':
      return t('personJoined', { role: what.role });
    case 'error':
      return t('error', { where: what.where, message: what.message.slice(0, MESSAGE_MAX) });
    case 'failover':
      return t('replacing', { reason: what.reason });
    case 'gave_up':
      return t('gaveUp', { reason: what.reason });
    case 'token_minted':
    case 'room_started':
    case 'room_finished':
      return t(`plain.${what.kind}`);
    default:
      return undefined;
  }
}

function reportText(report: WorkerReport, ago: string, language: Language): string {
  const { worker, agent, deployment, state, activeJobs, maxJobs, error = '' } = report;
  return translator(language, 'evidence')('reported', {
    ...{ worker, ago, agent, deployment, state, activeJobs, maxJobs },
    ...{ hasAgent: known(agent), error: error.slice(0, MESSAGE_MAX), hasError: known(error) },
  });
}

/**
 * The evidence as text, one line each, for people who want to check the verdict.
 * @param agent whose workers matter; undefined for all
 * @param from milliseconds since 1970 from which the server's log matters
 */
function evidenceLines(
  evidence: Evidence,
  agent: string | undefined,
  from: number,
  language: Language,
): string[] {
  const { now, live, events, reports, log, refused } = evidence;
  const t = translator(language, 'evidence');
  const ago = (at: number) => t('ago', { time: timeIn(language)(Math.max(0, now - at)) });
  const workers = reports
    .filter(({ report }) => agent === undefined || report.agent === agent)
    .map(({ report, at }) => reportText(report, ago(at), language));
  const server = (log ?? [])
    .filter(({ at }) => at >= from - 2_000)
    .filter((fact) => !('agent' in fact) || agent === undefined || fact.agent === agent)
    .filter((fact) => !('room' in fact) || fact.room === undefined || fact.room === evidence.room)
    .map(({ at, line }) => `${clock(at)} ${t('serverLog', { line: line.slice(0, MESSAGE_MAX) })}`);
  const happened = (events ?? []).flatMap(({ at, what }) => {
    const line = eventText(what, language);
    return line === undefined ? [] : [`${clock(at)} ${line}`];
  });
  return [
    ...(live ? roomLines(live, language) : [t('notLive')]),
    ...happened.slice(-LINES_MAX),
    ...(events ? [] : [t('noDatabase')]),
    ...(workers.length > 0 ? workers.slice(-LINES_MAX) : [t('noReport')]),
    ...(refused && now - refused.at < 60_000
      ? [t('reportRefused', { ago: ago(refused.at), why: refused.why })]
      : []),
    ...(log ? server.slice(-LINES_MAX) : [t('noLog')]),
  ];
}

/** The details of a verdict, as its messages take them. */
function detailsOf(
  { agent = '', deployment = '', other = '', reason = '', left, seconds = 0, byTeam }: Matter,
  language: Language,
) {
  return {
    ...{ agent, deployment, other, reason },
    time: timeIn(language)(seconds * 1_000),
    left: left ? translator(language, 'endReasons')(left) : '',
    hasAgent: known(agent),
    hasDeployment: known(deployment),
    hasOther: known(other),
    hasReason: known(reason),
    hasLeft: known(left),
    isProduction: String(deployment === PRODUCTION),
    known: byTeam ? 'team' : other ? 'similar' : 'none',
  };
}

const HREFS = { agents: '/agents', calls: '/calls', rules: '/admin/rules', doctor: '/doctor' };

/** A verdict as a finding. */
export function verdictResult(verdict: Verdict, language: Language = 'en'): CheckResult {
  const { cause } = verdict;
  const { state, page }: Kind = CAUSES[cause];
  const why = translator(language, 'why');
  const doctor = translator(language, 'doctor');
  const details = detailsOf(verdict, language);
  return {
    state,
    seen: why(`${cause}.seen`, details),
    matters: why(`${cause}.matters`),
    todo: why(`${cause}.todo`, details),
    link: page && {
      href: HREFS[page],
      label: page === 'doctor' ? doctor('title') : doctor(`links.${page}`),
    },
  };
}

/** A verdict and its evidence as a finding. */
export function explain(
  evidence: Evidence,
  verdict: Verdict,
  language: Language = 'en',
): CheckResult {
  const asked = requestedAgent(evidence);
  const from = asked?.at ?? evidence.live?.since ?? 0;
  return {
    ...verdictResult(verdict, language),
    evidence: evidenceLines(evidence, asked?.agent, from, language),
  };
}
