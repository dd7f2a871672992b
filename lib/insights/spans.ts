// What the traces of a session say about its call: the parts of answers, and errors with the part that failed. Pure.
import { createHash } from 'node:crypto';
import type { EventSpan } from '@/lib/calls/event';
import {
  type Attributes,
  listOf,
  type Nanos,
  type OtlpSpan,
  plainAttributes,
} from '@/lib/insights/otlp';
import { eventId, type Session, type SessionEvent } from '@/lib/insights/session';

/** Parts of answers, by the framework's names. Others are its own work, or contain only these. */
const PARTS: ReadonlySet<string> = new Set([
  'user_speaking',
  'user_turn',
  'eou_detection',
  'on_user_turn_completed',
  'agent_turn',
  'llm_node',
  'realtime_inference',
  'function_tool',
  'tts_node',
  'agent_speaking',
]);
/** Maximum number of spans of an event, and of characters of a name. */
const SPANS_MAX = 200;
const NAME_MAX = 300;

const MS_NANOS = 1_000_000;
/** Milliseconds since 1970. */
export const millis = (nanos: Nanos): number => Math.round(Number(nanos ?? 0) / MS_NANOS);

/** The hexadecimal digits of an id. */
const hexOf = (id: Uint8Array | string | undefined): string =>
  typeof id === 'string' ? id.toLowerCase() : Buffer.from(id ?? []).toString('hex');

const name = (value: unknown) => (typeof value === 'string' ? value.slice(0, NAME_MAX) : undefined);
const seconds = (value: unknown) =>
  typeof value === 'number' && value >= 0 ? Math.round(value * 1_000) : undefined;

/** Whether a span failed: in protobuf a number, in JSON also the name. */
const isFailed = ({ status }: OtlpSpan) =>
  status?.code === 2 || status?.code === 'STATUS_CODE_ERROR';

function partOf(span: OtlpSpan): EventSpan {
  const attributes = plainAttributes(span.attributes);
  const startedAt = millis(span.startTimeUnixNano);
  return {
    id: hexOf(span.spanId),
    parent: hexOf(span.parentSpanId) || undefined,
    name: name(span.name) ?? '',
    startedAt,
    endedAt: Math.max(startedAt, millis(span.endTimeUnixNano)),
    what: name(attributes['lk.function_tool.name'] ?? attributes['gen_ai.request.model']),
    firstMs: seconds(attributes['lk.response.ttft'] ?? attributes['lk.response.ttfb']),
    failed: isFailed(span) || undefined,
  };
}

/** The part that failed, by the innermost span: those around it have the same error. */
const FAILED_PART: Readonly<Record<string, string>> = {
  llm_request_run: 'llm',
  tts_request_run: 'tts',
  realtime_model_error: 'realtime',
  job_entrypoint: 'job',
  on_enter: 'agent',
  on_user_turn_completed: 'agent',
};

function errorOf(span: OtlpSpan, job: string): SessionEvent[] {
  const where = FAILED_PART[span.name ?? ''];
  const thrown = listOf(span.events).find((event) => event.name === 'exception');
  if (!where || !thrown) return [];
  const attributes: Attributes = plainAttributes(thrown.attributes);
  const said = (key: string) => text(attributes[`exception.${key}`]);
  const message = said('message') || said('type') || 'unknown';
  const what = { kind: 'error', where, message, stack: said('stacktrace') } as const;
  // The framework tries again: the attempts of one request are one error.
  const request = hexOf(span.parentSpanId) || hexOf(span.spanId);
  const at = millis(thrown.timeUnixNano ?? span.endTimeUnixNano);
  return [{ id: eventId(job, `error-${request}`), at, what }];
}
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** The events of spans of one session. */
export function spanEvents(spans: readonly OtlpSpan[], { job, agent }: Session): SessionEvent[] {
  const parts = spans.filter((span) => PARTS.has(span.name ?? '')).map(partOf);
  const events = spans.flatMap((span) => errorOf(span, job));
  for (let from = 0; from < parts.length; from += SPANS_MAX) {
    const some = parts.slice(from, from + SPANS_MAX);
    // The same spans, sent once more, are the same event.
    const ids = createHash('sha256').update(some.map(({ id }) => id).join(' '));
    const id = eventId(job, `spans-${ids.digest('hex').slice(0, 32)}`);
    events.push({ id, at: some[0]?.startedAt ?? 0, what: { kind: 'spans', agent, spans: some } });
  }
  return events;
}
