// Decodes and encodes OTLP, in protobuf or JSON, with limits: what arrives may be broken or hostile.
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import protobuf from 'protobufjs/light.js';
import { isTooDeep } from '@/lib/core/nesting';
import { Problem } from '@/lib/core/problem';
import { otlpSchema } from '@/lib/insights/otlp-schema';

/** The kinds of OTLP requests. */
export const SIGNALS = ['traces', 'logs', 'metrics'] as const;
export type Signal = (typeof SIGNALS)[number];

/** A value of an attribute, as OTLP has it. Whole numbers are strings in JSON. */
export interface AnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: number | string;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values?: readonly AnyValue[] };
  readonly kvlistValue?: { readonly values?: readonly KeyValue[] };
}
export interface KeyValue {
  readonly key?: string;
  readonly value?: AnyValue;
}
interface HasAttributes {
  readonly attributes?: readonly KeyValue[];
}
/** Nanoseconds since 1970: a number from protobuf, which is exact to 256 ns, or text from JSON. */
export type Nanos = number | string | undefined;

export interface OtlpSpan extends HasAttributes {
  /** Bytes from protobuf, hexadecimal digits from JSON. */
  readonly traceId?: Uint8Array | string;
  readonly spanId?: Uint8Array | string;
  readonly parentSpanId?: Uint8Array | string;
  readonly name?: string;
  readonly startTimeUnixNano?: Nanos;
  readonly endTimeUnixNano?: Nanos;
  readonly events?: readonly (HasAttributes & {
    readonly name?: string;
    readonly timeUnixNano?: Nanos;
  })[];
  readonly status?: { readonly code?: number | string; readonly message?: string };
}
export interface OtlpLog extends HasAttributes {
  readonly spanId?: Uint8Array | string;
  readonly timeUnixNano?: Nanos;
  readonly observedTimeUnixNano?: Nanos;
  readonly severityNumber?: number;
  readonly body?: AnyValue;
}
interface Scope extends HasAttributes {
  readonly name?: string;
}

/** A decoded request. */
export interface OtlpMessage {
  readonly resourceSpans?: readonly {
    readonly resource?: HasAttributes;
    readonly scopeSpans?: readonly {
      readonly scope?: Scope;
      readonly spans?: readonly OtlpSpan[];
    }[];
  }[];
  readonly resourceLogs?: readonly {
    readonly resource?: HasAttributes;
    readonly scopeLogs?: readonly {
      readonly scope?: Scope;
      readonly logRecords?: readonly OtlpLog[];
    }[];
  }[];
  readonly resourceMetrics?: readonly object[];
}

/** The header of an uploaded recording: LiveKit's `MetricsRecordingHeader`. */
export interface RecordingHeader {
  readonly roomId?: string;
  readonly jobId?: string;
  readonly durationMs?: number;
  readonly startTime?: { readonly seconds?: number; readonly nanos?: number };
  readonly redactionEnabled?: boolean;
  /** JSON. */
  readonly sessionSummary?: string;
}

const root = protobuf.Root.fromJSON(otlpSchema);
const types: Readonly<Record<Signal, protobuf.Type>> = {
  traces: root.lookupType('Traces'),
  logs: root.lookupType('Logs'),
  metrics: root.lookupType('Metrics'),
};
const headerType = root.lookupType('RecordingHeader');

function decoded(type: protobuf.Type, bytes: Uint8Array): object {
  try {
    return type.toObject(type.decode(bytes), { longs: Number });
  } catch {
    throw new Problem('invalid-request', `The body is not a valid protobuf message.`);
  }
}

/** Fields of a request that hold lists. */
const LISTS = {
  traces: ['resourceSpans', 'scopeSpans', 'spans'],
  logs: ['resourceLogs', 'scopeLogs', 'logRecords'],
  metrics: ['resourceMetrics', 'scopeMetrics', 'metrics'],
} as const;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether the lists of a request are lists of objects, down to its spans, records or metrics. */
function hasShape(value: unknown, [field, ...rest]: readonly string[]): boolean {
  if (!isObject(value)) return false;
  if (field === undefined) return true;
  const list = value[field] ?? [];
  return Array.isArray(list) && list.every((one) => hasShape(one, rest));
}

/**
 * The message of a request.
 * @param isJson whether the body is JSON rather than protobuf
 * @throws {Problem} 400 if it is none
 */
export function decodeOtlp(signal: Signal, body: Uint8Array, isJson: boolean): OtlpMessage {
  if (!isJson) return decoded(types[signal], body);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Problem('invalid-request', 'The body is not valid JSON.');
  }
  if (isTooDeep(value) || !hasShape(value, LISTS[signal])) {
    throw new Problem('invalid-request', `The body is not an OTLP request of ${signal}.`);
  }
  return value as OtlpMessage;
}

/** The message as protobuf. */
export const encodeOtlp = (signal: Signal, message: OtlpMessage): Uint8Array =>
  types[signal].encode(types[signal].fromObject(message)).finish();

/** @throws {Problem} 400 */
export const decodeHeader = (bytes: Uint8Array): RecordingHeader => decoded(headerType, bytes);

/** The header as protobuf, for tests. */
export const encodeHeader = (header: RecordingHeader): Uint8Array =>
  headerType.encode(headerType.fromObject(header)).finish();

const unzip = promisify(gunzip);

/**
 * Decompresses a body.
 * @param maxBytes largest size of the result; memory for more is never taken
 * @throws {Problem} 413, 400
 */
export async function decompress(body: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  try {
    return await unzip(body, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new Problem('too-large', `The decompressed body may have at most ${maxBytes} bytes.`);
    }
    throw new Problem('invalid-request', 'The body is not valid gzip.');
  }
}

/** The plain value; undefined if there is none. */
export function plainValue(value: AnyValue | undefined): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.intValue !== undefined) return Number(value.intValue);
  if (value.doubleValue !== undefined) return Number(value.doubleValue);
  if (value.arrayValue) return listOf(value.arrayValue.values).map(plainValue);
  if (value.kvlistValue) return plainAttributes(value.kvlistValue.values);
  return undefined;
}

/** Names and plain values. */
export type Attributes = Readonly<Record<string, unknown>>;

/** The plain values by name. */
export const plainAttributes = (attributes: readonly KeyValue[] | undefined): Attributes =>
  Object.fromEntries(
    listOf(attributes).map(({ key, value }) => [String(key ?? ''), plainValue(value)]),
  );

/** A list, also if something else is in its place. */
export const listOf = <T>(value: readonly T[] | undefined): readonly T[] =>
  Array.isArray(value) ? value.filter(isObject as (one: T) => one is T & object) : [];
