import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { REPORT_AFTER_MS, trackFailures } from './web-process';

let told: unknown[];
let row: ReturnType<typeof trackFailures>;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  row = trackFailures((error) => told.push(error));
});
afterEach(() => void vi.useRealTimers());
const fail = (error: string, after: number) => {
  vi.advanceTimersByTime(after);
  row.failed(error);
};

test('a failure during startup is not reported', () => {
  for (let i = 0; i < 10; i++) fail('refused', REPORT_AFTER_MS / 20);
  row.worked();
  fail('refused', REPORT_AFTER_MS);
  expect(told).toEqual([]);
});

test('a lasting failure is reported once, with the latest error', () => {
  fail('refused', 0);
  fail('answered 500', REPORT_AFTER_MS);
  fail('answered 500', REPORT_AFTER_MS);
  expect(told).toEqual(['answered 500']);
});

test('a new failure after a success is reported again', () => {
  for (let i = 0; i < 2; i++) {
    fail(`${i}`, 0);
    fail(`${i}, still`, REPORT_AFTER_MS);
    row.worked();
  }
  expect(told).toEqual(['0, still', '1, still']);
});
