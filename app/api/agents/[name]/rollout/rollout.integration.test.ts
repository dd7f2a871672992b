// Rollouts over HTTP with a real database: start, next step, stop, promote; and refused if
// simulations failed without an override.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as next from '@/app/api/agents/[name]/rollout/next/route';
import * as override from '@/app/api/agents/[name]/rollout/override/route';
import * as promote from '@/app/api/agents/[name]/rollout/promote/route';
import * as route from '@/app/api/agents/[name]/rollout/route';
import {
  givenAway,
  look,
  overCalls,
  ROLLED,
  type RolloutStage,
  rolloutStage,
  runVersions,
  simulated,
} from '@/lib/rollouts/testing/stage';
import { askRoute } from '@/lib/testing/api';

const HOUR = 60 * 60_000;
let stage: RolloutStage;
beforeAll(async () => {
  stage = await rolloutStage({
    '': route,
    '/next': next,
    '/override': override,
    '/promote': promote,
  });
});
afterAll(() => stage?.close());
beforeEach(() => stage.clear());

it('goes from step to step, keeps its callers, and is stopped', async () => {
  expect((await stage.ask('GET')).body).toMatchObject({ agent: ROLLED, history: [], figures: [] });
  expect(givenAway()).toEqual([]);
  const started = await stage.ask('POST', '', { steps: [10, 50], reason: 'Knows the new hours' });
  expect([started.status, started.body]).toEqual([
    201,
    expect.objectContaining({
      ...{ state: 'running', deployment: 'staging', version: '1.1', production_version: '1.0' },
      ...{ step: 0, steps: [10, 50], limits: { error_points: 5, answer_ms: 300 } },
    }),
  ]);
  const few = givenAway();
  // The callers are random; the bounds fail once in a million.
  expect(few.length).toBeGreaterThan(1);
  expect(few.length).toBeLessThan(50);
  expect((await stage.ask('POST', '', {})).body.type).toMatch(/:rollout-running$/);

  expect((await stage.ask('POST', `/next?reason=${'a'.repeat(301)}`)).status).toBe(400);
  // A person who saw another step acts too late.
  expect((await stage.ask('POST', '/next?to=10')).body.type).toMatch(/:changed-elsewhere$/);
  expect((await stage.ask('POST', '/next?to=50')).status).toBe(200);
  expect(givenAway().length).toBeGreaterThan(55);
  expect(givenAway()).toEqual(expect.arrayContaining([...few]));
  expect((await stage.ask('POST', '/next')).body.type).toMatch(/:no-further-step$/);
  expect((await stage.ask('GET')).body.rollout).toMatchObject({ state: 'running', percent: 50 });

  expect((await stage.ask('DELETE', '?reason=It%20is%20late')).body.state).toBe('stopped');
  expect(givenAway()).toEqual([]);
  expect(await stage.history()).toEqual([
    ['stopped', 'local', 0, 'said'],
    ['stepped', 'local', 50],
    ['started', 'local', 10, 'said'],
  ]);
  for (const [method, path] of [['DELETE'], ['POST', '/next'], ['POST', '/promote']] as const) {
    expect((await stage.ask(method, path)).body.type).toMatch(/:no-rollout$/);
  }
});

it.each<[string, unknown, number, string, string]>([
  ['steps that do not rise', { steps: [50, 25] }, 400, 'invalid-request', 'must rise'],
  ['a step of nobody', { steps: [0] }, 400, 'invalid-request', 'must be over 0'],
  ['production', { deployment: 'production' }, 422, 'unknown-deployment', 'to roll out: staging'],
  ['an unknown field', { percent: 5 }, 400, 'invalid-request', 'percent'],
])('refuses %s', async (_, body, status, kind, words) => {
  const answer = await stage.ask('POST', '', body);
  expect([answer.status, answer.body.type]).toEqual([status, `urn:callboard:problem:${kind}`]);
  expect(answer.body.detail).toContain(words);
});

it('refuses without a live worker, with two versions, and for an unknown agent', async () => {
  runVersions('1.0');
  expect((await stage.ask('POST', '', {})).body.type).toMatch(/:no-live-worker$/);
  runVersions('1.0', '1.1', '1.2');
  expect((await stage.ask('POST', '', {})).body.type).toMatch(/:versions-unclear$/);
  const unknown = await askRoute(`${stage.url}/api/agents/nobody/rollout`, 'POST', {});
  expect([unknown.status, unknown.body.type]).toEqual([422, 'urn:callboard:problem:unknown-agent']);
});

it('requires passed simulations or an override', async () => {
  await simulated('failed');
  const refused = await stage.ask('POST', '', {});
  expect([refused.status, refused.body.type]).toEqual([
    409,
    'urn:callboard:problem:simulations-failed',
  ]);
  expect(refused.body.detail).toContain('Says when it is open (0 of 1 passed)');
  expect((await stage.ask('POST', '/override', {})).body.errors[0].pointer).toBe('#/reason');
  const reason = 'The scenario is wrong, not the agent.';
  expect((await stage.ask('POST', '/override', { reason, steps: [20] })).status).toBe(201);
  await look();
  expect(givenAway()).not.toEqual([]);
  expect(await stage.history()).toEqual([
    ['started', 'local', 20],
    ['overridden', 'local', 20, 'said'],
  ]);
});

it("is promoted, and finished when production's workers run the version", async () => {
  await stage.ask('POST', '', {});
  const promoted = await stage.ask('POST', '/promote?reason=Three%20good%20days');
  expect(promoted.body.state).toBe('promoting');
  await look();
  expect(givenAway()).toHaveLength(200);
  runVersions('1.1', '1.1');
  await look();
  expect(givenAway()).toEqual([]);
  expect(await stage.history()).toEqual([
    ['finished', 0],
    ['promoted', 'local', 100, 'said'],
    ['started', 'local', 5],
  ]);
});

it("cannot be promoted if production's version cannot be distinguished", async () => {
  runVersions('1.1', '1.1');
  await stage.ask('POST', '', {});
  expect((await stage.ask('POST', '/promote')).body.type).toMatch(/:versions-unclear$/);
});

it('shows the versions side by side', async () => {
  const now = Date.now();
  // Of an agent whose statistics are not cached yet.
  const agents = ['billing'];
  await stage.insert([
    ...overCalls(4, now - HOUR, { agents, version: '0.9' }),
    ...overCalls(6, now - HOUR / 2, { agents, outcome: 'message' }),
    ...overCalls(2, now - HOUR, { agents, deployments: ['staging'], version: '1.1', errors: 1 }),
    ...overCalls(1, now - HOUR, { agents: ['line-check', 'billing'] }),
  ]);
  const { body } = await askRoute(`${stage.url}/api/agents/billing/rollout`, 'GET');
  const shown = body.figures.map((one: Record<string, unknown>) => [
    ...[one.deployment, one.version, one.calls, one.wrong],
  ]);
  expect(shown).toEqual([
    ['production', '1.0', 6, 0],
    ['production', '0.9', 4, 0],
    ['staging', '1.1', 2, 2],
  ]);
  expect(body.figures[0]).toMatchObject({
    ...{ joined: 6, missed: 0, ended_by: { caller: 6 }, outcomes: { message: 6 } },
    time_to_join: { measured: 6, p50_ms: 400 },
    answer: { measured: 6, p50_ms: 703 },
  });
  expect((await stage.ask('GET')).body.running).toEqual([
    { deployment: 'production', reports: true, versions: ['1.0'], places: 8 },
    { deployment: 'staging', reports: true, versions: ['1.1'], places: 8 },
  ]);
});
