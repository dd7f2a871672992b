// A trace of each call in OpenTelemetry, made in one place when the call is over: every event of it,
// of web, LiveKit and worker, comes through this process, with clocks corrected. So no process hands
// a traceparent to another, and the worker needs no setting for it.
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

// Hands spans to OpenTelemetry, which sends them in batches by OTLP over HTTP, as its own settings
// (`OTEL_…`) say. All that knows its packages is here, and is loaded only where traces are wanted.

/** Name of the services, before what tells them apart, unless `OTEL_SERVICE_NAME` has another. */
const NAME = 'callboard';

const hex = (text: string, bytes: number) =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, 2 * bytes);

/** The trace of a call: whoever knows the call's id knows it. 32 hexadecimal digits. */
const traceIdOf = (call: string) => hex(`callboard trace ${call}`, 16);

/** Sends the spans of calls. */
interface Exporter {
  /** @param spans the call itself first */
  send(call: string, spans: readonly CallSpan[]): void;
  /** Sends what waits, and ends. */
  stop(): Promise<void>;
}

/** Opens the way out. */
function openExporter(): Exporter {
  const log = (message: string) => console.error(redact(`traces: ${message}`));
  const logger = { error: log, warn: log, info: log, debug: log, verbose: log };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });

  /** Ids of the span that is made next; the same each time, so that one sent twice is one. */
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
        // Dates, for a small number would be taken for milliseconds of this process.
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
 * Milliseconds without anything new after a call's end until its trace is made: a worker's last
 * events come within seconds. Our own choice.
 */
const QUIET_MS = 5_000;

/** Tracing, until it is stopped. */
export interface Tracing {
  /** Sends what is there; of calls that have just ended too. */
  stop(): Promise<void>;
}

const current = processSingleton('tracing', (): { tracing?: Tracing } => ({}));

/** Traces each call that ends from now on; once for this process. */
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
      // Deleted meanwhile, or it goes on after all: then it ends another time.
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
