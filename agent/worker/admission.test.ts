// Admission of a worker's jobs.
import { expect, it } from 'vitest';
import { openIntake } from './admission';

it('accepts jobs up to the limit, and counts promised ones', () => {
  const active: string[] = [];
  const intake = openIntake(2, () => active);
  expect([intake.refusal(), intake.load()]).toEqual([undefined, 0]);
  intake.promise('a');
  expect([intake.refusal(), intake.pending]).toEqual([undefined, 1]);
  // Counted once, though promised and active.
  active.push('a');
  expect([intake.refusal(), intake.pending]).toEqual([undefined, 0]);
  active.push('b');
  expect([intake.refusal(), intake.load()]).toEqual(['all 2 places are taken', 1]);
});

it('accepts none, and reports full load to LiveKit, while no job can be started', () => {
  let why: string | undefined;
  const intake = openIntake(
    2,
    () => ['a'],
    () => why,
  );
  const load = intake.load();
  expect(load).toBeGreaterThan(0);
  why = 'no model';
  expect(intake.refusal()).toBe('no model');
  // The reported load stays until it is reported again.
  expect(intake.told).toBe(load);
  expect(intake.load()).toBe(1);
  expect(intake.told).toBe(1);
  why = undefined;
  expect([intake.refusal(), intake.load()]).toEqual([undefined, load]);
});

it('accepts none once closed, and waits for promised jobs', async () => {
  const active: string[] = [];
  const intake = openIntake(2, () => active);
  intake.promise('a');
  let isClosed = false;
  const closed = intake.close().then(() => {
    isClosed = true;
  });
  expect(intake.refusal()).toBe('the worker is being stopped');
  await Promise.resolve();
  expect(isClosed).toBe(false);
  active.push('a');
  await closed;
});
