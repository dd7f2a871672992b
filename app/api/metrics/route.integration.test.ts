// The metrics over HTTP: stored events are counted, and the dashboard uses only existing metrics.

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as metrics from '@/app/api/metrics/route';
import type { CallSummary } from '@/lib/calls/call';
import type { EventData, StoredEvent } from '@/lib/calls/event';
import { calls } from '@/lib/calls/store/schema';
import { notifyStored } from '@/lib/calls/store/stored-events';
import { withDatabase } from '@/lib/db/database';
import { startCounting } from '@/lib/metrics/metrics';
import { server } from '@/lib/server';
import { reportLive } from '@/lib/testing/api';
import { NO_LIVEKIT, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';

vi.mock('@/lib/calls/prices', () => ({
  CURRENCY: 'USD',
  prices: [{ model: 'gpt', inputTokens: 2 }],
}));

const AT = Date.UTC(2026, 10, 20, 12);
const FRONT = 'agent="front-desk",deployment="staging"';
let web: TestServer;
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  const env = { ...NO_LIVEKIT, ...database.env };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  startCounting(server());
  web = await serveRoutes({ '/api/metrics': metrics });
});
afterAll(async () => {
  await web.close();
  await endServer();
  await database.remove();
  vi.unstubAllEnvs();
});

async function scrape() {
  const response = await fetch(`${web.url}/api/metrics`);
  expect(response.status).toBe(200);
  const text = await response.text();
  return {
    type: response.headers.get('content-type'),
    text,
    /** The value of a series: `name{labels}`. */
    value: (series: string) =>
      text
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.slice(series.length + 1),
  };
}

let number = 0;
const event = (source: StoredEvent['source'], what: EventData, lagMs = 0): StoredEvent => {
  number += 1;
  return { id: `e${number}`, room: 'room', source, at: AT, arrivedAt: AT + lagMs, what };
};
const worker = 'worker:w1';
const agent = 'front-desk';
const deployment = 'staging';
const call: CallSummary = {
  id: 'c1',
  room: 'room',
  origin: 'page',
  caller: 'Anna',
  agents: [agent, 'billing'],
  deployments: [deployment],
  requestedAt: AT,
  startedAt: undefined,
  joinedAt: undefined,
  answeredAt: undefined,
  endedAt: undefined,
  endedBy: undefined,
  endReason: undefined,
  outcome: 'none',
  turns: 0,
  errors: 0,
  answerMs: [],
  ...{ agentTurns: 0, interruptions: 0, toolCalls: 0, toolFailures: 0 },
};

it('counts events by agent and deployment, with names of the catalogue only', async () => {
  const joined = { kind: 'agent_joined', identity: 'a', agent, deployment } as const;
  notifyStored(server(), {
    events: [
      event('web', { kind: 'dispatched', agent, deployment, by: 'token' }),
      event(worker, joined),
      event('livekit', joined),
      event(worker, { ...joined, agent: 'somebody-else' }),
      event(worker, { ...joined, deployment: 'nowhere' }),
      event(worker, {
        kind: 'job_refused',
        job: 'j',
        agent,
        deployment,
        worker: 'w',
        reason: 'busy',
      }),
      event(worker, { kind: 'error', where: 'llm', message: 'no' }),
    ],
    calls: [],
  });
  const { value, type } = await scrape();
  expect(type).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(value(`callboard_dispatches_total{${FRONT},by="token"}`)).toBe('1');
  expect(value(`callboard_agent_joins_total{${FRONT}}`)).toBe('1');
  expect(value('callboard_agent_joins_total{agent="other",deployment="other"}')).toBe('1');
  expect(value('callboard_agent_joins_total{agent="front-desk",deployment="other"}')).toBe('1');
  expect(value(`callboard_failures_total{${FRONT},reason="job refused"}`)).toBe('1');
  expect(value('callboard_errors_total{source="worker"}')).toBe('1');
});

it('counts what models used, and its cost', async () => {
  const models = [
    { type: 'llm' as const, provider: 'openai', model: 'gpt', inputTokens: 500_000 },
    { type: 'stt' as const, provider: 'local', model: 'small', audioMs: 4_000 },
  ];
  const used = () => event(worker, { kind: 'usage', agent, deployment, models });
  notifyStored(server(), { events: [used(), used()], calls: [] });
  const { value } = await scrape();
  const of = (type: string, model: string) => `${FRONT},type="${type}",model="${model}"`;
  expect(value(`callboard_model_usage_total{${of('llm', 'gpt')},amount="inputTokens"}`)).toBe(
    '1000000',
  );
  expect(value(`callboard_model_usage_total{${of('stt', 'small')},amount="audioMs"}`)).toBe('8000');
  expect(value(`callboard_model_cost_total{${of('llm', 'gpt')}}`)).toBe('2');
  expect(value(`callboard_model_cost_total{${of('stt', 'small')}}`)).toBe('0');
});

it('observes each time of a call once', async () => {
  const there = { ...call, joinedAt: AT + 400 };
  const heard = { ...there, answeredAt: AT + 1_200, answerMs: [600, 300] };
  const over = {
    ...heard,
    answerMs: [600, 450, 300, 300],
    endedAt: AT + 60_000,
    endedBy: 'agent failed' as const,
  };
  for (const [before, after] of [
    [undefined, call],
    [call, there],
    [there, heard],
    [heard, over],
    [over, over],
  ] as const) {
    notifyStored(server(), { events: [], calls: [{ before, after }] });
  }
  const { value } = await scrape();
  expect(value(`callboard_time_to_join_seconds_count{${FRONT}}`)).toBe('1');
  expect(value(`callboard_time_to_join_seconds_sum{${FRONT}}`)).toBe('0.4');
  expect(value(`callboard_time_to_first_audio_seconds_sum{${FRONT}}`)).toBe('1.2');
  expect(value(`callboard_answer_seconds_count{${FRONT}}`)).toBe('4');
  expect(Number(value(`callboard_answer_seconds_sum{${FRONT}}`))).toBeCloseTo(1.65);
  expect(value(`callboard_calls_total{${FRONT},ended_by="agent failed"}`)).toBe('1');
  expect(value(`callboard_failures_total{${FRONT},reason="agent failed"}`)).toBe('1');
});

it('measures delays of webhooks and events, never negative', async () => {
  const before = await scrape();
  const had = Number(before.value('callboard_event_lag_seconds_sum') ?? 0);
  notifyStored(server(), {
    events: [
      event('livekit', { kind: 'room_started' }, 300),
      event(worker, { kind: 'room_started' }, 7_000),
      event(worker, { kind: 'room_started' }, -7_000),
    ],
    calls: [],
  });
  const { value } = await scrape();
  expect(value('callboard_webhook_lag_seconds_sum')).toBe('0.3');
  expect(Number(value('callboard_event_lag_seconds_sum')) - had).toBe(7);
});

it('has live workers and active calls', async () => {
  reportLive({ agent, deployment });
  const { transcript, heardAt } = { transcript: '', heardAt: AT };
  const row = { ...call, agents: [agent], deployments: [deployment], answerMs: [] };
  await withDatabase(server(), (db) => db.insert(calls).values([{ ...row, transcript, heardAt }]));
  const { value } = await scrape();
  expect(value(`callboard_live_workers{${FRONT}}`)).toBe('1');
  expect(value(`callboard_job_capacity{${FRONT}}`)).toBe('8');
  expect(value(`callboard_active_calls{${FRONT}}`)).toBe('1');
  expect(value('callboard_active_calls{agent="billing",deployment="staging"}')).toBe('0');
  expect(value('callboard_database_up')).toBe('1');
});

it('has every metric of the dashboard', async () => {
  const dashboard = await readFile('deploy/grafana/callboard.json', 'utf8');
  const asked = new Set(dashboard.match(/\b(callboard|process|nodejs)_[a-z0-9_]+/g));
  expect(asked.size).toBeGreaterThan(10);
  const { text } = await scrape();
  const given = [...text.matchAll(/^# TYPE (\S+) (\S+)/gm)].flatMap(([, name, type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  );
  expect([...asked].filter((name) => !given.includes(name))).toEqual([]);
});
