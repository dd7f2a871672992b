// A caller in the queue repeats the request at the given interval, survives a missed response, and stops when
// leaving.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { requestInvitation, requestToken, waitInQueue } from '@/components/call/session/requests';
import { ApiError } from '@/components/ui/request';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const refused = (status: number, more: object = {}) =>
  new ApiError('', status, { status, retryAfter: '2', body: JSON.stringify(more) });
const busy = (position: number) => refused(202, { state: 'queued', position, ticket: 'mine' });
const unanswered = new ApiError('', 0);

/** A caller whose requests get these responses in turn, and then the last one forever. */
function caller(...answers: (string | ApiError)[]) {
  const asked: (string | undefined)[] = [];
  const positions: (number | undefined)[] = [];
  const leaving = new AbortController();
  const through = waitInQueue<string>(
    async (ticket) => {
      asked.push(ticket);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (typeof answer === 'string') return answer;
      throw answer;
    },
    { onPosition: (position) => positions.push(position), left: leaving.signal },
  );
  const end = through.then(
    (token) => ({ token }),
    (error: unknown) => ({ error }),
  );
  return { asked, positions, leave: () => leaving.abort(), end };
}

test('an agent is available: no waiting, no position', async () => {
  const { asked, positions, end } = caller('token');
  expect(await end).toEqual({ token: 'token' });
  expect([asked, positions]).toEqual([[undefined], []]);
});

test('advances in the queue with the ticket, and connects', async () => {
  const { asked, positions, end } = caller(busy(2), busy(1), 'token');
  await vi.advanceTimersByTimeAsync(1_999);
  expect([asked, positions]).toEqual([[undefined], [2]]);
  await vi.advanceTimersByTimeAsync(1);
  expect([asked, positions]).toEqual([
    [undefined, 'mine'],
    [2, 1],
  ]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await end).toEqual({ token: 'token' });
  expect(positions).toEqual([2, 1, undefined]);
});

test('a position in the queue is an answer of the server, and no error in the console', async () => {
  const agent = { name: 'front-desk', person: 'Ada', role: '' };
  const order = { kind: 'call', agent, deployment: 'production', joinTimeoutMs: 1 } as const;
  const admitted = { server_url: 'ws://livekit', participant_token: 'token' };
  const answers = [
    Response.json(
      { state: 'queued', position: 2, ticket: 'mine' },
      { status: 202, headers: { 'retry-after': '2' } },
    ),
    Response.json(admitted, { status: 201 }),
  ];
  const asked: Headers[] = [];
  vi.stubGlobal('fetch', async (_: string, { headers }: RequestInit) => {
    asked.push(new Headers(headers));
    return answers.shift();
  });
  const positions: (number | undefined)[] = [];
  const through = waitInQueue((ticket) => requestToken(order, { ticket }), {
    onPosition: (position) => positions.push(position),
    left: new AbortController().signal,
  });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await through).toEqual({ serverUrl: 'ws://livekit', token: 'token' });
  expect(positions).toEqual([2, undefined]);
  expect(asked.map((headers) => headers.get('callboard-ticket'))).toEqual([null, 'mine']);
});

test('a missed response does not lose the position', async () => {
  const { asked, positions, end } = caller(busy(1), unanswered, refused(502), 'in');
  await vi.advanceTimersByTimeAsync(6_000);
  expect(await end).toEqual({ token: 'in' });
  expect(asked).toEqual([undefined, 'mine', 'mine', 'mine']);
  expect(positions).toEqual([1, undefined]);
});

test('fails when the position has expired without a response', async () => {
  const { asked, end } = caller(busy(1), unanswered);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await end).toEqual({ error: unanswered });
  expect(asked).toHaveLength(6);
});

test.each([
  ['before the queue', [refused(503)], 1],
  ['in the queue', [busy(1), refused(422)], 2],
])('other errors end the wait: %s', async (_when, answers, askings) => {
  const { asked, end } = caller(...answers);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await end).toEqual({ error: answers.at(-1) });
  expect(asked).toHaveLength(askings);
});

test('leaving stops the requests', async () => {
  const { asked, positions, leave, end } = caller(busy(1));
  await vi.advanceTimersByTimeAsync(500);
  leave();
  expect(await end).toHaveProperty('error.name', 'AbortError');
  await vi.advanceTimersByTimeAsync(60_000);
  expect([asked, positions]).toEqual([[undefined], [1]]);
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  ['2026-11-26T12:00:00.000Z', true],
  ['tomorrow', false],
])('an invitation that expires at %s is one: %s', async (expires_at, isOne) => {
  const link = { url: 'https://example.com/join/Xk2', expires_at };
  vi.stubGlobal('fetch', async () => Response.json(link, { status: 201 }));
  const asked = requestInvitation('room', 'stay').catch((error: unknown) => error);
  expect(await asked).toEqual(isOne ? link : expect.any(ApiError));
});
