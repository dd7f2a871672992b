// Whether tests with calls run one at a time. Two at once need little more than half of the time, but also both cores: speech is
// real time, and a process that waits seconds for a core loses words.
import { readFileSync } from 'node:fs';

/** What vitest.config.ts writes in CI, before these tests start. */
const UNIT_TESTS = 'test-results/unit.json';
/** Seconds of the unit tests, which only compute. On two common cores they take 140; from here on a machine is slow. */
const SLOW_S = 180;

/** True in CI, where waiting is better than failing, if the machine is slow or its speed is not known. */
export function oneAtATime(): boolean {
  if (!process.env.CI) return false;
  try {
    const { startTime, testResults } = JSON.parse(readFileSync(UNIT_TESTS, 'utf8'));
    const ends = testResults.map(({ endTime }: { endTime: number }) => endTime);
    const seconds = (Math.max(...ends) - startTime) / 1_000;
    return !(seconds > 0 && seconds < SLOW_S);
  } catch {
    return true;
  }
}
