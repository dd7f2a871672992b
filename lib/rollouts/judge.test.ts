// When a roll-out returns: by known calls, and by thousands of made-up roll-outs of what is no worse, and of
// what is. The draws have a fixed seed: what came out once comes out always.
import { describe, expect, it } from 'vitest';
import { type JudgedCall, judge, LEVEL, LOOK_EVERY, levelOf } from './judge';

const LIMITS = { errorPoints: 5, answerMs: 300 };
const calls = (many: number, wrong: number, answerMs?: number): JudgedCall[] =>
  Array.from({ length: many }, (_, at) => ({ wrong: at < wrong, answerMs }));
const look = (deployment: JudgedCall[], production: JudgedCall[], number = 1) =>
  judge({ deployment, production }, LIMITS, number, 0);

describe('judge', () => {
  it('says nothing where nothing went wrong, and where production had no call', () => {
    expect(look(calls(10, 0), calls(200, 2))).toMatchObject({
      worse: undefined,
      errorsByChance: 1,
    });
    const alone = look(calls(10, 10), []);
    expect(alone.errorsByChance).toBeUndefined();
    expect(alone.worse).toBeUndefined();
  });

  it('sees ten broken calls at the first look, and one of ten as chance', () => {
    expect(look(calls(10, 10), calls(200, 2)).worse).toBe('errors');
    expect(look(calls(10, 1), calls(200, 2)).worse).toBeUndefined();
  });

  it('lets pass what is no chance and yet within the limit', () => {
    const finding = look(calls(500, 25), calls(1_000, 10));
    expect(finding.errorsByChance).toBeLessThan(finding.level);
    expect(finding.worse).toBeUndefined();
  });

  it('compares delays from 20 answered calls on, by the limit between the medians', () => {
    const slow = (many: number, by: number) =>
      Array.from({ length: many }, (_, at) => ({ wrong: false, answerMs: 700 + at + by }));
    expect(look(slow(19, 900), slow(200, 0)).answersByChance).toBeUndefined();
    const finding = look(slow(40, 500), slow(40, 0));
    expect(finding.worse).toBe('answers');
    expect(finding.deployment).toMatchObject({ answered: 40, answerMs: 1_219.5 });
    expect(look(slow(40, 200), slow(40, 0)).worse).toBeUndefined();
  });

  it('wants more of each further look, so that all together stay within the level', () => {
    const sum = Array.from({ length: 100_000 }, (_, at) => 2 * levelOf(at + 1)).reduce(
      (a, b) => a + b,
    );
    expect(sum).toBeLessThanOrEqual(LEVEL);
    expect(sum).toBeGreaterThan(LEVEL * 0.999);
  });
});

/** Numbers in [0, 1) that are the same for a seed: mulberry32. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Looks of a made-up roll-out: 200 calls on its deployment. */
const LOOKS = 20;
/** Limits of nothing: every difference that chance does not explain counts. */
const ANY = { errorPoints: 0, answerMs: 0 };

/** The look at which a made-up roll-out was returned; undefined where it was not. */
function returnedAt(
  draw: () => number,
  { wrong, slower }: { readonly wrong: number; readonly slower: number },
): number | undefined {
  /** Delays with a long tail, in milliseconds. */
  const call = (share: number, ms: number): JudgedCall => ({
    wrong: draw() < share,
    answerMs: Math.round(600 + ms + 250 * -Math.log(1 - draw())),
  });
  const production = Array.from({ length: 300 }, () => call(0.03, 0));
  const deployment: JudgedCall[] = [];
  for (let number = 1; number <= LOOKS; number += 1) {
    for (let more = 0; more < LOOK_EVERY; more += 1) {
      deployment.push(call(wrong, slower));
      production.push(call(0.03, 0));
    }
    if (judge({ deployment, production }, ANY, number, 0).worse) return number;
  }
  return undefined;
}

describe('over whole roll-outs with a look at every tenth call', () => {
  it('what is no worse is returned in at most 5 of 100', () => {
    const draw = draws(20_261_121);
    const runs = 200;
    const false_ = Array.from({ length: runs }, () => returnedAt(draw, { wrong: 0.03, slower: 0 }));
    const share = false_.filter((one) => one !== undefined).length / runs;
    expect(share).toBeLessThanOrEqual(LEVEL);
    // Fixed draws: were nothing ever returned, the tests would test nothing.
    expect(share).toBeGreaterThan(0);
  });

  it.each([
    ['fails in 30 of 100 calls', { wrong: 0.3, slower: 0 }, 8],
    ['answers half a second later', { wrong: 0.03, slower: 500 }, 3],
  ])('what %s is returned', (_, how, limit) => {
    const draw = draws(7);
    const found = Array.from(
      { length: 100 },
      () => returnedAt(draw, how) ?? Number.POSITIVE_INFINITY,
    );
    expect(found.filter((at) => at <= limit).length).toBeGreaterThanOrEqual(95);
  });
});
