// The capacity of an agent's workers.

import { describe, expect, it } from 'vitest';
import { capacity, capacityOf } from '@/lib/dispatch/queue/capacity';
import type { WorkerReport } from '@/lib/livekit/worker-report';
import { recordReports } from '@/lib/livekit/workers';
import { testServer } from '@/lib/testing/server';
import { testReport } from '@/lib/testing/worker-report';

const server = testServer();

describe('capacityOf', () => {
  it.each<[string, WorkerReport[], number, number, number]>([
    ['nobody', [], 0, 0, 0],
    ['one', [testReport({ activeJobs: 3 })], 5, 5, 8],
    ['two', [testReport({ activeJobs: 3 }), testReport({ activeJobs: 8 })], 5, 5, 16],
    ['one with more jobs than places', [testReport({ activeJobs: 9 })], 0, 0, 8],
    ['one that LiveKit considers full', [testReport({ load: 1, warm: 1 })], 0, 0, 8],
    ['one that is nearly full', [testReport({ activeJobs: 7, load: 0.6, warm: 1 })], 1, 1, 8],
    ['one with an idle process', [testReport({ warm: 1 })], 8, 3, 8],
    [
      'two without idle processes',
      [testReport({ warm: 0 }), testReport({ warm: 0, activeJobs: 7 })],
      9,
      3,
      16,
    ],
    ['one with a waiting job', [testReport({ warm: 0, pendingJobs: 1 })], 7, 1, 8],
    ['one with many waiting jobs', [testReport({ warm: 0, pendingJobs: 3 })], 5, 0, 8],
    ['one on a machine with spare CPU time', [testReport({ activeJobs: 5, busy: 0.5 })], 3, 3, 8],
    [
      'one on a machine with time for one call',
      [testReport({ activeJobs: 5, busy: 0.7 })],
      3,
      1,
      8,
    ],
    ['one on a machine with less time', [testReport({ activeJobs: 5, busy: 0.8 })], 3, 0, 8],
    ['one on a machine without spare time', [testReport({ activeJobs: 5, busy: 0.9 })], 3, 0, 8],
    ['one with few calls on a busy machine', [testReport({ activeJobs: 2, busy: 1 })], 6, 2, 8],
    [
      'one without a call or process on a busy machine',
      [testReport({ warm: 0, busy: 1 })],
      8,
      2,
      8,
    ],
    [
      'one with few starting jobs on a busy machine',
      [testReport({ activeJobs: 2, pendingJobs: 1, busy: 1 })],
      5,
      1,
      8,
    ],
  ])('of %s', (_, reports, free, soon, max) => {
    expect(capacityOf(reports)).toMatchObject({ free, soon, max });
  });

  it('lists the rooms of all new jobs', () => {
    const jobs = [{ room: 'b', identity: 'agent-1' }];
    const both = [testReport({ newRooms: ['a'] }), testReport({ jobs }), testReport()];
    expect([...capacityOf(both).newRooms]).toEqual(['a', 'b']);
  });
});

it('counts live workers of this agent on this deployment', () => {
  recordReports(server, [testReport(), testReport({ agent: 'billing' })]);
  recordReports(server, [testReport({ worker: 'w2', activeJobs: 2 })]);
  recordReports(server, [testReport({ worker: 'w3', deployment: 'staging' })]);
  recordReports(server, [testReport({ worker: 'w4', state: 'broken', error: 'no model' })]);
  expect(capacity(server, 'front-desk', 'production')).toMatchObject({ free: 14, max: 16 });
});
