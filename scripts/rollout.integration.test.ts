// `npm run rollout` as users and scripts run it: the real program, the real routes, a real database.
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as next from '@/app/api/agents/[name]/rollout/next/route';
import * as override from '@/app/api/agents/[name]/rollout/override/route';
import * as promote from '@/app/api/agents/[name]/rollout/promote/route';
import * as rollout from '@/app/api/agents/[name]/rollout/route';
import { overCalls, rolloutStage, runVersions, simulated } from '@/lib/rollouts/testing/stage';
import { runScript } from '@/scripts/testing/run-script';

let stage: Awaited<ReturnType<typeof rolloutStage>>;

beforeAll(async () => {
  const files = { '': rollout, '/next': next, '/override': override, '/promote': promote };
  stage = await rolloutStage(files);
  await stage.clear();
});
afterAll(() => stage?.close());

/** Runs the program while the workers report. */
function run(...args: string[]) {
  runVersions('1.0', '1.1');
  const reporting = setInterval(() => runVersions('1.0', '1.1'), 500);
  return runScript('rollout', args, { CALLBOARD_URL: stage.url }).finally(() =>
    clearInterval(reporting),
  );
}
const done = async (...args: string[]) => {
  const { code, out, err } = await run(...args);
  expect([code, err]).toEqual([0, '']);
  return out;
};

it('supports everything that the page does', async () => {
  await stage.insert(overCalls(3, Date.now() - 60 * 60_000, {}));
  const steps = ['--steps', '5,25,50,100'];
  expect(await done('start', 'front-desk', ...steps)).toBe('5 % of callers go to staging (1.1).');
  expect((await run('start', 'front-desk')).err).toMatch(/^A rollout is already running\./);
  expect(await done('next', 'front-desk', '--reason', 'All is well')).toBe(
    '25 % of callers go to staging (1.1).',
  );
  expect(await done('promote', 'front-desk')).toMatch(/^All callers go to staging, until/);
  expect(await done('stop', 'front-desk', '--reason', 'Lunch')).toMatch(/1\.1 is stopped\.$/);
  await simulated('failed');
  expect((await run('start', 'front-desk')).err).toMatch(/^The simulations failed\./);
  expect(await done('override', 'front-desk', '--reason', 'I know', '--steps', '7')).toMatch(
    /^7 %/,
  );
  const lines = (await done('status', 'front-desk')).split('\n');
  expect(lines[0]).toBe('7 % of callers go to staging (1.1).');
  expect(lines.filter((line) => / local | Callboard /.test(line))).toEqual([
    expect.stringMatching(/ local +started +7 % +1\.1$/),
    expect.stringMatching(/ local +overridden +7 % +1\.1 +I know$/),
    expect.stringMatching(/ local +stopped +0 % +1\.1 +Lunch$/),
    expect.stringMatching(/ local +promoted +100 % +1\.1$/),
    expect.stringMatching(/ local +stepped +25 % +1\.1 +All is well$/),
    expect.stringMatching(/ local +started +5 % +1\.1$/),
  ]);
  await done('stop', 'front-desk');
  const { rollout: last } = JSON.parse(await done('status', 'front-desk', '--json'));
  expect(last).toMatchObject({ state: 'stopped', overridden: 'I know' });
});

it.each([
  [['start'], "error: missing required argument 'AGENT'"],
  [['start', 'front-desk', '--steps', 'five'], /--steps .* It must be a number\.$/],
  [['dance'], "error: unknown command 'dance'"],
])('%j: exit code 2', async (args, line) => {
  const { code, err } = await run(...args);
  expect(code).toBe(2);
  expect(err.split('\n')[0]).toMatch(line);
});
