import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { REPORT_AFTER_MS, trackFailures } from '@/agent/reporting/web-process';

let reported: unknown[];
let row: ReturnType<typeof trackFailures>;

beforeEach(() => {
  vi.useFakeTimers();
  reported = [];
  row = trackFailures((error) => reported.push(error));
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
  expect(reported).toEqual([]);
});

test('a lasting failure is reported once, with the latest error', () => {
  fail('refused', 0);
  fail('answered 500', REPORT_AFTER_MS);
  fail('answered 500', REPORT_AFTER_MS);
  expect(reported).toEqual(['answered 500']);
});

test('a new failure after a success is reported again', () => {
  for (let i = 0; i < 2; i++) {
    fail(`${i}`, 0);
    fail(`${i}, still`, REPORT_AFTER_MS);
    row.worked();
  }
  expect(reported).toEqual(['0, still', '1, still']);
});
