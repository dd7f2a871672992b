// Traces of calls in a real database, sent to an HTTP collector.

import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { server } from '@/lib/server';
import { sampleCall } from '@/lib/testing/calls';
import { storeOn, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { type OtlpReceiver, startOtlpReceiver } from '@/lib/testing/otlp-receiver';
import { endServer, newServer } from '@/lib/testing/server';
import { tracesWanted } from '@/lib/tracing/wanted';

/** Start of the calls, which have ended by now. */
const BEGIN = Date.now() - 3_600_000;
let place: TestDatabase;
let store: Awaited<ReturnType<typeof storeOn>>;
let collector: OtlpReceiver;

beforeAll(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith('OTEL_')) vi.stubEnv(name, '');
  vi.stubEnv('NEXT_RUNTIME', 'nodejs');
  vi.spyOn(console, 'error').mockImplementation(() => {});
  [place, collector] = await Promise.all([testDatabase(), startOtlpReceiver()]);
  store = await storeOn(place);
});
afterAll(async () => {
  await endServer();
  await Promise.all([place.remove(), collector.close()]);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const starts = async () => (await import('@/instrumentation')).register();
/** Packages of OpenTelemetry's SDK that this process has loaded. */
const loaded = () =>
  Object.keys(createRequire(import.meta.url).cache).filter((path) =>
    /@opentelemetry\/(sdk-|exporter-|otlp-|resources)/.test(path),
  );
async function storeCall(seed: number, sample: Parameters<typeof sampleCall>[2]) {
  const events = sampleCall(seed, BEGIN, sample);
  const arrivedAt = Math.max(...events.map(({ at }) => at)) + 100;
  await store.storeEvents(server(), events, arrivedAt);
  return foldCall(events.map((event) => ({ ...event, arrivedAt })));
}

// First in the file, because loaded modules stay loaded.
it('off: loads and sends nothing', async () => {
  await starts();
  await storeCall(1, { ending: 'caller' });
  expect(loaded()).toEqual([]);
  expect(collector.requests).toEqual([]);
});

it('on: sends one trace of an ended call, without its words', async () => {
  await newServer({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  });
  await starts();
  expect(loaded()).not.toEqual([]);
  const { call, stages, marks } = await storeCall(2, { ending: 'failed', agent: 0, turns: 3 });
  await storeCall(3, { ending: 'on' });
  // Sends pending spans at once.
  await endServer();

  const { spans, requests } = collector;
  expect(new Set(requests)).toEqual(new Set(['POST /v1/traces application/x-protobuf']));
  expect(new Set(spans.map(({ trace }) => trace)).size).toBe(1);
  expect(spans[0]?.trace).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(spans.map(({ id }) => id)).size).toBe(spans.length);
  const [root, ...rest] = spans.toSorted((a, b) => a.parent.length - b.parent.length);
  expect(root).toMatchObject({
    name: 'call',
    parent: '',
    service: 'callboard-web',
    from: call.requestedAt,
    to: call.endedAt,
    failed: true,
  });
  expect(root?.attributes).toMatchObject({
    'callboard.call': call.id,
    'callboard.agents': call.agents,
    'callboard.ended_by': 'agent failed',
    'callboard.turns': call.turns,
  });
  const errors = marks.flatMap((mark) =>
    mark.kind === 'event' && mark.what.kind === 'error' ? [{ ...mark, what: mark.what }] : [],
  );
  expect(errors.length).toBeGreaterThan(0);
  expect(root?.events).toMatchObject(
    errors.map(({ from, what }) => ({
      name: 'exception',
      at: call.requestedAt + from,
      attributes: { 'exception.message': what.message, 'callboard.source': 'worker:w-1' },
    })),
  );

  expect(rest.map(({ parent }) => parent)).toEqual(rest.map(() => root?.id));
  const times = ({ from, to }: { from: number; to: number }) => [
    call.requestedAt + from,
    call.requestedAt + to,
  ];
  const within = marks.filter(({ kind }) => kind !== 'event');
  const expected = [
    ...stages.map((stage) => [`set-up: ${stage.name}`, ...times(stage)]),
    ...within.map((mark) => [
      mark.kind === 'tool' ? `tool: ${mark.tool}` : mark.kind === 'turn' && `turn: ${mark.speaker}`,
      ...times(mark),
    ]),
  ];
  expect(rest.map(({ name, from, to }) => [name, from, to]).sort()).toEqual(expected.sort());
  const service = (name: string) => rest.find((span) => span.name === name)?.service;
  expect(['set-up: token', 'set-up: room', 'turn: agent'].map(service)).toEqual([
    'callboard-web',
    'callboard-livekit',
    'callboard-worker',
  ]);
  const answers = rest.filter(({ attributes }) => 'callboard.latency.first_audio_ms' in attributes);
  expect(answers.map(({ attributes }) => attributes['callboard.latency.first_audio_ms'])).toEqual(
    call.answerMs,
  );
  const said = within.flatMap((mark) => {
    if (mark.kind === 'turn') return [mark.text];
    return mark.kind === 'tool' ? [mark.args, mark.result] : [];
  });
  const sent = JSON.stringify(spans);
  expect(said.filter((words) => sent.includes(JSON.stringify(words).slice(1, -1)))).toEqual([]);
});

it.each([
  [true, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c' }],
  [true, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://c' }],
  [false, {}],
  [false, { OTEL_EXPORTER_OTLP_ENDPOINT: '' }],
  [false, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_SDK_DISABLED: 'TRUE' }],
  [false, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_TRACES_EXPORTER: 'none' }],
])('wanted is %s with %o', (wanted, env) => {
  expect(tracesWanted(env)).toBe(wanted);
});
