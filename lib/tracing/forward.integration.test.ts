// What agents have uploaded, as a collector gets it.
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { decodeOtlp, encodeOtlp, type OtlpMessage } from '@/lib/insights/otlp';
import { type OtlpReceiver, startOtlpReceiver } from '@/lib/testing/otlp-receiver';
import { openForwarding } from '@/lib/tracing/forward';

let collector: OtlpReceiver;
/** Lines of the log. */
let logged: string[];

beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith('OTEL_')) vi.stubEnv(name, '');
  logged = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void logged.push(line));
  collector = await startOtlpReceiver();
});
afterEach(async () => {
  await collector.close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** A process with these settings. */
function forwarding(env: Record<string, string>) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const opened = openForwarding<OtlpMessage>(process.env, encodeOtlp);
  onTestFinished(() => opened.stop());
  return opened;
}

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
/** Attributes that go on. */
const KEPT = [
  text('room_id', 'RM_1'),
  text('lk.speech_id', 'speech_1'),
  text('gen_ai.request.model', 'gpt-4.1-mini'),
  text('gen_ai.tool.name', 'openingHours'),
  text('lk.llm_metrics', '{"type":"llm_metrics","ttftMs":120}'),
  text('exception.type', 'RangeError'),
  { key: 'gen_ai.usage.input_tokens', value: { intValue: 17 } },
  { key: 'lk.interrupted', value: { boolValue: true } },
  { key: 'my.weight', value: { doubleValue: 0.5 } },
  { key: 'my.weights', value: { arrayValue: { values: [{ doubleValue: 0.5 }] } } },
  {
    key: 'gen_ai.response.finish_reasons',
    value: { arrayValue: { values: [{ stringValue: 'stop' }] } },
  },
];
/** Attributes that stay here. */
const LEFT_OUT = [
  ...[
    'lk.pii.user_input',
    'lk.pii.participant_id',
    'gen_ai.system_instructions',
    'gen_ai.input.messages',
    'gen_ai.output.messages',
    'gen_ai.tool.definitions',
    'gen_ai.tool.call.arguments',
    'exception.message',
    'exception.stacktrace',
    'error.type',
    'lk.something_new',
    'my.customer',
  ].map((name) => text(name, 'Anna says hello')),
  { key: 'lk.pii.age', value: { intValue: 41 } },
  { key: 'my.names', value: { arrayValue: { values: [{ stringValue: 'Anna' }] } } },
  { key: 'my.map', value: { kvlistValue: { values: [text('name', 'Anna')] } } },
  { key: 'my.bytes', value: { bytesValue: Buffer.from('Anna') } },
];
const attributes = [...LEFT_OUT, ...KEPT];
const [traceId, spanId] = [Buffer.alloc(16, 7), Buffer.alloc(8, 9)];

const traces = (): OtlpMessage => ({
  resourceSpans: [
    {
      resource: { attributes },
      scopeSpans: [
        {
          scope: { name: 'livekit-agents', attributes },
          spans: [
            {
              ...{ traceId, spanId, name: 'llm_node', attributes },
              ...{ startTimeUnixNano: 1_795_738_417_000_000_000, endTimeUnixNano: undefined },
              events: [{ name: 'exception', attributes }],
              status: { code: 2, message: 'Anna is unknown' },
            },
          ],
        },
      ],
    },
  ],
});
const metrics = (): OtlpMessage => ({
  resourceMetrics: [
    {
      resource: { attributes },
      scopeMetrics: [
        {
          metrics: [
            {
              name: 'lk.agents.usage.llm_input_tokens',
              sum: { dataPoints: [{ attributes, asInt: 17 }], aggregationTemporality: 1 },
            },
          ],
        },
      ],
    },
  ],
});

test('spans go on with their ids, times, models and numbers, and without words', async () => {
  forwarding({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  }).forward('traces', traces());
  await expect.poll(() => collector.spans).toHaveLength(1);
  expect(collector.requests).toEqual(['POST /v1/traces application/x-protobuf']);
  expect(collector.spans).toMatchObject([
    {
      ...{ name: 'llm_node', failed: true, from: 1_795_738_417_000 },
      ...{ trace: traceId.toString('hex'), id: spanId.toString('hex') },
    },
  ]);
  const [body = Buffer.of()] = collector.bodies;
  expect(body.toString('latin1')).not.toContain('Anna');
  const [group] = decodeOtlp('traces', body, false).resourceSpans ?? [];
  const [scoped] = group?.scopeSpans ?? [];
  const [span] = scoped?.spans ?? [];
  for (const place of [group?.resource, scoped?.scope, span, span?.events?.[0]]) {
    expect(place?.attributes?.map(({ key }) => key)).toEqual(KEPT.map(({ key }) => key));
  }
});

test('metrics go on in the same way', async () => {
  forwarding({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }).forward('metrics', metrics());
  await expect.poll(() => collector.requests).toEqual(['POST /v1/metrics application/x-protobuf']);
  const [body = Buffer.of()] = collector.bodies;
  expect(body.toString('latin1')).not.toContain('Anna');
  expect(body.toString('latin1')).toContain('lk.agents.usage.llm_input_tokens');
  expect(decodeOtlp('metrics', body, false)).toMatchObject({
    resourceMetrics: [{ scopeMetrics: [{ metrics: [{ sum: { dataPoints: [{ asInt: 17 }] } }] }] }],
  });
});

test('each signal has its own endpoint, and one that is not wanted goes nowhere', async () => {
  const { forward, stop } = forwarding({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${collector.url}/own/path`,
    OTEL_TRACES_EXPORTER: 'none',
  });
  forward('traces', traces());
  forward('metrics', metrics());
  await expect.poll(() => collector.requests).toEqual(['POST /own/path application/x-protobuf']);
  await stop();
  expect(collector.requests).toHaveLength(1);
});

test('a collector that refuses everything is logged once, and what else is uploaded is dropped', async () => {
  const { forward, stop } = forwarding({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:1',
    OTEL_EXPORTER_OTLP_TIMEOUT: '100',
  });
  for (let count = 0; count < 20; count += 1) forward('traces', traces());
  // What cannot be encoded does not end the process.
  forward('metrics', { resourceMetrics: [{ resource: { attributes: 'none' } }] });
  await expect.poll(() => logged).toHaveLength(2);
  await stop();
  expect(logged.sort()).toEqual([
    expect.stringContaining('metrics of agents are not sent to the collector'),
    expect.stringContaining('traces of agents are not sent to the collector'),
  ]);
  expect(logged.join()).not.toContain('Anna');
});
