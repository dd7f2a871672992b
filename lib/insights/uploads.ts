// Sorts a request by the sessions that it is about, and makes their events. Pure.

import { Problem } from '@/lib/core/problem';
import {
  type Attributes,
  listOf,
  type OtlpLog,
  type OtlpMessage,
  type OtlpSpan,
  plainAttributes,
  plainValue,
  type RecordingHeader,
} from '@/lib/insights/otlp';
import {
  countedErrors,
  evaluationEvents,
  eventId,
  historyEvents,
  json,
  outcomeEvents,
  type Session,
  type SessionEvent,
  tagEvents,
  tagsOf,
  text,
  timeOf,
  usageEvents,
} from '@/lib/insights/session';
import { millis, spanEvents } from '@/lib/insights/spans';

/** What one request says about one session. */
export interface Upload {
  /** LiveKit's sid of the room. */
  readonly roomSid: string;
  /** LiveKit's id of the job. */
  readonly job: string;
  /** LiveKit's agent name; empty if the request does not say. */
  readonly agent: string;
  /** Whether people's words must not be kept: LiveKit's `enable_user_data_redaction`. */
  readonly redacted: boolean;
  /** When it was sent, on the clock of the agent's machine, as far as its content tells. Milliseconds since 1970. */
  readonly sentAt: number;
  readonly events: readonly SessionEvent[];
}

/** LiveKit's ids of rooms and jobs. */
const ROOM = /^RM_\w{1,60}$/;
const JOB = /^AJ_\w{1,60}$/;

/** @throws {Problem} 400 */
const unnamed = () =>
  new Problem('invalid-request', 'The upload must name its room (room_id) and its job (job_id).');

/** Attributes of a record, with those of its scope and of the process. */
interface Placed<T> {
  readonly record: T;
  readonly scope: string;
  readonly attributes: Attributes;
}

/** The records by room and job. @throws {Problem} 400 if one names neither */
function bySession<T>(records: readonly Placed<T>[]): Map<string, Placed<T>[]> {
  const groups = new Map<string, Placed<T>[]>();
  for (const record of records) {
    const { room_id: room, job_id: job } = record.attributes;
    if (!ROOM.test(String(room)) || !JOB.test(String(job))) throw unnamed();
    const key = `${room} ${job}`;
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return groups;
}

/** The first text of these attributes in any of the records. */
const said = (records: readonly Placed<unknown>[], ...names: readonly string[]): string =>
  records.flatMap(({ attributes }) => names.map((name) => text(attributes[name]))).find(Boolean) ??
  '';

/** Whether the framework was told to withhold people's words. */
const isRedacted = ({ attributes }: Placed<unknown>): boolean => {
  const options = json(attributes['session.options']);
  const recording = json(options.recording_options ?? options.recordingOptions);
  return attributes['lk.redaction.enabled'] === true || recording.redaction === true;
};

/** A session, and the same for all its uploads. */
function sessionOf(
  records: readonly Placed<unknown>[],
  keepsPrompt: boolean,
): { readonly roomSid: string; readonly redacted: boolean; readonly session: Session } {
  const { room_id: roomSid, job_id: job } = records[0]?.attributes ?? {};
  const redacted = records.some(isRedacted);
  // Not on production, and not in Node's logs: then the call knows it.
  const deployment = said(records, 'lk.deployment_id');
  const agent = said(records, 'lk.agent_name', 'agent_name');
  const session = { job: text(job), agent, deployment, keepsPrompt: keepsPrompt && !redacted };
  return { roomSid: text(roomSid), redacted, session };
}

/** What the traces of a request say. @throws {Problem} 400 */
export function uploadsOfTraces(message: OtlpMessage, keepsPrompt: boolean): Upload[] {
  const all = listOf(message.resourceSpans).flatMap(({ resource, scopeSpans }) => {
    const process = plainAttributes(resource?.attributes);
    return listOf(scopeSpans).flatMap(({ scope, spans }) =>
      listOf(spans).map((record): Placed<OtlpSpan> => {
        const own = idsOf(record.attributes);
        return { record, scope: scope?.name ?? '', attributes: { ...process, ...own } };
      }),
    );
  });
  return [...bySession(all).values()].map((records): Upload => {
    const { roomSid, redacted, session } = sessionOf(records, keepsPrompt);
    const spans = records.map(({ record }) => record);
    const sentAt = Math.max(...spans.map(({ endTimeUnixNano }) => millis(endTimeUnixNano)));
    const events = spanEvents(spans, session);
    return { roomSid, job: session.job, agent: session.agent, redacted, sentAt, events };
  });
}

/** Attributes that name the session, without the many others of a span. */
const idsOf = (attributes: OtlpSpan['attributes']): Attributes =>
  plainAttributes(
    listOf(attributes).filter(({ key }) => key === 'room_id' || key === 'job_id' || isSetting(key)),
  );
const isSetting = (key: string | undefined) =>
  key === 'lk.agent_name' || key === 'lk.deployment_id' || key === 'lk.redaction.enabled';

/** OpenTelemetry's severity from which a log record is an error. */
const ERROR_SEVERITY = 17;
/** Loggers of LiveKit's client: all of LiveKit's that are not the framework's. */
const CLIENT_LOGGER = /^livekit(?!\.(agents|plugins))/;
/** The framework's loggers of what was said, and of judgements. */
const HISTORY = 'chat_history';
const EVALUATIONS = 'evaluations';

/** What the logs of a request say: the session's report at its end, and errors. @throws {Problem} 400 */
export function uploadsOfLogs(message: OtlpMessage, keepsPrompt: boolean): Upload[] {
  const all = listOf(message.resourceLogs).flatMap(({ resource, scopeLogs }) => {
    const process = plainAttributes(resource?.attributes);
    return listOf(scopeLogs).flatMap(({ scope, logRecords }) => {
      const around = { ...process, ...plainAttributes(scope?.attributes) };
      return listOf(logRecords).map((record): Placed<OtlpLog> => {
        const attributes = { ...around, ...plainAttributes(record.attributes) };
        return { record, scope: scope?.name ?? '', attributes };
      });
    });
  });
  return [...bySession(all).values()].map((records): Upload => {
    const { roomSid, redacted, session } = sessionOf(records, keepsPrompt);
    const times = records.map(({ record }) => millis(record.observedTimeUnixNano));
    const sentAt = Math.max(...times, ...records.map(({ record }) => millis(record.timeUnixNano)));
    const report = records.find(
      ({ attributes }) => attributes['session.report_timestamp'],
    )?.attributes;
    const tags = tagsOf(report?.['session.tags']);
    const items = records
      .filter(({ scope }) => scope === HISTORY)
      .map(({ attributes }) => attributes['chat.item']);
    const events = [
      ...historyEvents(items, tags, session),
      ...tagEvents(tags, session, sentAt),
      ...usageEvents(report?.usage, session, sentAt),
      ...records.flatMap((record) => judgement(record, session)),
      ...records.flatMap((record) => loggedError(record, session.job)),
    ];
    return { roomSid, job: session.job, agent: session.agent, redacted, sentAt, events };
  });
}

function judgement({ record, scope, attributes }: Placed<OtlpLog>, session: Session) {
  if (scope !== EVALUATIONS) return [];
  const at = millis(record.timeUnixNano ?? record.observedTimeUnixNano);
  return [
    ...evaluationEvents(attributes.evaluation, session, at),
    ...outcomeEvents(attributes.outcome, session, at),
  ];
}

function loggedError({ record, scope, attributes }: Placed<OtlpLog>, job: string): SessionEvent[] {
  if (scope === HISTORY || scope === EVALUATIONS) return [];
  if ((record.severityNumber ?? 0) < ERROR_SEVERITY) return [];
  // LiveKit's client logs errors each time that a room closes.
  if (CLIENT_LOGGER.test(text(attributes['logger.name']))) return [];
  // An exception within a span is in the traces too, with the part that failed.
  const isTraced = (record.spanId?.length ?? 0) > 0 && attributes['exception.type'] !== undefined;
  if (isTraced) return [];
  const at = millis(record.timeUnixNano ?? record.observedTimeUnixNano);
  const message = [plainValue(record.body), attributes['exception.message']].map(text);
  const stack = text(attributes['exception.stacktrace']) || undefined;
  const what = { kind: 'error', where: 'log', message: message.filter(Boolean).join(': '), stack };
  return [{ id: eventId(job, `log ${at} ${what.message}`), at, what: { ...what, kind: 'error' } }];
}

/** What is uploaded with a recording. */
export interface RecordedSession extends Upload {
  /** When the recording begins, on the clock of the agent's machine; undefined without one. */
  readonly audioAt: number | undefined;
}

/**
 * What a recording's header and history say.
 * @param history the part `chat_history`, parsed
 * @param issuedAt when the request was signed, in milliseconds since 1970
 * @throws {Problem} 400
 */
export function uploadOfRecording(
  header: RecordingHeader,
  history: unknown,
  issuedAt: number,
  keepsPrompt: boolean,
): RecordedSession {
  const { roomId: roomSid = '', jobId: job = '', redactionEnabled = false, startTime } = header;
  if (!ROOM.test(roomSid) || !JOB.test(job)) throw unnamed();
  const summary = parsed(header.sessionSummary);
  const { items } = json(history);
  const tags = tagsOf(summary.tags);
  const agent = text(summary.agent_name);
  const { redaction } = json(json(summary.options).recording_options);
  const redacted = redactionEnabled || redaction === true;
  const sentAt = timeOf(summary.timestamp) ?? issuedAt;
  const session = { job, agent, deployment: '', keepsPrompt: keepsPrompt && !redacted };
  const events = [
    ...historyEvents(Array.isArray(items) ? items : [], tags, session),
    ...tagEvents(tags, session, sentAt),
    ...usageEvents(summary.usage, session, sentAt),
    ...countedErrors(summary.errors, session, sentAt),
  ];
  const { seconds = 0, nanos = 0 } = startTime ?? {};
  const audioAt = seconds > 0 ? seconds * 1_000 + Math.floor(nanos / 1_000_000) : undefined;
  return { roomSid, job, agent, redacted, sentAt, events, audioAt };
}

/** A JSON object; an empty one if it is none, as from Node, which sends no summary. */
function parsed(given: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return json(JSON.parse(given || '{}'));
  } catch {
    throw new Problem('invalid-request', 'The summary of the session is not valid JSON.');
  }
}
