// The spans of a call, from its timeline. Pure. They contain lengths and delays of speech, but not the words, nor tools'
// arguments and results: those stay where calls are stored and deleted.
import type { CallSummary, Mark, Stage, Timeline } from '@/lib/calls/call';

/** Kinds of processes in a call's trace. Each is a service. */
export const SERVICES = ['web', 'livekit', 'worker'] as const;
export type Service = (typeof SERVICES)[number];

type Attributes = Readonly<Record<string, string | number | boolean | string[] | undefined>>;

/** A moment within a span. Times are in milliseconds since 1970. */
interface SpanMoment {
  readonly name: string;
  readonly at: number;
  readonly attributes: Attributes;
}

/** A span to create. */
export interface CallSpan {
  /** Unique within its call, and reproducible. */
  readonly key: string;
  readonly name: string;
  readonly service: Service;
  readonly from: number;
  readonly to: number;
  readonly attributes: Attributes;
  readonly failed: boolean;
  readonly moments: readonly SpanMoment[];
}

/** The process of each stage. */
const STAGE_SERVICES: Readonly<Record<Stage['name'], Service>> = {
  token: 'web',
  room: 'livekit',
  dispatch: 'web',
  job: 'worker',
  join: 'worker',
  'first audio': 'worker',
};

/** Ends of failed calls. */
const FAILED: readonly CallSummary['endedBy'][] = ['no agent', 'agent failed', 'lost'];

const plain = { failed: false, moments: [] } as const;

function stageSpan({ name, from, to }: Stage, zero: number): CallSpan {
  return {
    ...plain,
    key: `stage ${name}`,
    name: `set-up: ${name}`,
    service: STAGE_SERVICES[name],
    from: zero + from,
    to: zero + to,
    attributes: { 'callboard.stage': name },
  };
}

function markSpan(mark: Mark, zero: number): CallSpan | undefined {
  if (mark.kind === 'event') return undefined;
  const times = {
    key: mark.id,
    service: 'worker',
    from: zero + mark.from,
    to: zero + mark.to,
  } as const;
  if (mark.kind === 'tool') {
    const attributes = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': mark.tool };
    return { ...plain, ...times, name: `tool: ${mark.tool}`, attributes, failed: mark.failed };
  }
  const { speaker, typed, interrupted, latency, text } = mark;
  const attributes = {
    'callboard.turn.speaker': speaker,
    'callboard.turn.characters': text.length,
    'callboard.turn.typed': typed,
    'callboard.turn.interrupted': interrupted,
    'callboard.latency.transcript_ms': latency.transcript,
    'callboard.latency.first_token_ms': latency.firstToken,
    'callboard.latency.first_audio_ms': latency.firstAudio,
  };
  return { ...plain, ...times, name: `turn: ${speaker}`, attributes };
}

function errorMoment(mark: Mark, zero: number): SpanMoment[] {
  if (mark.kind !== 'event' || mark.what.kind !== 'error') return [];
  const { where, message, stack } = mark.what;
  const attributes = {
    'exception.type': where,
    'exception.message': message,
    'exception.stacktrace': stack,
    'callboard.source': mark.source,
  };
  return [{ name: 'exception', at: zero + mark.from, attributes }];
}

/** The spans of an ended call: first the call itself, then its parts. */
export function callSpans({ call, stages, marks }: Timeline): [CallSpan, ...CallSpan[]] {
  const zero = call.requestedAt;
  const root: CallSpan = {
    key: 'call',
    name: 'call',
    service: 'web',
    from: zero,
    to: Math.max(zero, call.endedAt ?? zero),
    attributes: {
      'callboard.call': call.id,
      'callboard.room': call.room,
      'callboard.origin': call.origin,
      'callboard.agents': [...call.agents],
      'callboard.deployments': [...call.deployments],
      'callboard.ended_by': call.endedBy,
      'callboard.outcome': call.outcome,
      'callboard.turns': call.turns,
      'callboard.errors': call.errors,
    },
    failed: FAILED.includes(call.endedBy),
    moments: marks.flatMap((mark) => errorMoment(mark, zero)),
  };
  const within = marks.flatMap((mark) => markSpan(mark, zero) ?? []);
  return [root, ...stages.map((stage) => stageSpan(stage, zero)), ...within];
}
