import { describe, expect, it } from 'vitest';
import { REPORT_STALE_MS } from '@/lib/livekit/worker-report';
import {
  forgetWorker,
  jobsOf,
  liveWorkers,
  recordReports,
  withReports,
} from '@/lib/livekit/workers';
import { testServer } from '@/lib/testing/server';
import { testReport as report } from '@/lib/testing/worker-report';

const server = testServer();

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

it('knows the jobs of a worker until it is forgotten', () => {
  const one = { room: 'r1', identity: 'agent-1' };
  const other = { room: 'r2', identity: 'agent-2' };
  const next = { worker: 'w5', agent: 'billing', jobs: [other] };
  recordReports(server, [report({ worker: 'w5', jobs: [one] }), report(next)]);
  recordReports(server, [report({ worker: 'w6', jobs: [{ ...one, room: 'r3' }] })]);
  expect(jobsOf(server, 'w5')).toEqual([one, other]);
  forgetWorker(server, 'w5');
  expect(jobsOf(server, 'w5')).toEqual([]);
});
