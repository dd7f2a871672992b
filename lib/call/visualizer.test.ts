// The light around the agent: whole in every state, moved by sound alone where it should be.
import { expect, test } from 'vitest';
import type { Cue } from '@/lib/call/join-state';
import { APPEARANCES, LAMPS, mixAppearances, strokes } from '@/lib/call/visualizer';

const quiet = Array.from({ length: LAMPS }, () => 0);
const loud = Array.from({ length: LAMPS }, () => 0.8);
const tallest = (cue: Cue, agent: number[]) =>
  Math.max(
    ...strokes({ look: APPEARANCES[cue], time: 0, agent, caller: 0 }).map(({ y1, y2 }) =>
      Math.abs(y1 - y2),
    ),
  );

test.each(Object.keys(APPEARANCES) as Cue[])('%s: every lamp is within the picture', (cue) => {
  for (const time of [0, 0.7, 3.1, 99]) {
    const lines = strokes({ look: APPEARANCES[cue], time, agent: loud, caller: 1 });
    expect(lines).toHaveLength(LAMPS);
    for (const { x1, y1, x2, y2, light } of lines) {
      for (const x of [x1, x2]) expect(Math.abs(x)).toBeLessThan(1.75);
      for (const y of [y1, y2]) expect(Math.abs(y)).toBeLessThan(1.4);
      expect(light).toBeGreaterThanOrEqual(0);
      expect(light).toBeLessThanOrEqual(1);
    }
  }
});

test('the agent’s sound is seen while it speaks, and only then', () => {
  expect(tallest('speaking', loud)).toBeGreaterThan(4 * tallest('speaking', quiet));
  expect(tallest('idle', loud)).toBe(tallest('idle', quiet));
});

test('lost stands still', () => {
  const at = (time: number) => strokes({ look: APPEARANCES.lost, time, agent: quiet, caller: 0 });
  expect(at(0)).toEqual(at(2.5));
});

test('a look on its way arrives', () => {
  expect(mixAppearances(APPEARANCES.waiting, APPEARANCES.speaking, 0)).toEqual(APPEARANCES.waiting);
  expect(mixAppearances(APPEARANCES.waiting, APPEARANCES.speaking, 1)).toEqual(
    APPEARANCES.speaking,
  );
});

test('the ring opens at the bottom, and its ends only move apart', () => {
  const gapAt = (part: number) => {
    const look = mixAppearances(APPEARANCES.idle, APPEARANCES.speaking, part);
    const all = strokes({ look, time: 0, agent: quiet, caller: 0 });
    const [first, last] = [all[0], all.at(-1)].map((one) => one && (one.x1 + one.x2) / 2);
    return Math.abs((first ?? 0) - (last ?? 0));
  };
  const gaps = Array.from({ length: 51 }, (_, step) => gapAt(step / 50));
  expect(gaps).toEqual(gaps.toSorted((one, other) => one - other));
});
