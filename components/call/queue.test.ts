// A caller in the queue repeats the request at the given interval, survives a missed response, and stops when
// leaving.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Refusal } from '@/lib/dispatch/queue/queue-status';
import { Refused } from './ask';
import { waitInQueue } from './queue';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const refusal = (status: number, more: object = {}, retryAfter: string | null = '2'): Refusal => ({
  status,
  retryAfter,
  body: JSON.stringify(more),
});
const busy = (place: number) => new Refused('', refusal(503, { line: { place, ticket: 'mine' } }));

/** A caller whose requests get these responses in turn, and then the last one forever. */
function caller(...answers: (string | Refused)[]) {
  const asked: (string | undefined)[] = [];
  const places: (number | undefined)[] = [];
  const leaving = new AbortController();
  const through = waitInQueue<string>(
    async (ticket) => {
      asked.push(ticket);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (typeof answer === 'string') return answer;
      throw answer;
    },
    { onPlace: (place) => places.push(place), left: leaving.signal },
  );
  const end = through.then(
    (token) => ({ token }),
    (error: unknown) => ({ error }),
  );
  return { asked, places, leave: () => leaving.abort(), end };
}

test('an agent is free: nobody waits, and nothing is said of a line', async () => {
  const { asked, places, end } = caller('token');
  expect(await end).toEqual({ token: 'token' });
  expect([asked, places]).toEqual([[undefined], []]);
});

test('goes up in line with the ticket, and is put through', async () => {
  const { asked, places, end } = caller(busy(2), busy(1), 'token');
  await vi.advanceTimersByTimeAsync(1_999);
  expect([asked, places]).toEqual([[undefined], [2]]);
  await vi.advanceTimersByTimeAsync(1);
  expect([asked, places]).toEqual([
    [undefined, 'mine'],
    [2, 1],
  ]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await end).toEqual({ token: 'token' });
  expect(places).toEqual([2, 1, undefined]);
});

test('an answer that is missed does not cost the place', async () => {
  const { asked, places, end } = caller(
    busy(1),
    new Refused(''),
    new Refused('', refusal(502)),
    'in',
  );
  await vi.advanceTimersByTimeAsync(6_000);
  expect(await end).toEqual({ token: 'in' });
  expect(asked).toEqual([undefined, 'mine', 'mine', 'mine']);
  expect(places).toEqual([1, undefined]);
});

test('who is not answered for as long as a place holds is told', async () => {
  const { asked, end } = caller(busy(1), new Refused(''));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await end).toEqual({ error: new Refused('') });
  expect(asked).toHaveLength(6);
});

test.each([
  ['before there was a line', [new Refused('no', refusal(503))], 1],
  ['in line', [busy(1), new Refused('no', refusal(422))], 2],
])('another refusal ends the wait: %s', async (_when, answers, askings) => {
  const { asked, end } = caller(...answers);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await end).toEqual({ error: answers.at(-1) });
  expect(asked).toHaveLength(askings);
});

test('who leaves asks no more', async () => {
  const { asked, places, leave, end } = caller(busy(1));
  await vi.advanceTimersByTimeAsync(500);
  leave();
  expect(await end).toHaveProperty('error.name', 'AbortError');
  await vi.advanceTimersByTimeAsync(60_000);
  expect([asked, places]).toEqual([[undefined], [1]]);
  expect(vi.getTimerCount()).toBe(0);
});
