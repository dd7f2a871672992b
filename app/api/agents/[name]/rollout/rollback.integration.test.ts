// Automatic rollbacks for every reason, with rows in a real database, the
// real routes, and the check that the web process runs every few seconds.

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import * as route from '@/app/api/agents/[name]/rollout/route';
import { toWire } from '@/lib/core/snake-case';
import { withDatabase } from '@/lib/db/database';
import { overviewAnswer, type Rollout } from '@/lib/rollouts/answers';
import { judge } from '@/lib/rollouts/judge';
import { applyShares } from '@/lib/rollouts/share';
import { readActive, saveFinding } from '@/lib/rollouts/store/rollouts';
import { rolloutLog } from '@/lib/rollouts/store/tables';
import {
  givenAway,
  type Like,
  look,
  overCalls,
  type RolloutStage,
  rolloutStage,
  runVersions,
  simulated,
} from '@/lib/rollouts/testing/stage';
import { server } from '@/lib/server';

const HOUR = 60 * 60_000;
vi.spyOn(console, 'error').mockImplementation(() => {});
let stage: RolloutStage;
beforeAll(async () => {
  stage = await rolloutStage({ '': route });
});
afterAll(() => stage?.close());
beforeEach(() => stage.clear());

it('is in force again after a restart', async () => {
  await stage.ask('POST', '', { steps: [100] });
  applyShares(server(), []);
  expect(givenAway()).toEqual([]);
  await look();
  expect(givenAway()).toHaveLength(200);
});

it('is rolled back when simulations fail later', async () => {
  await simulated('passed');
  expect((await stage.ask('POST', '', { steps: [100] })).status).toBe(201);
  await look();
  expect(givenAway()).toHaveLength(200);
  await simulated('failed');
  await look();
  expect(givenAway()).toEqual([]);
  expect((await stage.history())[0]).toEqual(['returned', 0, 'simulations']);
  await withDatabase(server(), (db) =>
    db.update(rolloutLog).set({ reason: sql`'{"kind":"rehearsals","failed":["Books"]}'` }),
  );
  expect((await stage.history())[0]).toEqual(['returned', 0, 'simulations']);
});

it('is rolled back when another version runs there', async () => {
  await stage.ask('POST', '', {});
  runVersions('1.0', '1.2');
  await look();
  expect((await stage.history())[0]).toEqual(['returned', 0, 'version']);
});

it.each<[string, Like, string | undefined]>([
  ['with errors in its calls', { errors: 1 }, 'errors'],
  ['whose agent does not join', { joinedAt: null, endedBy: 'no agent' }, 'errors'],
  ['for which production has to take over', { deployments: ['staging', 'production'] }, 'errors'],
  ['that responds a second later', { answerMs: 1_700 }, 'answers'],
  ['that is as good', {}, undefined],
])('of a version %s', async (_, like, worse) => {
  const now = Date.now();
  await stage.insert(overCalls(200, now - 2 * HOUR, {}));
  await stage.ask('POST', '', { steps: [25, 100] });
  const staging = { deployments: ['staging'], version: '1.1', ...like };
  await stage.insert(overCalls(9, now + HOUR, staging));
  await look();
  // Nine calls are too few for a check.
  expect((await stage.ask('GET')).body.rollout).toMatchObject({ state: 'running', looks: 0 });
  await stage.insert(overCalls(21, now + 2 * HOUR, staging));
  await look();
  const { body } = await stage.ask('GET');
  // The figures also have the name of the agent, which the page knows.
  const figures = expect.any(Array);
  expect(toWire(overviewAnswer.parse(body))).toEqual({ ...body, figures });
  const { rollout } = body;
  expect(rollout.finding).toMatchObject({ look: 1, deployment: { calls: 30 } });
  expect(rollout.finding.worse).toBe(worse);
  expect(rollout.state).toBe(worse ? 'returned' : 'running');
  if (worse) expect((await stage.history())[0]).toEqual(['returned', 0, 'worse']);
  expect(givenAway().length > 0).toBe(worse === undefined);
});

it('is rolled back even if the process that found it worse died before it could do so', async () => {
  await stage.ask('POST', '', {});
  const [goingOn] = await readActive(server());
  const broken = Array.from({ length: 30 }, () => ({ wrong: true, answerMs: undefined }));
  const well = broken.map((one) => ({ ...one, wrong: false }));
  const finding = judge(
    { deployment: broken, production: well },
    { errorPoints: 5, answerMs: 300 },
    1,
    Date.now(),
  );
  expect(await saveFinding(server(), goingOn as Rollout, finding, 30)).toBe(true);
  await look();
  expect((await stage.history())[0]).toEqual(['returned', 0, 'worse']);
});

it('does not count simulations or active calls', async () => {
  const now = Date.now();
  await stage.insert(overCalls(50, now - HOUR, {}));
  await stage.ask('POST', '', {});
  const failing = overCalls(30, now + HOUR, { deployments: ['staging'], errors: 1 });
  await stage.insert(failing);
  for (const { id } of failing.slice(0, 21)) await simulated('passed', id);
  await stage.insert(
    overCalls(5, now + HOUR, { deployments: ['staging'], endedAt: null, endedBy: null }),
  );
  await look();
  expect((await stage.ask('GET')).body.rollout).toMatchObject({ state: 'running', looks: 0 });
});

it('is recorded by one of two concurrent processes', async () => {
  const now = Date.now();
  await stage.insert(overCalls(100, now - HOUR, {}));
  await stage.ask('POST', '', {});
  await stage.insert(overCalls(20, now + HOUR, { deployments: ['staging'], errors: 2 }));
  await Promise.all([look(), look()]);
  expect(await stage.history()).toEqual([
    ['returned', 0, 'worse'],
    ['started', 'local', 5],
  ]);
});
