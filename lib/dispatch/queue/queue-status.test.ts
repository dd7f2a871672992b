// Reading the queue position from a response, and when to ask again.
import { expect, test } from 'vitest';
import { Problem, problemResponse } from '@/lib/core/problem';
import { POSITION_EXPIRES_MS } from '@/lib/dispatch/queue/queue';
import { queuePositionIn } from '@/lib/dispatch/queue/queue-status';

/** The server's response, as a page gets it. */
async function answered(retryAfter: string, queue?: { position: number; ticket: string }) {
  const response = problemResponse(
    new Problem('agents-busy', 'All are taken.', queue && { queue }, { 'retry-after': retryAfter }),
  );
  const { status, headers } = response;
  return { status, retryAfter: headers.get('retry-after'), body: await response.text() };
}

test('reads a queue position', async () => {
  const queue = { position: 3, ticket: 't-1' };
  const expected = { ...queue, askAgainMs: 2_000 };
  expect(queuePositionIn(await answered('2', queue))).toEqual(expected);
  const queued = JSON.stringify({ state: 'queued', ...queue });
  expect(queuePositionIn({ status: 202, retryAfter: '2', body: queued })).toEqual(expected);
  const former = '{"line":{"place":3,"ticket":"t-1"}}';
  expect(queuePositionIn({ status: 503, retryAfter: '2', body: former })).toEqual(expected);
});

test.each([
  ['0', 1_000],
  ['-1', 1_000],
  ['soon', 1_000],
  ['3600', POSITION_EXPIRES_MS / 2],
])('Retry-After %s', async (retryAfter, ms) => {
  const answer = await answered(retryAfter, { position: 1, ticket: 't' });
  expect(queuePositionIn(answer)?.askAgainMs).toBe(ms);
});

test('reads no position from a full queue or another refusal', async () => {
  const full = await answered('2');
  expect(full.status).toBe(503);
  expect(queuePositionIn(full)).toBeUndefined();
  const queued = await answered('2', { position: 1, ticket: 't' });
  expect(queuePositionIn({ ...queued, status: 422 })).toBeUndefined();
  expect(queuePositionIn({ ...queued, body: '<html>' })).toBeUndefined();
  expect(queuePositionIn({ ...queued, status: 202, body: '{"state":"late"}' })).toBeUndefined();
  expect(
    queuePositionIn({ ...queued, body: '{"queue":{"position":0,"ticket":"t"}}' }),
  ).toBeUndefined();
});
