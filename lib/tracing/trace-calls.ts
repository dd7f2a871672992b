// Creates an OpenTelemetry trace of each ended call, in one place: all events of web, LiveKit and workers come through
// this process, with corrected clocks. So processes pass no traceparent to each other, and workers need no settings.
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
import { onRecorded, type Recorded } from '@/lib/calls/store/recorded';
import { readTimeline } from '@/lib/calls/store/store';
import { processSingleton } from '@/lib/core/process-singleton';
import { redact } from '@/lib/core/redact';
import { VERSION } from '@/lib/core/version';
import { type CallSpan, callSpans, SERVICES, type Service } from './call-spans';

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
interface Exporter {
  /** @param spans the call's span first */
  send(call: string, spans: readonly CallSpan[]): void;
  /** Exports pending spans, and shuts down. */
  stop(): Promise<void>;
}

/** Creates the exporter. */
function openExporter(): Exporter {
  const log = (message: string) => console.error(redact(`traces: ${message}`));
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
    send(call, spans) {
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
    stop: () => processor.shutdown(),
  };
}

/**
 * Milliseconds without new events after a call's end until its trace is created: a worker's last events arrive within
 * seconds. Our own choice.
 */
const QUIET_MS = 5_000;

/** Tracing, until it is stopped. */
export interface Tracing {
  /** Exports pending traces, including calls that have just ended. */
  stop(): Promise<void>;
}

const current = processSingleton('tracing', (): { tracing?: Tracing } => ({}));

/** Traces each call that ends from now on. Called once in this process. */
export function traceCalls(quietMs = QUIET_MS): Tracing {
  const before = current().tracing;
  if (before) return before;
  const exporter = openExporter();
  const waiting = new Map<string, NodeJS.Timeout>();

  async function send(id: string): Promise<void> {
    clearTimeout(waiting.get(id));
    waiting.delete(id);
    try {
      const timeline = await readTimeline(id);
      // It was deleted meanwhile, or it continues and will end later.
      if (timeline?.call.endedAt === undefined) return;
      exporter.send(id, callSpans(timeline));
    } catch (error) {
      console.error(redact(`traces: ${error}`));
    }
  }

  const heard = ({ calls }: Recorded) => {
    for (const { before, after } of calls) {
      const ended = before?.endedAt === undefined && after.endedAt !== undefined;
      if (!ended && !waiting.has(after.id)) continue;
      clearTimeout(waiting.get(after.id));
      waiting.set(after.id, setTimeout(() => void send(after.id), quietMs).unref());
    }
  };
  const stopHearing = onRecorded(heard);

  const tracing: Tracing = {
    async stop() {
      current().tracing = undefined;
      stopHearing();
      await Promise.all([...waiting.keys()].map(send));
      await exporter.stop();
    },
  };
  current().tracing = tracing;
  return tracing;
}
