// The queue in expected cases, and in random ones.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ADMITTED_MS,
  EMPTY_QUEUE,
  MAX_WAITING,
  POSITION_EXPIRES_MS,
  type Queue,
  takePosition,
} from '@/lib/dispatch/queue/queue';

/** A request: caller, time, free places that the workers report, and rooms already counted in them. */
type Step = [ticket: string, at: number, free: number, newRooms?: string[]];

/** The result of each request: a position, or "in". */
function answers(steps: readonly Step[]): (number | 'in' | 'full')[] {
  let queue: Queue = EMPTY_QUEUE;
  return steps.map(([ticket, at, free, newRooms = []]) => {
    const places = { free, newRooms: new Set(newRooms) };
    const { queue: next, result } = takePosition(
      queue,
      { ticket, room: `room of ${ticket}`, keptMs: POSITION_EXPIRES_MS },
      places,
      at,
    );
    queue = next;
    if (result.kind === 'waiting') return result.position;
    return result.kind === 'admitted' ? 'in' : 'full';
  });
}

describe('the queue', () => {
  it.each<[string, Step[], (number | 'in')[]]>([
    ['a free place', [['a', 0, 1]], ['in']],
    [
      'two at once for one place: the job of the first is not reported yet',
      [
        ['a', 0, 1],
        ['b', 1, 1],
      ],
      ['in', 1],
    ],
    [
      'admits in order of arrival, whoever asks first',
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
      'admits as many as there are places',
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
      'drops callers who stop asking',
      [
        ['a', 0, 0],
        ['b', 1, 0],
        ['b', POSITION_EXPIRES_MS - 1, 0],
        ['b', POSITION_EXPIRES_MS, 0],
        ['a', POSITION_EXPIRES_MS + 1, 0],
      ],
      [1, 2, 2, 1, 2],
    ],
    [
      'counts admitted callers until their job is reported',
      [
        ['a', 0, 1],
        ['b', 1, 1],
        ['b', 2, 1, ['room of a']],
      ],
      ['in', 1, 'in'],
    ],
    [
      'or until it will not start any more',
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

  it('reports how long a caller waited', () => {
    const none = { free: 0, newRooms: new Set<string>() };
    const first = takePosition(
      EMPTY_QUEUE,
      { ticket: 'a', room: 'r', keptMs: 4_000 },
      none,
      1_000,
    ).queue;
    const { result } = takePosition(
      first,
      { ticket: 'a', room: 'r2', keptMs: 4_000 },
      { ...none, free: 1 },
      4_000,
    );
    expect(result).toEqual({ kind: 'admitted', since: 1_000 });
  });

  it('has a maximum length', () => {
    const steps = Array.from({ length: MAX_WAITING + 1 }, (_, place): Step => [`${place}`, 0, 0]);
    expect(answers([...steps, ['0', 1, 0]]).slice(-3)).toEqual([MAX_WAITING, 'full', 1]);
  });
});

/** Callers who ask at random times, some of whom give up, and workers that report random capacity. */
const visits = fc.array(
  fc.record({
    ticket: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    pause: fc.integer({ min: 0, max: POSITION_EXPIRES_MS }),
    free: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 60 },
);

it('random requests: nobody overtakes, no place is given twice, and nobody has two', () => {
  fc.assert(
    fc.property(visits, (all) => {
      let queue: Queue = EMPTY_QUEUE;
      let now = 0;
      for (const { ticket, pause, free } of all) {
        now += pause;
        const before = queue.waiting.filter(({ until }) => now < until);
        const held = queue.admitted.filter(({ at }) => now - at < ADMITTED_MS).length;
        const places = { free, newRooms: new Set<string>() };
        const { queue: next, result } = takePosition(
          queue,
          { ticket, room: `${now} ${ticket}`, keptMs: POSITION_EXPIRES_MS },
          places,
          now,
        );
        const mine = before.findIndex(({ id }) => id === ticket);
        const ahead = mine === -1 ? before.length : mine;
        // Admitted only if everybody before them would be too.
        expect(result.kind).toBe(ahead < free - held ? 'admitted' : 'waiting');
        if (result.kind === 'waiting') expect(result.position).toBe(ahead + 1);
        const order = next.waiting.map(({ id }) => id);
        expect(new Set(order).size).toBe(order.length);
        // Waiting callers keep their order.
        const rest = before.map(({ id }) => id).filter((id) => id !== ticket);
        expect(order.filter((id) => id !== ticket)).toEqual(rest);
        queue = next;
      }
    }),
  );
});
