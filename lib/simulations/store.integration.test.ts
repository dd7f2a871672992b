// Stored simulations, in both databases.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunState, SimulationRun } from '@/lib/calls/test-calls/result';
import { storeOn, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';

const NOW = 1_790_000_000_000;

const run = (id: string, deployment: string, state: RunState, version?: string): SimulationRun => ({
  ...{ id, scenario: 'hours', title: 'Says when', agent: 'front-desk', deployment, version },
  ...{ number: 1, state, startedAt: NOW, endedAt: NOW + 1, misses: [] },
  lines: [{ said: 'Hi', heard: 'Hello', misses: [] }],
});
const session = (id: string) => ({ id, by: 'page' as const, startedAt: NOW, runs: 2 });

describe('stored simulations', () => {
  let place: Pick<TestDatabase, 'env' | 'remove'>;
  let calls: Awaited<ReturnType<typeof storeOn>>;
  let store: typeof import('./store');
  let verdict: typeof import('./verdict').simulationVerdict;

  beforeAll(async () => {
    place = await testDatabase();
    calls = await storeOn(place);
    store = await import('./store');
    ({ simulationVerdict: verdict } = await import('./verdict'));
  });
  afterAll(async () => {
    await calls.closeStore();
    await place.remove();
    vi.unstubAllEnvs();
  });

  it('stores runs with their version, which the verdict uses', async () => {
    const runs = [
      run('r1', 'production', 'passed', '1.0.0'),
      run('r2', 'staging', 'failed', '1.1.0'),
    ];
    expect(await store.keepReport({ session: session('s1'), runs }, NOW)).toBe(false);
    const kept = await store.latestRuns(NOW);
    expect(kept.map(({ id, version }) => [id, version]).sort()).toEqual([
      ['r1', '1.0.0'],
      ['r2', '1.1.0'],
    ]);
    expect((await verdict('front-desk', 'production')).state).toBe('passed');
    expect((await verdict('front-desk', 'staging', '1.1.0')).failed).toEqual([
      { scenario: 'hours', title: 'Says when', passed: 0, of: 1 },
    ]);
    expect((await verdict('front-desk', 'staging', '1.0.0')).state).toBe('missing');
    expect((await verdict('billing', 'staging')).state).toBe('missing');
  });

  it('counts a run for the deployment that took its call', async () => {
    const before = run('r3', 'production', 'running');
    await store.keepReport({ session: session('s2'), runs: [before] }, NOW);
    const given = run('r3', 'canary', 'failed');
    await store.keepReport({ session: session('s2'), runs: [given] }, NOW);
    expect((await verdict('front-desk', 'canary')).state).toBe('failed');
    expect((await verdict('front-desk', 'production')).state).toBe('passed');
    await store.closeSession('s2', NOW);
  });

  it('tells a program to stop on request', async () => {
    expect(await store.requestStop('s1', NOW)).toBe(true);
    expect(await store.keepReport({ session: session('s1'), runs: [] }, NOW)).toBe(true);
    expect(await store.liveSession(NOW)).toMatchObject({ id: 's1', stopping: true });
    await store.closeSession('s1', NOW);
    expect(await store.liveSession(NOW)).toBeUndefined();
  });
});
