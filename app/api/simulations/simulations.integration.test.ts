// Simulations over HTTP with a real database: the program's reports are stored, it learns that it must
// stop, and finished sessions cannot be stopped.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { SimulationRun, SimulationSession } from '@/lib/calls/test-calls/result';
import { askRoute } from '@/lib/testing/api';
import { NO_LIVEKIT, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { serveRoutes } from '@/lib/testing/serve-routes';

let database: TestDatabase;
let web: Awaited<ReturnType<typeof serveRoutes>>;
let close: () => Promise<void>;
beforeAll(async () => {
  database = await testDatabase();
  for (const [name, value] of Object.entries({ ...NO_LIVEKIT, ...database.env })) {
    vi.stubEnv(name, value);
  }
  ({ closeDatabase: close } = await import('@/lib/db/database'));
  web = await serveRoutes({
    '/api/simulations': await import('./route'),
    '/api/simulations/reports': await import('./reports/route'),
    '/api/simulations/sessions/[id]': await import('./sessions/[id]/route'),
  });
});
afterAll(async () => {
  await web?.close();
  await close?.();
  await database?.remove();
  vi.unstubAllEnvs();
});

const ask = (method: string, path: string, body?: unknown) =>
  askRoute(`${web.url}/api/simulations${path}`, method, body);
const session: SimulationSession = {
  ...{ id: randomUUID(), by: 'command line', startedAt: Date.now(), runs: 1 },
};
const run: SimulationRun = {
  ...{ id: randomUUID(), scenario: 'sunday', title: 'Sunday', agent: 'front-desk' },
  ...{ deployment: 'staging', number: 1, state: 'running', startedAt: Date.now() },
  ...{ lines: [], misses: [] },
};

it('stores reports, and tells the program to stop', async () => {
  expect((await ask('POST', '/reports', { session, runs: [run] })).body).toEqual({ stop: false });
  expect((await ask('GET', '')).body).toMatchObject({
    live: { id: session.id, stopping: false },
    runs: [{ id: run.id, state: 'running' }],
  });
  expect((await ask('DELETE', `/sessions/${session.id}`)).status).toBe(202);
  const runs = [{ ...run, state: 'stopped', endedAt: Date.now() }];
  const over = { ...session, endedAt: Date.now() };
  expect((await ask('POST', '/reports', { session: over, runs })).body).toEqual({ stop: true });
  const { body } = await ask('GET', '');
  expect(body.live).toBeUndefined();
  expect(body.runs).toMatchObject([{ id: run.id, state: 'stopped' }]);
});

it.each([
  ['a finished session', () => session.id],
  ['an unknown session', () => 'no-such'],
])('%s cannot be stopped', async (_, id) => {
  const answer = await ask('DELETE', `/sessions/${id()}`);
  expect([answer.status, answer.body.type]).toEqual([404, 'urn:callboard:problem:no-rehearsals']);
});

it('refuses invalid reports and unknown names', async () => {
  expect((await ask('POST', '/reports', { session })).status).toBe(400);
  const wanted = { names: ['sundae'], deployments: ['staging'], times: 1, at_once: 1 };
  const unknown = await ask('POST', '', wanted);
  expect([unknown.status, unknown.body.detail]).toEqual([
    422,
    expect.stringContaining('Unknown scenario sundae.'),
  ]);
});
