// A worker's report for tests.
import type { WorkerReport } from '@/lib/livekit/worker-report';

/** A report of a live worker of the front desk. */
export const testReport = (fields: Partial<WorkerReport> = {}): WorkerReport => ({
  worker: 'w1',
  agent: 'front-desk',
  deployment: 'production',
  version: '1',
  activeJobs: 0,
  maxJobs: 8,
  state: 'live',
  ...fields,
});
