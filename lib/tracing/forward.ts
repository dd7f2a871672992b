// Sends traces and metrics that agents upload on to the team's collector, which is configured by OpenTelemetry's own settings
// (`OTEL_…`). Words stay here, where they are stored and deleted: of texts, only names and ids that are known to be that go on.
// Loaded only if a collector is configured.
import {
  convertLegacyHttpOptions,
  createOtlpHttpExportDelegate,
} from '@opentelemetry/otlp-exporter-base/node-http';
import { logError } from '@/lib/core/log';
import { metricsWanted, tracesWanted } from '@/lib/tracing/wanted';

/** Requests to a collector at once. More are dropped until it has answered. Our own choice. */
const AT_ONCE = 4;

/** A value of an attribute, as OTLP has it. */
interface AnyValue {
  readonly stringValue?: string;
  readonly bytesValue?: unknown;
  readonly arrayValue?: { readonly values?: readonly AnyValue[] };
  readonly kvlistValue?: object;
}
interface KeyValue {
  readonly key?: string;
  readonly value?: AnyValue;
}

/** Attributes whose texts are names or ids, in LiveKit's and OpenTelemetry's words. */
const NAMES = [
  /^(service|telemetry\.sdk)\./,
  /^(room_id|job_id|model_name|model_provider|severity|cause)$/,
  /^lk\.(.+[._])?id$/,
  /^lk\.(agent_name|agent_label|participant_kind|function_tools|function_tool\.name|provider_request_ids)$/,
  /^lk\.((llm|tts|realtime_model)_metrics|tts\.label|eou\.(language|source)|blocking\.(severity|cause))$/,
  /^gen_ai\.(operation|provider|agent|tool|workflow)\.name$/,
  /^gen_ai\.((request|response)\.model|(tool|token|output)\.type|response\.finish_reasons)$/,
  /^gen_ai\.(response|conversation|tool\.call)\.id$/,
];
/** Attributes with the name of a class of errors; a program may write a message there. */
const ERROR_TYPES = ['error.type', 'exception.type'];

/** Whether a value has no text. */
const isPlain = ({ stringValue, bytesValue, arrayValue, kvlistValue }: AnyValue): boolean =>
  [stringValue, bytesValue, kvlistValue].every((one) => one === undefined) &&
  (arrayValue?.values ?? []).every(isPlain);

function mayLeave({ key = '', value = {} }: KeyValue): boolean {
  if (/pii/i.test(key)) return false;
  if (isPlain(value) || NAMES.some((name) => name.test(key))) return true;
  return ERROR_TYPES.includes(key) && !/\s/.test(value.stringValue ?? ' ');
}

/** Fields with attributes, in all messages of OTLP. */
const ATTRIBUTES = ['attributes', 'filteredAttributes', 'metadata'];
/** Fields with ids: hexadecimal digits in JSON. */
const IDS = ['traceId', 'spanId', 'parentSpanId'];

/** A part of a message without words. */
function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      if (ATTRIBUTES.includes(name)) return [name, (one as readonly KeyValue[]).filter(mayLeave)];
      if (IDS.includes(name) && typeof one === 'string') return [name, Buffer.from(one, 'hex')];
      // Errors are described with what was being processed.
      if (name === 'status') return [name, { code: (one as { code?: number }).code }];
      return [name, withoutWords(one)];
    }),
  );
}

/** What is sent on. */
type Forwarded = 'traces' | 'metrics';

/** Makes protobuf of a decoded message. */
type Encode<Message> = (signal: Forwarded, message: Message) => Uint8Array;

/** A collector of one signal. */
function openCollector<Message>(signal: Forwarded, encode: Encode<Message>) {
  const options = convertLegacyHttpOptions(
    { concurrencyLimit: AT_ONCE },
    signal.toUpperCase(),
    `v1/${signal}`,
    { 'Content-Type': 'application/x-protobuf' },
  );
  return createOtlpHttpExportDelegate(options, {
    serializeRequest: (message: Message) => encode(signal, withoutWords(message) as Message),
    deserializeResponse: () => ({}),
  });
}

/** Sends on what agents upload. */
export interface Forwarding<Message> {
  /**
   * Sends a decoded message of OTLP on. Returns at once. What cannot be sent is dropped, with one line in the log until the
   * collector takes something again.
   */
  forward(signal: Forwarded, message: Message): void;
  /** Resolves when what is being sent has arrived, or OpenTelemetry's timeout is over (10 s). */
  stop(): Promise<void>;
}

/** Opens the collectors that OpenTelemetry's settings name. */
export function openForwarding<Message>(
  env: Readonly<Record<string, string | undefined>>,
  encode: Encode<Message>,
): Forwarding<Message> {
  const collectors = {
    ...(tracesWanted(env) && { traces: openCollector('traces', encode) }),
    ...(metricsWanted(env) && { metrics: openCollector('metrics', encode) }),
  };
  const failing = new Set<Forwarded>();
  function result(signal: Forwarded, error: unknown): void {
    if (error !== undefined && !failing.has(signal)) {
      logError(`${signal} of agents are not sent to the collector`, error);
    }
    if (error === undefined) failing.delete(signal);
    else failing.add(signal);
  }
  return {
    forward(signal, message) {
      // Encoding takes time, and whoever has uploaded it is waiting for the answer.
      setImmediate(() => {
        try {
          collectors[signal]?.export(message, ({ error }) => result(signal, error));
        } catch (error) {
          result(signal, error);
        }
      });
    },
    async stop() {
      await Promise.all(Object.values(collectors).map((each) => each.shutdown()));
    },
  };
}
