// Merging a refreshed page: no duplicates, nothing lost, and nothing that was deleted.
import { expect, test } from 'vitest';
import type { CallSummary } from '@/lib/calls/call';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { appendPage, mergePage } from '@/lib/calls/view/merge-page';
import { sampleCall } from '@/lib/testing/calls';

const model = foldCall(sampleCall(1, 0).map((event) => ({ ...event, arrivedAt: event.at }))).call;
/** Calls by the second of their request. */
const page = (seconds: number[], next?: string) => ({
  calls: seconds.map((at): CallSummary => ({ ...model, id: `c${at}`, requestedAt: at * 1_000 })),
  next,
});
const seconds = ({ calls }: { calls: readonly CallSummary[] }) =>
  calls.map(({ requestedAt }) => requestedAt / 1_000);

test.each([
  ['nothing new', [9, 8, 7, 6, 5], [9, 8, 7], [9, 8, 7, 6, 5]],
  ['one on top', [9, 8, 7, 6, 5], [10, 9, 8], [10, 9, 8, 7, 6, 5]],
  ['one that was requested earlier', [9, 7, 6], [9, 8, 7], [9, 8, 7, 6]],
  ['one deleted', [9, 8, 7, 6], [9, 7, 6], [9, 7, 6]],
  ['more than a page', [3, 2, 1], [9, 8, 7], [9, 8, 7]],
  ['only an older call of the page is known', [6, 5, 4], [9, 8, 6], [9, 8, 6, 5, 4]],
])('%s', (_, known, first, expected) => {
  const merged = mergePage(page(known, 'older'), page(first, 'next'));
  expect(seconds(merged)).toEqual(expected);
  const whole = expected.length === first.length;
  expect(merged.next).toBe(whole ? 'next' : 'older');
});

test('the last page replaces the list', () => {
  expect(mergePage(page([9, 8, 7], 'older'), page([9])).calls).toHaveLength(1);
  expect(mergePage(page([], undefined), page([9, 8], 'next')).next).toBe('next');
});

test('changed calls are taken from the page', () => {
  const known = page([9, 8], 'older');
  const fresh = page([9], 'next');
  const [call] = fresh.calls;
  const changed = { ...fresh, calls: [{ ...(call as CallSummary), turns: 99 }] };
  expect(mergePage(known, changed).calls[0]?.turns).toBe(99);
});

test('older calls are added once', () => {
  const appended = appendPage(page([9, 8], 'a'), page([8, 7], 'b'));
  expect(seconds(appended)).toEqual([9, 8, 7]);
  expect(appended.next).toBe('b');
});
