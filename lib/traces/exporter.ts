// Hands spans to OpenTelemetry, which sends them in batches by OTLP over HTTP, as its own settings
// (`OTEL_…`) say. All that knows its packages is here, and is loaded only where traces are wanted.
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
import { redact } from '../redact';
import { VERSION } from '../version';
import { type CallSpan, SERVICES, type Service } from './call-spans';

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
export interface Exporter {
  /** @param spans the call itself first */
  send(call: string, spans: readonly CallSpan[]): void;
  /** Sends what waits, and ends. */
  stop(): Promise<void>;
}

/** Opens the way out. */
export function openExporter(): Exporter {
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
