// When a rollout is rolled back: with known calls, and with thousands of simulated rollouts of equal and
// worse deployments. The random numbers have a fixed seed, so results are reproducible.

import { describe, expect, it } from 'vitest';
import { randomNumbers } from '@/lib/core/random-numbers';
import { CALLS_PER_CHECK, type JudgedCall, judge, LEVEL, levelOf } from '@/lib/rollouts/judge';

const LIMITS = { errorPoints: 5, answerMs: 300 };
const calls = (many: number, wrong: number, answerMs?: number): JudgedCall[] =>
  Array.from({ length: many }, (_, at) => ({ wrong: at < wrong, answerMs }));
const look = (deployment: JudgedCall[], production: JudgedCall[], number = 1) =>
  judge({ deployment, production }, LIMITS, number, 0);

describe('judge', () => {
  it('finds nothing without failures, or without calls on production', () => {
    expect(look(calls(10, 0), calls(200, 2))).toMatchObject({
      worse: undefined,
      errorsByChance: 1,
    });
    const alone = look(calls(10, 10), []);
    expect(alone.errorsByChance).toBeUndefined();
    expect(alone.worse).toBeUndefined();
  });

  it('finds ten failed calls at the first check, and considers one of ten chance', () => {
    expect(look(calls(10, 10), calls(200, 2)).worse).toBe('errors');
    expect(look(calls(10, 1), calls(200, 2)).worse).toBeUndefined();
  });

  it('accepts significant differences within the limit', () => {
    const finding = look(calls(500, 25), calls(1_000, 10));
    expect(finding.errorsByChance).toBeLessThan(finding.level);
    expect(finding.worse).toBeUndefined();
  });

  it('compares latencies from 20 answered calls, by their medians', () => {
    const slow = (many: number, by: number) =>
      Array.from({ length: many }, (_, at) => ({ wrong: false, answerMs: 700 + at + by }));
    expect(look(slow(19, 900), slow(200, 0)).answersByChance).toBeUndefined();
    const finding = look(slow(40, 500), slow(40, 0));
    expect(finding.worse).toBe('answers');
    expect(finding.deployment).toMatchObject({ answered: 40, answerMs: 1_219.5 });
    expect(look(slow(40, 200), slow(40, 0)).worse).toBeUndefined();
  });

  it('lowers the level with each check, so that the sum stays within the whole level', () => {
    const sum = Array.from({ length: 100_000 }, (_, at) => 2 * levelOf(at + 1)).reduce(
      (a, b) => a + b,
    );
    expect(sum).toBeLessThanOrEqual(LEVEL);
    expect(sum).toBeGreaterThan(LEVEL * 0.999);
  });
});

/** Checks of a simulated rollout: 200 calls on its deployment. */
const LOOKS = 20;
/** No limits: every significant difference counts. */
const ANY = { errorPoints: 0, answerMs: 0 };

/** The check at which a simulated rollout was rolled back; undefined if it was not. */
function returnedAt(
  draw: () => number,
  { wrong, slower }: { readonly wrong: number; readonly slower: number },
): number | undefined {
  /** Latencies with a long tail, in milliseconds. */
  const call = (share: number, ms: number): JudgedCall => ({
    wrong: draw() < share,
    answerMs: Math.round(600 + ms + 250 * -Math.log(1 - draw())),
  });
  const production = Array.from({ length: 300 }, () => call(0.03, 0));
  const deployment: JudgedCall[] = [];
  for (let number = 1; number <= LOOKS; number += 1) {
    for (let more = 0; more < CALLS_PER_CHECK; more += 1) {
      deployment.push(call(wrong, slower));
      production.push(call(0.03, 0));
    }
    if (judge({ deployment, production }, ANY, number, 0).worse) return number;
  }
  return undefined;
}

describe('whole rollouts with a check at every tenth call', () => {
  it('rolls back at most 5 of 100 equal deployments', () => {
    const draw = randomNumbers(20_261_121);
    const runs = 200;
    const false_ = Array.from({ length: runs }, () => returnedAt(draw, { wrong: 0.03, slower: 0 }));
    const share = false_.filter((one) => one !== undefined).length / runs;
    expect(share).toBeLessThanOrEqual(LEVEL);
    // With fixed numbers, this proves that some are rolled back by chance.
    expect(share).toBeGreaterThan(0);
  });

  it.each([
    ['fails in 30 of 100 calls', { wrong: 0.3, slower: 0 }, 8],
    ['answers half a second later', { wrong: 0.03, slower: 500 }, 3],
  ])('what %s is returned', (_, how, limit) => {
    const draw = randomNumbers(7);
    const found = Array.from(
      { length: 100 },
      () => returnedAt(draw, how) ?? Number.POSITIVE_INFINITY,
    );
    expect(found.filter((at) => at <= limit).length).toBeGreaterThanOrEqual(95);
  });
});
