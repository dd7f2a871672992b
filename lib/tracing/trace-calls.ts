// Creates an OpenTelemetry trace of each ended call, in one place: all events of web, LiveKit and workers come through
// this process, with corrected clocks. So processes pass no traceparent to each other, and workers need no settings. Spans
// contain lengths and delays of speech, but not the words, nor tools' arguments and results: those stay where calls are
// stored and deleted.
import { createHash } from 'node:crypto';
import {
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { isFailure, type Mark, type Stage, type Timeline } from '@/lib/calls/call';
import type { CallsServer, StoredEvents } from '@/lib/calls/server';
import { readTimeline } from '@/lib/calls/store/store';
import { onStored } from '@/lib/calls/store/stored-events';
import { logError } from '@/lib/core/log';
import { VERSION } from '@/lib/core/version';

/** Kinds of processes in a call's trace. Each is a service. */
const SERVICES = ['web', 'livekit', 'worker'] as const;
type Service = (typeof SERVICES)[number];

type Attributes = Readonly<Record<string, string | number | boolean | string[] | undefined>>;

/** A moment within a span. Times are in milliseconds since 1970. */
interface SpanMoment {
  readonly name: string;
  readonly at: number;
  readonly attributes: Attributes;
}

interface CallSpan {
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
    'callboard.latency.end_of_turn_ms': latency.endOfTurn,
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

function callSpans({ call, stages, marks }: Timeline): [CallSpan, ...CallSpan[]] {
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
    failed: isFailure(call),
    moments: marks.flatMap((mark) => errorMoment(mark, zero)),
  };
  const within = marks.flatMap((mark) => markSpan(mark, zero) ?? []);
  return [root, ...stages.map((stage) => stageSpan(stage, zero)), ...within];
}

// Exports spans with OpenTelemetry in batches by OTLP over HTTP, configured by its own settings (`OTEL_…`). Only this
// file uses its packages, and it is loaded only if tracing is enabled.

/** Prefix of the service names, unless `OTEL_SERVICE_NAME` is set. */
const NAME = 'callboard';

const hex = (text: string, bytes: number) =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, 2 * bytes);

/** The trace ID of a call, derived from the call's ID. 32 hexadecimal digits. */
const traceIdOf = (call: string) => hex(`callboard trace ${call}`, 16);

/** Exports the spans of calls. */
function openExporter() {
  const log = (message: string) => logError(`traces: ${message}`);
  const logger = { error: log, warn: log, info: log, debug: log, verbose: log };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });

  /** IDs of the next span. They are reproducible, so that a span sent twice is one. */
  let next = { trace: '', span: '' };
  const idGenerator = {
    generateTraceId: () => next.trace,
    generateSpanId: () => next.span,
  };
  const processor = new BatchSpanProcessor(new OTLPTraceExporter());
  const given = detectResources({ detectors: [envDetector] });
  const tracerOf = (service: Service): Tracer => {
    const own = {
      'service.name': `${process.env.OTEL_SERVICE_NAME || NAME}-${service}`,
      'service.version': VERSION,
    };
    const resource = given.merge(resourceFromAttributes(own));
    return new BasicTracerProvider({
      resource,
      idGenerator,
      spanProcessors: [processor],
    }).getTracer(NAME, VERSION);
  };
  const tracers = new Map(SERVICES.map((service) => [service, tracerOf(service)]));

  return {
    /** @param spans the call's span first */
    send(call: string, spans: readonly CallSpan[]): void {
      let context = ROOT_CONTEXT;
      for (const { key, name, service, from, to, attributes, failed, moments } of spans) {
        next = { trace: traceIdOf(call), span: hex(`callboard span ${call} ${key}`, 8) };
        // Dates, because OpenTelemetry takes small numbers for milliseconds of this process.
        const span = tracers
          .get(service)
          ?.startSpan(name, { startTime: new Date(from), attributes }, context);
        if (!span) continue;
        for (const { name, at, attributes } of moments) {
          span.addEvent(name, attributes, new Date(at));
        }
        if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end(new Date(to));
        if (context === ROOT_CONTEXT) context = trace.setSpan(context, span);
      }
    },
    /** Exports pending spans, and shuts down. */
    stop: () => processor.shutdown(),
  };
}

/**
 * Milliseconds without new events after a call's end until its trace is created: a worker's last events arrive within
 * seconds. Our own choice.
 */
const QUIET_MS = 5_000;

/**
 * Traces each call that ends from now on.
 * @returns a function that exports pending traces, including calls that have just ended, and stops
 */
export function traceCalls(server: CallsServer, quietMs = QUIET_MS): () => Promise<void> {
  const exporter = openExporter();
  const waiting = new Map<string, NodeJS.Timeout>();

  async function send(id: string): Promise<void> {
    clearTimeout(waiting.get(id));
    waiting.delete(id);
    try {
      const timeline = await readTimeline(server, id);
      // It was deleted meanwhile, or it continues and will end later.
      if (timeline?.call.endedAt === undefined) return;
      exporter.send(id, callSpans(timeline));
    } catch (error) {
      logError('traces', error);
    }
  }

  const heard = ({ calls }: StoredEvents) => {
    for (const { before, after } of calls) {
      const ended = before?.endedAt === undefined && after.endedAt !== undefined;
      if (!ended && !waiting.has(after.id)) continue;
      clearTimeout(waiting.get(after.id));
      waiting.set(after.id, setTimeout(() => void send(after.id), quietMs).unref());
    }
  };
  const stopHearing = onStored(server, heard);

  return async () => {
    stopHearing();
    await Promise.all([...waiting.keys()].map(send));
    await exporter.stop();
  };
}
