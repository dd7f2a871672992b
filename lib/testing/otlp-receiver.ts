// An OpenTelemetry collector for tests: receives OTLP over HTTP and decodes traces.
import { type Attributes, decodeOtlp, type Nanos, plainAttributes } from '@/lib/insights/otlp';
import { serveFetch } from '@/lib/testing/serve-routes';

/** `STATUS_CODE_ERROR`. */
const ERROR = 2;

/** A received span. Times are milliseconds since 1970. */
interface ReceivedSpan {
  readonly service: unknown;
  readonly trace: string;
  readonly id: string;
  /** Empty for the root span of a trace. */
  readonly parent: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly attributes: Attributes;
  readonly events: readonly { name: string; at: number; attributes: Attributes }[];
  readonly failed: boolean;
}

const hex = (bytes: Uint8Array | string = '') => Buffer.from(bytes).toString('hex');
const ms = (nanos: Nanos) => Math.round(Number(nanos) / 1_000_000);

function spansOf(body: Buffer): ReceivedSpan[] {
  const { resourceSpans = [] } = decodeOtlp('traces', body, false);
  return resourceSpans.flatMap(({ resource, scopeSpans = [] }) => {
    const service = plainAttributes(resource?.attributes)['service.name'];
    const spans = scopeSpans.flatMap((scope) => scope.spans ?? []);
    return spans.map((span) => ({
      service,
      trace: hex(span.traceId),
      id: hex(span.spanId),
      parent: hex(span.parentSpanId),
      name: span.name ?? '',
      from: ms(span.startTimeUnixNano),
      to: ms(span.endTimeUnixNano),
      attributes: plainAttributes(span.attributes),
      events: (span.events ?? []).map(({ name = '', timeUnixNano, attributes }) => ({
        name,
        at: ms(timeUnixNano),
        attributes: plainAttributes(attributes),
      })),
      failed: span.status?.code === ERROR,
    }));
  });
}

/** A running collector. */
export interface OtlpReceiver {
  readonly url: string;
  /** Paths and content types of the requests. */
  readonly requests: string[];
  /** Bodies of the requests. */
  readonly bodies: Buffer[];
  readonly spans: ReceivedSpan[];
  close(): Promise<void>;
}

/** Starts a collector on a free port of this machine. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const requests: string[] = [];
  const bodies: Buffer[] = [];
  const spans: ReceivedSpan[] = [];
  const { url, close } = await serveFetch(async (request) => {
    const body = Buffer.from(await request.arrayBuffer());
    const { pathname } = new URL(request.url);
    requests.push(`${request.method} ${pathname} ${request.headers.get('content-type')}`);
    bodies.push(body);
    if (pathname === '/v1/traces') spans.push(...spansOf(body));
    return new Response();
  });
  return { url, requests, bodies, spans, close };
}
