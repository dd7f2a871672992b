// Simulations over HTTP with a real database: the program's reports are stored and count for the verdict, it learns that
// it must stop, and finished sessions cannot be stopped.

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import type { RunState, SimulationRun, SimulationSession } from '@/lib/calls/test-calls/result';
import { toWire } from '@/lib/core/snake-case';
import { server } from '@/lib/server';
import { overviewAnswer } from '@/lib/simulations/answers';
import { askRoute } from '@/lib/testing/api';
import { NO_LIVEKIT, type TestDatabase } from '@/lib/testing/calls-database';
import { hasPostgres, testDatabase } from '@/lib/testing/databases';
import { serveRoutes } from '@/lib/testing/serve-routes';
import { endServer, newServer } from '@/lib/testing/server';

/** Programs that were started; they run nothing. */
const started = vi.hoisted(() => [] as unknown[]);
vi.mock('node:child_process', async (original) => {
  const { EventEmitter } = await import('node:events');
  return {
    ...(await original<typeof import('node:child_process')>()),
    spawn: (...asked: unknown[]) => {
      started.push(asked);
      return new EventEmitter();
    },
  };
});

let database: TestDatabase;
let web: Awaited<ReturnType<typeof serveRoutes>>;
beforeAll(async () => {
  database = await testDatabase();
  await newServer({ ...NO_LIVEKIT, ...database.env });
  web = await serveRoutes({
    '/api/simulations': await import('@/app/api/simulations/route'),
    '/api/simulations/reports': await import('@/app/api/simulations/reports/route'),
    '/api/simulations/sessions/[id]': await import('@/app/api/simulations/sessions/[id]/route'),
  });
});
afterAll(async () => {
  await web?.close();
  await endServer();
  await database?.remove();
  vi.unstubAllEnvs();
});

const ask = (method: string, path: string, body?: unknown) =>
  askRoute(`${web.url}/api/simulations${path}`, method, body);
const report = async (session: SimulationSession, ...runs: SimulationRun[]) =>
  (await ask('POST', '/reports', toWire({ session, runs }))).body;
const newSession = (): SimulationSession => ({
  ...{ id: randomUUID(), by: 'command line', startedAt: Date.now(), runs: 1 },
});
const newRun = (deployment: string, state: RunState): SimulationRun => ({
  ...{ id: randomUUID(), scenario: 'sunday', title: 'Sunday', agent: 'front-desk', deployment },
  ...{ number: 1, state, startedAt: Date.now(), lines: [], misses: [] },
});
const session = newSession();

it('stores reports, and tells the program to stop', async () => {
  const run = newRun('staging', 'running');
  expect(await report(session, run)).toEqual({ stop: false });
  const { body: now } = await ask('GET', '');
  expect(toWire(overviewAnswer.parse(now))).toEqual(now);
  expect(now).toMatchObject({
    live: { id: session.id, stopping: false },
    runs: [{ id: run.id, scenario: 'sunday', state: 'running' }],
  });
  expect((await ask('DELETE', `/sessions/${session.id}`)).status).toBe(202);
  expect((await ask('GET', '')).body.live.stopping).toBe(true);
  const over = { ...session, endedAt: Date.now() };
  const stopped = { ...run, state: 'stopped' as const, endedAt: Date.now() };
  expect(await report(over, stopped)).toEqual({ stop: true });
  const { body } = await ask('GET', '');
  expect(body.live).toBeUndefined();
  expect(body.runs).toMatchObject([{ id: run.id, state: 'stopped' }]);
});

it('stores what a program of before 0.2 reports', async () => {
  const { scenario: rehearsal, ...run } = newRun('staging', 'passed');
  const miss = { wanted: 'billing', was: 'front-desk' };
  const body = toWire({
    session: { ...newSession(), endedAt: Date.now() },
    runs: [{ rehearsal, ...run, misses: [{ kind: 'not handed over', ...miss }] }],
  });
  expect((await ask('POST', '/reports', body)).body).toEqual({ stop: false });
  expect((await ask('GET', '')).body.runs).toContainEqual(
    expect.objectContaining({
      ...{ id: run.id, scenario: rehearsal },
      misses: [{ kind: 'not handed off', ...miss }],
    }),
  );
});

it.each([
  ['a finished session', () => session.id],
  ['an unknown session', () => 'no-such'],
])('%s cannot be stopped', async (_, id) => {
  const answer = await ask('DELETE', `/sessions/${id()}`);
  expect([answer.status, answer.body.type]).toEqual([404, 'urn:callboard:problem:no-simulations']);
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

const wanted = { names: ['basic'], deployments: ['staging'], times: 1, at_once: 1 };

it('starts once if several people start at once', async () => {
  const { closeSession } = await import('@/lib/simulations/store');
  const answers = await Promise.all([1, 2, 3, 4].map(() => ask('POST', '', wanted)));
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409]);
  expect(started).toHaveLength(1);
  await closeSession(server(), answers.find(({ status }) => status === 202)?.body.session);
});

it.skipIf(!hasPostgres)('waits for a web process that is starting some', async () => {
  const { LOCK_KEYS } = await import('@/lib/cluster/locks');
  const { closeSession } = await import('@/lib/simulations/store');
  const before = started.length;
  const other = new pg.Client(database.env.DATABASE_URL);
  await other.connect();
  onTestFinished(() => other.end());
  const lock = `${LOCK_KEYS.work}, hashtext('start of simulations')`;
  await other.query(`select pg_advisory_lock(${lock})`);
  const asked = ask('POST', '', wanted);
  await expect
    .poll(async () => (await other.query('select 1 from pg_locks where not granted')).rowCount)
    .toBe(1);
  const theirs = newSession();
  await report(theirs);
  await other.query(`select pg_advisory_unlock(${lock})`);
  expect([(await asked).status, started.length]).toEqual([409, before]);
  await closeSession(server(), theirs.id);
});

it('counts a run for the deployment that took its call, also after a crash', async () => {
  const { closeSession } = await import('@/lib/simulations/store');
  const { simulationVerdict } = await import('@/lib/calls/test-calls/verdict');
  const on = async (deployment: string) =>
    (await simulationVerdict(server(), 'front-desk', deployment)).state;
  const crashing = newSession();
  const moved = newRun('production', 'running');
  await report(crashing, newRun('production', 'passed'), moved);
  await report(crashing, { ...moved, deployment: 'canary', state: 'failed' });
  await closeSession(server(), crashing.id);
  expect((await ask('GET', '')).body.live).toBeUndefined();
  expect([await on('production'), await on('canary')]).toEqual(['passed', 'failed']);
});
