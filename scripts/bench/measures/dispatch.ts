// From `POST /api/dispatch-agent` to the assignment of the job to a worker, according to the call's timeline. LiveKit's own
// list of dispatches is updated only seconds later.
import { randomUUID } from 'node:crypto';
import type { Bench } from '../support/bench';
import { until } from '../support/bench';
import { lastCall } from '../support/timeline';
import type { Finding } from '../table';

export async function dispatch(bench: Bench): Promise<Finding[]> {
  const answered: number[] = [];
  const assigned: number[] = [];
  await bench.idle();
  for (let run = 0; run < bench.runs; run += 1) {
    const room = `bench-${randomUUID()}`;
    const began = Date.now();
    await bench.ask('POST', '/api/dispatch-agent', { room, agent: 'line-check' });
    answered.push(Date.now() - began);
    await until('the agent', async () => (await bench.calls()) > 0);
    await bench.ask('DELETE', `/api/rooms/${room}`);
    const { call, marks } = await lastCall(bench, began);
    const job = marks.find((mark) => mark.kind === 'event' && mark.what.kind === 'job_assigned');
    if (job) assigned.push(call.requestedAt + job.from - began);
  }
  return [
    {
      what: 'POST /api/dispatch-agent → job assigned',
      unit: 'ms',
      values: assigned,
      target: { median: 20 },
      note: 'by the timeline',
    },
    { what: '  → its answer', unit: 'ms', values: answered },
  ];
}
