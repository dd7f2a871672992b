import { describe, expect, it } from 'vitest';
import { testServer } from '@/lib/testing/server';
import { REPORT_STALE_MS, type WorkerReport } from './worker-report';
import {
  agentStatuses,
  deploymentStatus,
  forgetWorker,
  liveWorkers,
  recordReports,
  withReports,
} from './workers';

const server = testServer();

const report = (fields: Partial<WorkerReport> = {}): WorkerReport => ({
  worker: 'w1',
  agent: 'front-desk',
  deployment: 'production',
  version: '1',
  activeJobs: 0,
  maxJobs: 8,
  state: 'live',
  ...fields,
});

describe('withReports', () => {
  it('keeps the latest report of each process, and drops agents it no longer hosts', () => {
    const first = withReports([], [report(), report({ agent: 'line-check' })], 0);
    const other = withReports(first, [report({ worker: 'w2' })], 1);
    const last = withReports(other, [report({ activeJobs: 2 })], 2);
    expect(last.map(({ report: r, at }) => [r.worker, r.agent, r.activeJobs, at])).toEqual([
      ['w2', 'front-desk', 0, 1],
      ['w1', 'front-desk', 2, 2],
    ]);
  });

  it('forgets workers that stopped reporting', () => {
    const first = withReports([], [report()], 0);
    const second = (now: number) => withReports(first, [report({ worker: 'w2' })], now);
    expect(second(REPORT_STALE_MS - 1)).toHaveLength(2);
    expect(second(REPORT_STALE_MS)).toHaveLength(1);
  });
});

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

it('counts the live workers of an agent on a deployment while they report', () => {
  recordReports(server, [report(), report({ agent: 'billing' })]);
  recordReports(server, [report({ worker: 'w2', activeJobs: 2 })]);
  recordReports(server, [report({ worker: 'w3', deployment: 'staging' })]);
  recordReports(server, [report({ worker: 'w4', state: 'broken', error: 'no model' })]);
  const here = () => liveWorkers(server, 'front-desk', 'production').map(({ worker }) => worker);
  expect(here()).toEqual(['w1', 'w2']);
  forgetWorker(server, 'w2');
  expect(here()).toEqual(['w1']);
});

describe('agentStatuses', () => {
  it('separates deployments and agents, and forgets stale reports', () => {
    const known = withReports(
      [],
      [report(), report({ agent: 'line-check', deployment: 'staging' })],
      0,
    );
    const live = (now: number) =>
      agentStatuses(server, known, now).flatMap(({ name, deployments }) =>
        deployments.filter((one) => one.live).map((one) => `${name} ${one.name}`),
      );
    expect(live(1)).toEqual(['front-desk production', 'line-check staging']);
    expect(live(REPORT_STALE_MS)).toEqual([]);
  });
});
