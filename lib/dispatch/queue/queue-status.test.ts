// What of an answer is a place in line, and when it has to be asked for again.
import { expect, test } from 'vitest';
import { Problem, problemResponse } from '@/lib/core/problem';
import { LOST_MS } from '@/lib/dispatch/queue/queue';
import { placeIn } from './queue-status';

/** The server's own answer, as a page gets it. */
async function answered(retryAfter: string, line?: { place: number; ticket: string }) {
  const response = problemResponse(
    new Problem('agents-busy', 'All are taken.', line && { line }, { 'retry-after': retryAfter }),
  );
  const { status, headers } = response;
  return { status, retryAfter: headers.get('retry-after'), body: await response.text() };
}

test('a place in line', async () => {
  const line = { place: 3, ticket: 't-1' };
  expect(placeIn(await answered('2', line))).toEqual({ ...line, askAgainMs: 2_000 });
});

test.each([
  ['0', 1_000],
  ['-1', 1_000],
  ['soon', 1_000],
  ['3600', LOST_MS / 2],
])('Retry-After %s', async (retryAfter, ms) => {
  const answer = await answered(retryAfter, { place: 1, ticket: 't' });
  expect(placeIn(answer)?.askAgainMs).toBe(ms);
});

test('no place: a line that is full, and any other refusal', async () => {
  const full = await answered('2');
  expect(full.status).toBe(503);
  expect(placeIn(full)).toBeUndefined();
  const inLine = await answered('2', { place: 1, ticket: 't' });
  expect(placeIn({ ...inLine, status: 422 })).toBeUndefined();
  expect(placeIn({ ...inLine, body: '<html>' })).toBeUndefined();
  expect(placeIn({ ...inLine, body: '{"line":{"place":0,"ticket":"t"}}' })).toBeUndefined();
});
