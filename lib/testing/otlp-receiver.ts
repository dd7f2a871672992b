// An OpenTelemetry collector for tests: receives OTLP over HTTP and decodes the protobuf fields of traces
// (opentelemetry/proto/trace/v1/trace.proto).
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Value = string | number | boolean | readonly Value[];
type Attributes = Readonly<Record<string, Value>>;

/** A received span. Times are milliseconds since 1970. */
interface ReceivedSpan {
  readonly service: Value | undefined;
  readonly trace: string;
  readonly id: string;
  /** Empty for the root span of a trace. */
  readonly parent: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly attributes: Attributes;
  readonly events: readonly { name: string; at: number; attributes: Attributes }[];
  /** `STATUS_CODE_ERROR`. */
  readonly failed: boolean;
}

/** The fields of a protobuf message by number; length-delimited values stay bytes. */
class Message {
  readonly #fields = new Map<number, (bigint | Buffer)[]>();

  constructor(bytes: Buffer) {
    let at = 0;
    const varint = () => {
      let value = 0n;
      for (let shift = 0n; ; shift += 7n) {
        const byte = bytes.readUInt8(at++);
        value |= BigInt(byte & 0x7f) << shift;
        if (byte < 0x80) return value;
      }
    };
    const take = (length: number) => {
      at += length;
      return bytes.subarray(at - length, at);
    };
    const read = [
      varint,
      () => take(8).readBigUInt64LE(),
      () => take(Number(varint())),
      undefined,
      undefined,
      () => BigInt(take(4).readUInt32LE()),
    ];
    while (at < bytes.length) {
      const tag = Number(varint());
      const value = read[tag & 7]?.();
      if (value === undefined) throw new Error(`wire type ${tag & 7}`);
      this.#fields.set(tag >> 3, [...(this.#fields.get(tag >> 3) ?? []), value]);
    }
  }

  has = (field: number) => this.#fields.has(field);
  bytes = (field: number) => (this.#fields.get(field) ?? []) as Buffer[];
  all = (field: number) => this.bytes(field).map((bytes) => new Message(bytes));
  number = (field: number) => (this.#fields.get(field)?.[0] ?? 0n) as bigint;
  text = (field: number) => this.bytes(field)[0]?.toString('utf8') ?? '';
  hex = (field: number) => this.bytes(field)[0]?.toString('hex') ?? '';
  ms = (field: number) => Number(this.number(field) / 1_000_000n);
}

function readValue(value: Message): Value {
  if (value.has(2)) return value.number(2) === 1n;
  if (value.has(3)) return Number(value.number(3));
  if (value.has(4)) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(value.number(4));
    return bytes.readDoubleLE();
  }
  if (value.has(5)) return value.all(5).flatMap((array) => array.all(1).map(readValue));
  return value.text(1);
}

const readAttributes = (message: Message, field: number): Attributes =>
  Object.fromEntries(
    message.all(field).map((one) => [one.text(1), one.all(2).map(readValue)[0] ?? '']),
  );

function spansOf(body: Buffer): ReceivedSpan[] {
  return new Message(body).all(1).flatMap((resource) => {
    const service = resource.all(1).map((one) => readAttributes(one, 1))[0]?.['service.name'];
    const spans = resource.all(2).flatMap((scope) => scope.all(2));
    return spans.map((span) => ({
      service,
      trace: span.hex(1),
      id: span.hex(2),
      parent: span.hex(4),
      name: span.text(5),
      from: span.ms(7),
      to: span.ms(8),
      attributes: readAttributes(span, 9),
      events: span
        .all(11)
        .map((one) => ({ name: one.text(2), at: one.ms(1), attributes: readAttributes(one, 3) })),
      failed: span.all(15).some((status) => status.number(3) === 2n),
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
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    requests.push(`${request.method} ${request.url} ${request.headers['content-type']}`);
    bodies.push(body);
    if (request.url === '/v1/traces') spans.push(...spansOf(body));
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    bodies,
    spans,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
