// The gate of a worker's jobs.
import { expect, it } from 'vitest';
import { openIntake } from './admission';

it('takes jobs up to the limit, and counts what it promised', () => {
  const active: string[] = [];
  const intake = openIntake(2, () => active);
  expect([intake.refusal(), intake.load()]).toEqual([undefined, 0]);
  intake.promise('a');
  expect([intake.refusal(), intake.pending]).toEqual([undefined, 1]);
  // Counted once, though promised and begun.
  active.push('a');
  expect([intake.refusal(), intake.pending]).toEqual([undefined, 0]);
  active.push('b');
  expect([intake.refusal(), intake.load()]).toEqual(['all 2 places are taken', 1]);
});

it('takes none, and tells LiveKit so, while no job can be started', () => {
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
  // What was told stays so until it is told again.
  expect(intake.told).toBe(load);
  expect(intake.load()).toBe(1);
  expect(intake.told).toBe(1);
  why = undefined;
  expect([intake.refusal(), intake.load()]).toEqual([undefined, load]);
});

it('takes none once it is closed, and waits for those it promised', async () => {
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
