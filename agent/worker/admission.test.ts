// Admission of a worker's jobs.
import { expect, it, test } from 'vitest';
import { type ActiveJob, loadOf, openAdmission } from '@/agent/worker/admission';

const job = (id: string): ActiveJob => ({ id, room: `room of ${id}` });

it('accepts jobs up to the limit, and counts promised ones', () => {
  const active: ActiveJob[] = [];
  const admission = openAdmission(2, () => active);
  expect([admission.refusal(), admission.load()]).toEqual([undefined, 0]);
  admission.promise('a');
  expect([admission.refusal(), admission.pending]).toEqual([undefined, 1]);
  // Counted once, though promised and active.
  active.push(job('a'));
  expect([admission.refusal(), admission.pending]).toEqual([undefined, 0]);
  active.push(job('b'));
  expect([admission.refusal(), admission.load()]).toEqual(['all 2 places are taken', 1]);
});

it('accepts a job that takes the place of another in its room', () => {
  const admission = openAdmission(2, () => [job('a'), job('b')]);
  expect(admission.refusal('another room')).toBe('all 2 places are taken');
  expect(admission.refusal('room of a')).toBeUndefined();
  admission.promise('c');
  expect(admission.refusal('room of a')).toBe('all 2 places are taken');
});

it('accepts none, and reports full load to LiveKit, while no job can be started', () => {
  let why: string | undefined;
  const admission = openAdmission(
    2,
    () => [job('a')],
    () => why,
  );
  const load = admission.load();
  expect(load).toBeGreaterThan(0);
  why = 'no model';
  expect(admission.refusal()).toBe('no model');
  // The reported load stays until it is reported again.
  expect(admission.reportedLoad).toBe(load);
  expect(admission.load()).toBe(1);
  expect(admission.reportedLoad).toBe(1);
  why = undefined;
  expect([admission.refusal(), admission.load()]).toEqual([undefined, load]);
});

it('accepts none once closed, and waits for promised jobs', async () => {
  const active: ActiveJob[] = [];
  const admission = openAdmission(2, () => active);
  admission.promise('a');
  let isClosed = false;
  const closed = admission.close().then(() => {
    isClosed = true;
  });
  expect(admission.refusal()).toBe('the worker is being stopped');
  await Promise.resolve();
  expect(isClosed).toBe(false);
  active.push(job('a'));
  await closed;
});

/** The server assigns no job to a worker at this load (`target_load` in its pkg/agent/config.go). */
const TARGET = 0.7;

test.each([
  [0, 1],
  [7, 8],
  [999, 1_000],
])('%i of %i calls: there is capacity, and the server sees it', (active, max) => {
  expect(loadOf(active, max)).toBeGreaterThanOrEqual(0);
  expect(loadOf(active, max)).toBeLessThan(TARGET);
});

test.each([
  [1, 1],
  [9, 8],
])('%i of %i calls: full', (active, max) => {
  expect(loadOf(active, max)).toBe(1);
});

test('the less busy of two workers reports less load, so that it gets the next call', () => {
  const loads = Array.from({ length: 9 }, (_, active) => loadOf(active, 8));
  expect(loads).toEqual([...new Set(loads)].sort((a, b) => a - b));
});
