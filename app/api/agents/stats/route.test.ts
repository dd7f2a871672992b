// The agents' statistics over HTTP with a real database.

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as stats from '@/app/api/agents/stats/route';
import { listCalls } from '@/lib/calls/store/read-calls';
import { calls as table } from '@/lib/calls/store/schema';
import { statsAnswer } from '@/lib/calls/view/agent-stats';
import { parseCallQuery } from '@/lib/calls/view/query';
import { LANGUAGES, LOCALES } from '@/lib/core/language';
import { outcomes } from '@/lib/core/outcome';
import { Problem } from '@/lib/core/problem';
import { toWire } from '@/lib/core/snake-case';
import { withDatabase } from '@/lib/db/database';
import { catalogueWords } from '@/lib/messages/catalogue';
import { translator } from '@/lib/messages/messages';
import { server } from '@/lib/server';
import { askRoute } from '@/lib/testing/api';
import { NO_LIVEKIT, type TestDatabase, testFolder } from '@/lib/testing/calls-database';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { endServer, noDatabase } from '@/lib/testing/server';

// With an agent that is not among those that ship.
vi.mock('@/lib/core/agents.gen', async (original) => {
  const { agents } = await original<typeof import('@/lib/core/agents.gen')>();
  const label = { en: 'wake-up call set', de: 'Weckruf bestellt' };
  const porter = {
    ...{ name: 'night-porter', person: 'Nora', role: 'night porter', summary: 'Wake-up calls' },
    ...{ voice: 'slt', deployments: ['production'], outcomes: { wake_up: { label, tone: 'bad' } } },
  };
  return { agents: [...agents, porter] };
});

let web: TestServer;
let database: TestDatabase;
const ask = (query = '', method = 'GET') => askRoute(`${web.url}/api/agents/stats${query}`, method);

beforeAll(async () => {
  database = await testFolder();
  const env = { ...NO_LIVEKIT, ...database.env };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  web = await serveRoutes({ '/api/agents/stats': stats });
  await insert('c1', 'front-desk', 'message');
  await insert('c2', 'night-porter', 'wake_up');
});
afterAll(async () => {
  await web.close();
  await endServer();
  await database.remove();
  vi.unstubAllEnvs();
});

/** Stores a call that has ended. */
function insert(id: string, agent: string, outcome: string): Promise<unknown> {
  const requestedAt = Date.now() - 1_000;
  return withDatabase(server(), (db) =>
    db.insert(table).values({
      id,
      room: 'room',
      origin: 'page',
      caller: 'Anna',
      agents: [agent],
      deployments: ['production'],
      requestedAt,
      joinedAt: requestedAt + 400,
      answeredAt: requestedAt + 900,
      endedAt: requestedAt + 950,
      endedBy: 'no agent',
      outcome,
      turns: 2,
      errors: 0,
      answerMs: [500],
      heardAt: requestedAt,
      transcript: '',
    }),
  );
}

it('counts, labels and filters by an outcome as soon as an agent declares it', async () => {
  const { body } = await ask('?window=hour');
  const { agents, ...window } = statsAnswer.parse(body);
  expect(toWire({ ...window, agents })).toEqual(body);
  const counted = agents.find(({ agent }) => agent === 'night-porter')?.outcomes;
  expect(counted).toEqual({ wake_up: 1 });
  const filter = parseCallQuery(new URLSearchParams('outcome=wake_up'));
  const { calls } = await listCalls(server(), filter);
  expect(calls.map(({ id }) => id)).toEqual(['c2']);
  const labels = LANGUAGES.map((one) =>
    catalogueWords(translator(one, 'catalogue'), LOCALES[one]).outcomeLabel('wake_up'),
  );
  expect(labels).toEqual(['wake-up call set', 'Weckruf bestellt']);
  // The options of the filter.
  const options = ['wake_up', 'success', 'fail', 'handed off', 'none'];
  expect([...outcomes.keys()].slice(-options.length)).toEqual(options);
});

it('returns the statistics of each deployment in each step, in snake_case', async () => {
  for (const [window, steps, stepMs] of [
    ['hour', 12, 300_000],
    ['day', 24, 3_600_000],
    ['week', 28, 21_600_000],
  ] as const) {
    const { status, body, headers } = await ask(`?window=${window}`);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({ window, step_ms: stepMs });
    expect(body.until - body.since).toBe(steps * stepMs);
    const [first] = body.agents;
    expect(first).toMatchObject({
      agent: 'front-desk',
      deployment: 'production',
      calls: 1,
      joined: 1,
      missed: 0,
      errors: 0,
      time_to_join: { measured: 1, p50_ms: 400, p95_ms: 400 },
      time_to_first_audio: { measured: 1, p50_ms: 900, p95_ms: 900 },
      answer: { measured: 1, p50_ms: 500, p95_ms: 500 },
      ended_by: { 'no agent': 1 },
      outcomes: { message: 1 },
    });
    expect(first.steps).toHaveLength(steps);
  }
  expect((await ask()).body.window).toBe('day');
});

it('refuses an unknown window, and lists the valid ones', async () => {
  const { status, body } = await ask('?window=year');
  expect(status).toBe(400);
  expect(body).toMatchObject({
    type: 'urn:callboard:problem:invalid-request',
    valid: ['hour', 'day', 'week'],
  });
  expect((await ask('', 'POST')).status).toBe(405);
});

it('recomputes a window after some time', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const calls = async () => (await ask('?window=hour')).body.agents[0].calls;
  expect(await calls()).toBe(1);
  await withDatabase(server(), (db) => db.delete(table));
  expect(await calls()).toBe(1);
  vi.setSystemTime(Date.now() + 2_000);
  expect(await calls()).toBe(0);
  vi.useRealTimers();
});

it('reports an unavailable database, and does not cache that', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
  const opened = server().database.current;
  server().database.current = noDatabase(new Problem('database-unavailable', 'away'));
  const { status, body } = await ask();
  server().database.current = opened;
  expect(status).toBe(503);
  expect(body.type).toBe('urn:callboard:problem:database-unavailable');
  // At the same time.
  expect((await ask()).status).toBe(200);
  vi.useRealTimers();
});
