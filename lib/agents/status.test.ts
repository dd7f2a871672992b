import { describe, expect, it, vi } from 'vitest';
import { listOf } from '@/lib/agents/registry';
import { currentAgents, deploymentStatus, mayBeLive, unlistedAgents } from '@/lib/agents/status';
import { REPORT_STALE_MS, type WorkerReport } from '@/lib/livekit/worker-report';
import { REPORTED_MS, recordReports } from '@/lib/livekit/workers';
import { fakeTime } from '@/lib/testing/fake-time';
import { testServer } from '@/lib/testing/server';
import { testReport as report } from '@/lib/testing/worker-report';

const server = testServer();

describe('deploymentStatus', () => {
  const starting = report({ state: 'starting' });
  const draining = report({ state: 'draining', activeJobs: 3 });
  const broken = report({ state: 'broken', error: 'no model' });

  it.each<[string, WorkerReport[], object]>([
    ['nobody', [], { live: false, workers: 0, maxJobs: 0, problem: 'No worker is running' }],
    ['one', [report({ activeJobs: 1 })], { live: true, workers: 1, activeJobs: 1, maxJobs: 8 }],
    ['two', [report(), report()], { live: true, workers: 2, maxJobs: 16, problem: undefined }],
    ['one starting', [starting], { live: false, workers: 0, problem: 'The worker is starting' }],
    [
      'one going',
      [draining],
      { live: false, activeJobs: 3, problem: 'The worker is being stopped' },
    ],
    [
      'one for another',
      [draining, report()],
      { live: true, workers: 1, activeJobs: 3, maxJobs: 8 },
    ],
    ['one broken', [broken], { live: false, workers: 0, problem: 'no model' }],
    ['one of two broken', [report(), broken], { live: true, workers: 1, problem: 'no model' }],
  ])('of %s', (_, reports, expected) => {
    expect(deploymentStatus(server, 'production', reports)).toMatchObject(expected);
  });
});

it('lists each worker with its report, in a stable order, without rooms', () => {
  const lastError = { at: 1, message: 'it ended' };
  const one = report({ worker: 'w2', host: 'b', warm: 1, load: 0.1, lagMs: 3, newRooms: ['room'] });
  const other = report({ worker: 'w3', host: 'a', state: 'broken', error: 'no model', lastError });
  const { workerDetails } = deploymentStatus(server, 'production', [one, other]);
  const common = { version: '1', activeJobs: 0, maxJobs: 8 };
  expect(workerDetails).toEqual([
    { ...common, worker: 'w3', host: 'a', state: 'broken', error: 'no model', lastError },
    { ...common, worker: 'w2', host: 'b', state: 'live', warm: 1, load: 0.1, lagMs: 3 },
  ]);
  expect(deploymentStatus(server, 'production', [other, one]).workerDetails).toEqual(workerDetails);
});

it('lists what a deployment runs on, once per distinct set of settings', () => {
  const runs = { models: ['a'], stt: [], tts: [], voice: 'slt', tools: [], missing: [] };
  const other = { ...runs, models: ['b'] };
  const [one, same, third] = [
    report({ worker: 'w1', runs }),
    report({ worker: 'w2', runs: { ...runs } }),
    report({ worker: 'w3', runs: other }),
  ];
  expect(deploymentStatus(server, 'production', [one, same, report()]).runs).toEqual([runs]);
  const both = deploymentStatus(server, 'production', [third, one]);
  expect(both.runs).toEqual([runs, other]);
  expect(both.workerDetails[0]).not.toHaveProperty('runs');
});

describe('currentAgents', () => {
  it('separates deployments and agents, and forgets stale reports', () => {
    fakeTime();
    const own = testServer();
    recordReports(own, [report(), report({ agent: 'line-check', deployment: 'staging' })]);
    const live = () =>
      currentAgents(own).flatMap(({ name, deployments }) =>
        deployments.filter((one) => one.live).map((one) => `${name} ${one.name}`),
      );
    expect(live()).toEqual(['front-desk production', 'line-check staging']);
    vi.advanceTimersByTime(REPORT_STALE_MS);
    expect(live()).toEqual([]);
  });

  it('leaves out agents whose workers report, and that nobody added', () => {
    const own = testServer();
    const theirs = ['staging', 'canary', 'staging'].map((deployment) =>
      report({ agent: 'theirs', deployment }),
    );
    recordReports(own, [report(), ...theirs]);
    expect(currentAgents(own).map(({ name }) => name)).not.toContain('theirs');
    expect(unlistedAgents(own)).toEqual([{ name: 'theirs', deployments: ['canary', 'staging'] }]);
    const mine = { name: 'theirs', title: 'Mine', summary: '', public: false };
    own.registry.agents = listOf(own.config, [{ ...mine, deployments: [{ name: 'staging' }] }]);
    expect(unlistedAgents(own)).toEqual([]);
  });

  it('says whether a deployment reports: an added one does while it has, lately', () => {
    fakeTime();
    const own = testServer();
    const mine = { name: 'mine', title: 'Mine', summary: '', public: false };
    own.registry.agents = listOf(own.config, [{ ...mine, deployments: [{ name: 'staging' }] }]);
    const status = () => currentAgents(own).find(({ name }) => name === 'mine')?.deployments[0];
    const may = () => mayBeLive(own, 'mine', 'staging');
    expect(status()).toMatchObject({ live: false, reports: false });
    expect(status()?.problem).toBeUndefined();
    expect(may()).toBe(true);
    recordReports(own, [report({ agent: 'mine', deployment: 'staging' })]);
    expect(status()).toMatchObject({ live: true, reports: true });
    vi.advanceTimersByTime(REPORT_STALE_MS);
    expect(status()).toMatchObject({ live: false, reports: true, problem: 'No worker is running' });
    expect(may()).toBe(false);
    vi.advanceTimersByTime(REPORTED_MS);
    expect(status()).toMatchObject({ live: false, reports: false });
    expect(may()).toBe(true);
    expect(mayBeLive(own, 'mine', 'production')).toBe(false);
    expect(mayBeLive(own, 'front-desk', 'production')).toBe(false);
  });
});
