// A rollout's share applies to production callers, unless what dispatches them has its own share.

import { afterEach, describe, expect, it } from 'vitest';
import { chooseDeployment, sharedDeployment } from '@/lib/dispatch/share';
import type { Rollout } from '@/lib/rollouts/answers';
import { applyShares, readShares } from '@/lib/rollouts/share';
import { testServer } from '@/lib/testing/server';

const rollout: Rollout = {
  ...{ id: 'one', agent: 'front-desk', deployment: 'staging', version: '1.1', state: 'running' },
  ...{ productionVersion: '1.0', steps: [5, 25, 100], step: 2, overridden: undefined },
  limits: { errorPoints: 5, answerMs: 300 },
  ...{ startedAt: 0, endedAt: undefined, looks: 0, lookedAtCalls: 0, finding: undefined },
};
let server = testServer();
afterEach(() => {
  server = testServer();
});

const always = () => true;
const callers = Array.from({ length: 1_000 }, (_, at) => `caller-${at}`);
const production = { agent: 'front-desk', deployment: 'production' };
const taken = () =>
  callers.filter(
    (one) => chooseDeployment(server, production, one, always).deployment === 'staging',
  );

it('ignores a database response that is older than the shares in force', async () => {
  let answer = (_: readonly Rollout[]) => {};
  const late = new Promise<readonly Rollout[]>((resolve) => {
    answer = resolve;
  });
  const first = readShares(server, () => late);
  await readShares(server, async () => []);
  answer([rollout]);
  expect(await first).toEqual([rollout]);
  expect(server.shares.get(rollout.agent)).toBeUndefined();
  await readShares(server, async () => [rollout]);
  expect(server.shares.get(rollout.agent)?.percent).toBe(100);
});

describe('the share of a rollout', () => {
  it('grows with its steps, and keeps everybody who was in it', () => {
    const sizes = rollout.steps.map((_, step) => {
      applyShares(server, [{ ...rollout, step }]);
      return taken();
    });
    expect(Math.abs((sizes[0]?.length ?? 0) - 50)).toBeLessThan(25);
    expect(Math.abs((sizes[1]?.length ?? 0) - 250)).toBeLessThan(45);
    expect(sizes[2]).toHaveLength(1_000);
    expect(sizes[1]).toEqual(expect.arrayContaining(sizes[0] ?? []));
  });

  it('is empty once it has ended, and everybody while it is promoting', () => {
    applyShares(server, [{ ...rollout, state: 'returned' }]);
    expect(taken()).toHaveLength(0);
    applyShares(server, [{ ...rollout, step: 0, state: 'promoting' }]);
    expect(taken()).toHaveLength(1_000);
  });

  it('applies only to production and its agent, and not if there is another share', () => {
    applyShares(server, [rollout]);
    const page = { room: 'r', identity: 'i', attributes: {}, agent: 'front-desk' };
    expect(sharedDeployment(server, page, always)).toBe('staging');
    expect(sharedDeployment(server, { ...page, agent: 'billing' }, always)).toBeUndefined();
    const share = { seed: 'a', deployment: 'staging', percent: 0 };
    expect(chooseDeployment(server, { ...production, share }, 'c', always)).toEqual({
      deployment: 'production',
    });
    const staging = { ...production, deployment: 'staging' };
    expect(chooseDeployment(server, staging, 'c', always)).toEqual({ deployment: 'staging' });
  });
});
