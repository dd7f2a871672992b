// A worker's health: alive is not ready, and losing LiveKit is no reason to restart it.
import { expect, test } from 'vitest';
import type { WorkerReport } from '../../../lib/livekit/worker-report';
import { healthOf } from './health-port';

const report = (state: WorkerReport['state']): WorkerReport => ({
  ...{ worker: 'w', agent: 'a', deployment: '', version: '1', activeJobs: 0, maxJobs: 1 },
  state,
});

test.each([
  ['before its first report', [], 200, 503],
  ['live', [report('live'), report('live')], 200, 200],
  ['one agent not registered with LiveKit', [report('live'), report('starting')], 200, 503],
  ['broken', [report('live'), report('broken')], 503, 503],
  ['draining', [report('draining')], 200, 503],
] as const)('%s', (_what, last, alive, ready) => {
  expect([healthOf('/', last), healthOf('/ready', last)]).toEqual([alive, ready]);
});
