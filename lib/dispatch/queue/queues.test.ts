// What a start asks of the database that the web processes share. The queues themselves: `queue.test.ts`.
import { afterEach, expect, it, vi } from 'vitest';
import { TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { countedStart } from '@/lib/dispatch/queue/queues';
import { testServer } from '@/lib/testing/server';

afterEach(() => vi.useRealTimers());

const OF = { agent: 'front-desk', deployment: 'production' };

/** A start on a database that never answers. */
function start(headers: HeadersInit, count: () => Promise<void>) {
  const server = testServer({ DATABASE_URL: 'postgres://127.0.0.1:9/none' });
  server.database.current = { opening: new Promise(() => {}) };
  const request = new Request('http://localhost/api/token', { method: 'POST', headers });
  return countedStart(server, request, OF, 'ticket', count);
}

it('reads the queue only for a caller who has a ticket, and counts them without it', async () => {
  vi.useFakeTimers();
  const count = vi.fn(async () => {});
  await start({}, count);
  expect(count).toHaveBeenCalledOnce();
  const waiting = start({ [TICKET_HEADER]: 'ticket' }, count);
  await vi.advanceTimersByTimeAsync(900);
  expect(count).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(200);
  await waiting;
  expect(count).toHaveBeenCalledTimes(2);
});
