// What decides for all callers requires the permission to change the rules, also by way of a rollout: developers take small
// steps, each after a check, and their own reports of simulations decide nothing.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as next from '@/app/api/agents/[name]/rollout/next/route';
import * as override from '@/app/api/agents/[name]/rollout/override/route';
import * as promote from '@/app/api/agents/[name]/rollout/promote/route';
import * as route from '@/app/api/agents/[name]/rollout/route';
import * as reports from '@/app/api/simulations/reports/route';
import type { RunState } from '@/lib/calls/test-calls/result';
import { simulationVerdict } from '@/lib/calls/test-calls/verdict';
import { toWire } from '@/lib/core/snake-case';
import { signBody } from '@/lib/livekit/worker-auth';
import {
  look,
  overCalls,
  ROLLED,
  type RolloutStage,
  rolloutStage,
  simulated,
} from '@/lib/rollouts/testing/stage';
import { server } from '@/lib/server';
import { saveReport } from '@/lib/simulations/store';
import { SIGN_IN, signUp } from '@/lib/testing/accounts';
import { askRoute } from '@/lib/testing/api';
import { NO_LIVEKIT } from '@/lib/testing/calls-database';
import { serveRoutes } from '@/lib/testing/serve-routes';

const MINUTE = 60_000;
const ON_STAGING = { deployments: ['staging'], version: '1.1' };
let stage: RolloutStage;
let simulations: Awaited<ReturnType<typeof serveRoutes>>;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  const files = { '': route, '/next': next, '/override': override, '/promote': promote };
  stage = await rolloutStage(files, SIGN_IN);
  simulations = await serveRoutes({ '/api/simulations/reports': reports });
  for (const role of ['admin', 'developer'] as const) cookies[role] = await signUp(role);
});
afterAll(async () => {
  await simulations?.close();
  await stage?.close();
});
beforeEach(() => stage.clear());

/** Sends a request of somebody with this role. */
const as = (role: string, method: string, path = '', body?: unknown) => {
  const url = `${stage.url}/api/agents/${ROLLED}/rollout${path}`;
  return askRoute(url, method, body, { cookie: cookies[role] ?? '' });
};
/** The same; resolves to the status and the kind of problem. */
async function refused(...request: Parameters<typeof as>) {
  const { status, body } = await as(...request);
  return [status, body.type?.replace('urn:callboard:problem:', '')];
}
const NOT_PERMITTED = [403, 'not-permitted'];

it.each<[string, unknown]>([
  ['all callers at once', { steps: [100] }],
  ['many callers at once', { steps: [10.1, 20] }],
  ['most callers after a tiny step', { steps: [0.001, 100] }],
  ['a later step that is too large', { steps: [1, 5, 25.1] }],
  ['a rollout that is not rolled back for errors', { error_points: 100 }],
  ['a rollout that is not rolled back for latency', { answer_ms: 60_000 }],
])('an admin, but no developer, starts %s', async (_, body) => {
  expect(await refused('developer', 'POST', '', body)).toEqual(NOT_PERMITTED);
  const reason = 'They say so';
  const overridden = { ...(body as object), reason };
  expect(await refused('developer', 'POST', '/override', overridden)).toEqual(NOT_PERMITTED);
  expect((await as('admin', 'POST', '', body)).status).toBe(201);
});

it('a developer takes a step only after calls of the current one were checked, and none to most callers', async () => {
  expect((await as('developer', 'POST', '', {})).status).toBe(201);
  const early = [409, 'step-not-checked'];
  expect(await refused('developer', 'POST', '/next')).toEqual(early);
  // Calls from before the step do not count, nor do calls that were not checked.
  await stage.insert(overCalls(20, Date.now() - 60 * MINUTE, ON_STAGING));
  await look();
  expect(await refused('developer', 'POST', '/next')).toEqual(early);
  for (const percent of [25, 50]) {
    await stage.insert(overCalls(10, Date.now() + MINUTE, ON_STAGING));
    expect(await refused('developer', 'POST', '/next')).toEqual(early);
    await look();
    const taken = await as('developer', 'POST', `/next?to=${percent}`);
    expect([taken.status, taken.body.step]).toEqual([200, percent === 25 ? 1 : 2]);
  }
  await stage.insert(overCalls(10, Date.now() + MINUTE, ON_STAGING));
  await look();
  expect(await refused('developer', 'POST', '/next')).toEqual(NOT_PERMITTED);
  expect(await refused('developer', 'POST', '/promote')).toEqual(NOT_PERMITTED);
  expect((await as('admin', 'POST', '/next')).status).toBe(200);
  expect((await as('developer', 'DELETE')).status).toBe(200);
});

const run = (state: RunState, call?: string) => ({
  ...{ id: randomUUID(), scenario: 'hours', title: 'Hours', agent: ROLLED, deployment: 'staging' },
  ...{ number: 1, state, startedAt: Date.now() + 1, lines: [], misses: [], call },
});
/** Reports a run; resolves to the status. */
async function report(
  headers: HeadersInit,
  one: ReturnType<typeof run>,
  session = randomUUID() as string,
) {
  const about = { id: session, by: 'page', startedAt: Date.now(), runs: 1 };
  const body = toWire({ session: about, runs: [one] });
  const url = `${simulations.url}/api/simulations/reports`;
  return (await askRoute(url, 'POST', body, headers)).status;
}
const state = async () => (await simulationVerdict(server(), ROLLED, 'staging')).state;

it("a developer's reports do not count for a rollout, and change nobody else's simulations", async () => {
  await simulated('failed');
  const developer = { cookie: cookies.developer ?? '' };
  expect(await report(developer, run('passed'))).toBe(200);
  expect(await state()).toBe('failed');
  expect(await refused('developer', 'POST', '', {})).toEqual([409, 'simulations-failed']);

  const admin = { cookie: cookies.admin ?? '' };
  const theirs = run('failed');
  expect(await report(admin, theirs, 'theirs')).toBe(200);
  // Neither into their session, nor by the id of their run.
  expect(await report(developer, run('passed'), 'theirs')).toBe(403);
  expect(await report(developer, { ...theirs, state: 'passed' })).toBe(403);
  expect(await state()).toBe('failed');

  expect(await report(admin, { ...theirs, state: 'passed' }, 'theirs')).toBe(200);
  expect(await state()).toBe('passed');
  // Nor does it end a rollout.
  expect(await report(developer, run('failed'))).toBe(200);
  expect(await state()).toBe('passed');
});

it('no number of later runs hides a scenario that failed', async () => {
  await simulated('failed');
  const easy = Array.from({ length: 1_001 }, () => ({
    ...{ ...run('passed'), scenario: 'easy' },
    startedAt: Date.now() + MINUTE,
  }));
  for (let at = 0; at < easy.length; at += 91) {
    const about = { id: 'easy', by: 'page' as const, startedAt: Date.now(), runs: 1 };
    await saveReport(server(), { session: about, runs: easy.slice(at, at + 91) });
  }
  expect(await state()).toBe('failed');
});

it('reports with the LiveKit secret count', async () => {
  const operator = await signBody('operator', '', NO_LIVEKIT);
  expect(await report({ authorization: operator }, run('failed'))).toBe(200);
  expect(await state()).toBe('failed');
});

it("a developer does not exclude callers' failed calls from the checks", async () => {
  await as('admin', 'POST', '', { steps: [50] });
  const wrong = overCalls(30, Date.now() + MINUTE, { ...ON_STAGING, errors: 1 });
  await stage.insert([...overCalls(60, Date.now() - 60 * MINUTE, {}), ...wrong]);
  for (const { id } of wrong) {
    expect(await report({ cookie: cookies.developer ?? '' }, run('passed', id))).toBe(200);
  }
  await look();
  expect((await as('admin', 'GET')).body.rollout.state).toBe('returned');
});
