// Uploads as LiveKit's framework sends them, for tests: https://github.com/livekit/agents, `telemetry/traces.py`, version
// 1.8.9, and `telemetry/traces.ts` of https://github.com/livekit/agents-js, version 1.9.0.
import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { makeEvent } from '@/lib/calls/delivery/event-writer';
import type { CallEvent, EventData } from '@/lib/calls/event';
import {
  type AnyValue,
  encodeHeader,
  encodeOtlp,
  type KeyValue,
  type OtlpMessage,
  type OtlpSpan,
  type RecordingHeader,
  type Signal,
} from '@/lib/insights/otlp';
import { NO_LIVEKIT } from '@/lib/testing/server';

/** The session of a job. */
export interface TestSession {
  readonly room: string;
  readonly job: string;
  readonly agent?: string;
  readonly deployment?: string;
  /** Whether the server withholds people's words: every span and record says so. */
  readonly redacted?: boolean;
}

/** A call that the agent of a session has joined. */
interface JoinedCall {
  readonly call: string;
  /** LiveKit's name of the room. */
  readonly room: string;
  readonly deployment?: string;
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
}

/** What is known of a call before the agent uploads anything. */
export function joinedCall(
  { room: roomSid, job, agent = 'pia' }: TestSession,
  { deployment = 'production', ...where }: JoinedCall,
): CallEvent[] {
  const identity = `caller-${where.call}`;
  const whats: EventData[] = [
    { kind: 'requested', origin: 'page', agent, deployment, identity, name: 'Ann' },
    { kind: 'room_started' },
    { kind: 'dispatched', agent, deployment, by: 'token' },
    { kind: 'person_joined', identity, name: 'Ann', role: 'caller' },
    { kind: 'agent_joined', identity: `agent-${job}`, agent, deployment: '' },
  ];
  return whats.flatMap((what) => makeEvent({ ...where, roomSid, source: 'web' }, what) ?? []);
}

/** The `Authorization` header of an upload. */
export async function authorization({
  key = NO_LIVEKIT.LIVEKIT_API_KEY,
  secret = NO_LIVEKIT.LIVEKIT_API_SECRET,
  write = true,
  ageSeconds = 0,
} = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1_000) - ageSeconds;
  const claims = { iss: key, nbf: now, exp: now + 24 * 3_600, observability: { write } };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'HS256' })}.${part(claims)}`;
  return `Bearer ${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** A value of an attribute. */
function anyValue(value: unknown): AnyValue {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { intValue: value } : { doubleValue: value };
  }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  return { kvlistValue: { values: attributesOf(value as object) } };
}
export const attributesOf = (values: object): KeyValue[] =>
  Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }));

const NANOS = 1_000_000;
const rfc3339 = (ms: number) => new Date(ms).toISOString();

/** An item of a chat history in LiveKit's own spelling. Times are in seconds. */
type Item = Readonly<Record<string, unknown>> & {
  readonly type: string;
  readonly created_at: number;
};

/** The same item in the spelling of protobuf's JSON. */
function asProto({ type, created_at, ...fields }: Item) {
  const { role, content, metrics, ...rest } = fields;
  const times = Object.entries((metrics ?? {}) as Record<string, unknown>).map(([name, value]) =>
    name.endsWith('_at') ? [name, rfc3339(Number(value) * 1_000)] : [name, value],
  );
  return {
    [type]: {
      ...rest,
      created_at: rfc3339(created_at * 1_000),
      ...(role !== undefined && { role: String(role).toUpperCase() }),
      ...(Array.isArray(content) && { content: content.map((text) => ({ text })) }),
      ...(metrics !== undefined && { metrics: Object.fromEntries(times) }),
    },
  };
}

/** The report of a session at its end. */
export interface Report {
  readonly items: readonly Item[];
  readonly tags?: readonly string[];
  readonly usage?: readonly object[];
  readonly evaluations?: readonly object[];
  readonly outcome?: object;
}

/** The logs of a session's end. @param at milliseconds since 1970 */
export function logsOf(
  { room, job, agent, redacted }: TestSession,
  report: Report,
  at: number,
): OtlpMessage {
  const record = (body: string, attributes: object) => ({
    timeUnixNano: at * NANOS,
    observedTimeUnixNano: at * NANOS,
    body: { stringValue: body },
    attributes: attributesOf(attributes),
  });
  const { items, tags = [], usage = [], evaluations = [], outcome } = report;
  const withheld = redacted && { 'lk.redaction.enabled': true };
  const ids = attributesOf({ room_id: room, job_id: job, ...withheld });
  const scopeOf = (name: string) => ({ name, attributes: ids });
  const first = record('session report', {
    'session.report_timestamp': at / 1_000,
    'session.tags': tags,
    ...(agent && { agent_name: agent }),
    usage,
  });
  const history = items.map((item) => record('chat item', { 'chat.item': asProto(item) }));
  const judged = [
    ...evaluations.map((evaluation) => record('evaluation', { evaluation })),
    ...(outcome ? [record('outcome', { outcome })] : []),
  ];
  const scopeLogs = [
    { scope: scopeOf('chat_history'), logRecords: [first, ...history] },
    { scope: scopeOf('evaluations'), logRecords: judged },
  ];
  return { resourceLogs: [{ resource: { attributes: [] }, scopeLogs }] };
}

/** A span, with times in milliseconds since 1970. */
export const spanOf = (
  id: number,
  name: string,
  [from, to]: readonly [number, number],
  { parent, ...attributes }: { readonly parent?: number; readonly [name: string]: unknown } = {},
): OtlpSpan => ({
  spanId: Buffer.from([0, 0, 0, 0, 0, 0, id >> 8, id & 255]),
  ...(parent !== undefined && {
    parentSpanId: Buffer.from([0, 0, 0, 0, 0, 0, parent >> 8, parent & 255]),
  }),
  name,
  startTimeUnixNano: from * NANOS,
  endTimeUnixNano: to * NANOS,
  attributes: attributesOf(attributes),
});

/** A span that failed with this message. */
export const failedSpan = (span: OtlpSpan, message: string): OtlpSpan => ({
  ...span,
  status: { code: 2, message },
  events: [
    {
      name: 'exception',
      timeUnixNano: span.endTimeUnixNano,
      attributes: attributesOf({ 'exception.type': 'Error', 'exception.message': message }),
    },
  ],
});

/** The traces of a session. */
export function tracesOf(
  { room, job, agent, deployment, redacted }: TestSession,
  spans: readonly OtlpSpan[],
): OtlpMessage {
  const attributes = attributesOf({
    ...{ room_id: room, job_id: job },
    ...(agent && { 'lk.agent_name': agent }),
    ...(deployment && { 'lk.deployment_id': deployment }),
    ...(redacted && { 'lk.redaction.enabled': true }),
  });
  const scopeSpans = [{ scope: { name: 'livekit-agents' }, spans }];
  return { resourceSpans: [{ resource: { attributes }, scopeSpans }] };
}

/** A request with OTLP in protobuf with gzip. */
export async function otlpRequest(
  url: string,
  signal: Signal,
  message: OtlpMessage,
): Promise<Request> {
  return new Request(`${url}/observability/${signal}/otlp/v0`, {
    method: 'POST',
    body: gzipSync(encodeOtlp(signal, message)),
    headers: {
      authorization: await authorization(),
      'content-type': 'application/x-protobuf',
      'content-encoding': 'gzip',
    },
  });
}

/** Sends OTLP. */
export const sendOtlp = async (
  url: string,
  signal: Signal,
  message: OtlpMessage,
): Promise<Response> => fetch(await otlpRequest(url, signal, message));

/** One page of an Ogg file that is this long, without sound. */
export function oggOf(ms: number): Uint8Array<ArrayBuffer> {
  const page = new Uint8Array(28);
  page.set(Buffer.from('OggS'));
  new DataView(page.buffer).setBigInt64(6, BigInt(ms * 48), true);
  return page;
}

/** The form of a recording. */
export function formOf(
  header: RecordingHeader,
  history: object | undefined,
  audio?: Uint8Array<ArrayBuffer>,
  fileName = 'recording.ogg',
): FormData {
  const form = new FormData();
  const bytes = new Uint8Array(encodeHeader(header));
  form.append('header', new Blob([bytes], { type: 'application/protobuf' }), 'header.binpb');
  if (history) {
    const json = new Blob([JSON.stringify(history)], { type: 'application/json' });
    form.append('chat_history', json, 'chat_history.json');
  }
  if (audio) form.append('audio', new Blob([audio], { type: 'audio/ogg' }), fileName);
  return form;
}

/** Sends a recording. */
export const sendForm = async (url: string, form: FormData): Promise<Response> =>
  fetch(`${url}/observability/recordings/v0`, {
    method: 'POST',
    body: form,
    headers: { authorization: await authorization() },
  });

/** A spoken conversation with a tool, an interruption and a typed turn. @param at when it begins, in seconds */
export const conversation = (at: number, words = 'When are you open?'): readonly Item[] => [
  { type: 'agent_handoff', id: 'h1', new_agent_id: 'pia', created_at: at },
  {
    ...{ type: 'agent_config_update', id: 'c1', instructions: `You are Pia. ${words}` },
    ...{ tools_added: ['opening_hours'], created_at: at },
  },
  {
    ...{ type: 'message', id: 'm1', role: 'assistant', content: ['Hello, this is Pia.'] },
    ...{ interrupted: true, created_at: at + 1 },
    metrics: { started_speaking_at: at + 1, stopped_speaking_at: at + 3 },
  },
  {
    ...{ type: 'message', id: 'm2', role: 'user', content: [words], created_at: at + 6 },
    metrics: {
      ...{ started_speaking_at: at + 4, stopped_speaking_at: at + 5.5 },
      ...{ transcription_delay: 0.25, end_of_turn_delay: 0.5, on_user_turn_completed_delay: 0.01 },
    },
  },
  {
    ...{ type: 'function_call', id: 'f1/fnc_0', call_id: 'call_1', name: 'opening_hours' },
    ...{ arguments: `{"day":"monday","note":"${words}"}`, created_at: at + 6.1 },
  },
  {
    ...{ type: 'function_call_output', id: 'f2', call_id: 'call_1', name: 'opening_hours' },
    ...{ output: `open: ${words}`, is_error: false, created_at: at + 6.35 },
  },
  {
    ...{ type: 'message', id: 'm3', role: 'assistant', content: ['From nine to five.'] },
    ...{ interrupted: false, created_at: at + 6.8 },
    metrics: {
      ...{ started_speaking_at: at + 7, stopped_speaking_at: at + 9, llm_node_ttft: 0.2 },
      ...{ tts_node_ttfb: 0.1, e2e_latency: 1.5 },
    },
  },
  {
    type: 'message',
    id: 'm4',
    role: 'user',
    content: ['thanks'],
    created_at: at + 12,
    metrics: {},
  },
];
