// The line: as people expect it, and whatever they do.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADMITTED_MS, ask, EMPTY_LINE, type Line, LOST_MS, WAITING_MAX } from './queue';

/** A question: who asks when, how many places the workers report, and of which rooms already. */
type Step = [ticket: string, at: number, free: number, newRooms?: string[]];

/** What each question is answered: a place, or "in". */
function answers(steps: readonly Step[]): (number | 'in' | 'full')[] {
  let line: Line = EMPTY_LINE;
  return steps.map(([ticket, at, free, newRooms = []]) => {
    const places = { free, newRooms: new Set(newRooms) };
    const { line: next, told } = ask(
      line,
      { ticket, room: `room of ${ticket}`, keptMs: LOST_MS },
      places,
      at,
    );
    line = next;
    if (told.kind === 'waiting') return told.place;
    return told.kind === 'admitted' ? 'in' : 'full';
  });
}

describe('a line', () => {
  it.each<[string, Step[], (number | 'in')[]]>([
    ['a free place', [['a', 0, 1]], ['in']],
    [
      'two at once for one place: the job of the first does not show yet',
      [
        ['a', 0, 1],
        ['b', 1, 1],
      ],
      ['in', 1],
    ],
    [
      'the first who came is let in first, whoever asks first',
      [
        ['a', 0, 0],
        ['b', 1, 0],
        ['b', 2, 1],
        ['a', 3, 1],
        ['b', 4, 1],
      ],
      [1, 2, 2, 'in', 1],
    ],
    [
      'as many as there are places',
      [
        ['a', 0, 0],
        ['b', 1, 0],
        ['c', 2, 0],
        ['b', 3, 2],
        ['c', 4, 2],
        ['a', 5, 2],
      ],
      [1, 2, 3, 'in', 2, 'in'],
    ],
    [
      'who does not ask again loses the place',
      [
        ['a', 0, 0],
        ['b', 1, 0],
        ['b', LOST_MS - 1, 0],
        ['b', LOST_MS, 0],
        ['a', LOST_MS + 1, 0],
      ],
      [1, 2, 2, 1, 2],
    ],
    [
      'who was let in is counted until the job shows',
      [
        ['a', 0, 1],
        ['b', 1, 1],
        ['b', 2, 1, ['room of a']],
      ],
      ['in', 1, 'in'],
    ],
    [
      'or until it will not come any more',
      [
        ['a', 0, 1],
        ['b', ADMITTED_MS - 1, 1],
        ['b', ADMITTED_MS, 1],
      ],
      ['in', 1, 'in'],
    ],
  ])('%s', (_, steps, expected) => {
    expect(answers(steps)).toEqual(expected);
  });

  it('knows how long somebody waited', () => {
    const none = { free: 0, newRooms: new Set<string>() };
    const first = ask(EMPTY_LINE, { ticket: 'a', room: 'r', keptMs: 4_000 }, none, 1_000).line;
    const { told } = ask(
      first,
      { ticket: 'a', room: 'r2', keptMs: 4_000 },
      { ...none, free: 1 },
      4_000,
    );
    expect(told).toEqual({ kind: 'admitted', since: 1_000 });
  });

  it('is not endless', () => {
    const steps = Array.from({ length: WAITING_MAX + 1 }, (_, place): Step => [`${place}`, 0, 0]);
    expect(answers([...steps, ['0', 1, 0]]).slice(-3)).toEqual([WAITING_MAX, 'full', 1]);
  });
});

/** Callers who ask at any time, some of whom give up, and workers who report any number of places. */
const visits = fc.array(
  fc.record({
    ticket: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    pause: fc.integer({ min: 0, max: LOST_MS }),
    free: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 60 },
);

it('whoever asks: nobody overtakes, no place is given twice, and nobody has two', () => {
  fc.assert(
    fc.property(visits, (all) => {
      let line: Line = EMPTY_LINE;
      let now = 0;
      for (const { ticket, pause, free } of all) {
        now += pause;
        const before = line.waiting.filter(({ until }) => now < until);
        const held = line.admitted.filter(({ at }) => now - at < ADMITTED_MS).length;
        const places = { free, newRooms: new Set<string>() };
        const { line: next, told } = ask(
          line,
          { ticket, room: `${now} ${ticket}`, keptMs: LOST_MS },
          places,
          now,
        );
        const mine = before.findIndex(({ id }) => id === ticket);
        const ahead = mine === -1 ? before.length : mine;
        // Let in exactly where all before them would be too.
        expect(told.kind).toBe(ahead < free - held ? 'admitted' : 'waiting');
        if (told.kind === 'waiting') expect(told.place).toBe(ahead + 1);
        const order = next.waiting.map(({ id }) => id);
        expect(new Set(order).size).toBe(order.length);
        // Who waited before waits in the same order.
        const rest = before.map(({ id }) => id).filter((id) => id !== ticket);
        expect(order.filter((id) => id !== ticket)).toEqual(rest);
        line = next;
      }
    }),
  );
});
