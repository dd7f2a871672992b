// With many calls, no list, search, page, statistic, write or deletion reads all of them. Counted by PostgreSQL, not timed.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deleteCall } from '@/lib/calls/store/delete-calls';
import { type CallFilter, liveIds, readLiveEvents } from '@/lib/calls/store/read-calls';
import { readLiveCounts } from '@/lib/calls/store/read-stats';
import { deleteOld } from '@/lib/calls/store/retention';
import { windowAt } from '@/lib/calls/view/agent-stats';
import { callDetail } from '@/lib/calls/view/one-call';
import { withDatabase } from '@/lib/db/database';
import { lastWebhookH } from '@/lib/doctor/production-checklist';
import { server } from '@/lib/server';
import { usualCall } from '@/lib/testing/call-events';
import { manyCalls } from '@/lib/testing/many-calls';

/** Rows that a page may read: a page has 50 calls, and one of ten calls is on staging. */
const PAGE_ROWS = 600;

let many: Awaited<ReturnType<typeof manyCalls>>;
beforeAll(async () => {
  many = await manyCalls();
});
afterAll(() => many?.remove());

const MINUTE = 60_000;
it.each<[string, CallFilter | ((now: number) => CallFilter)]>([
  ['the newest', {}],
  ['Past', { live: false }],
  ['Live', { live: true }],
  ['an agent of most calls', { agent: 'front-desk' }],
  ['an agent of few calls', { agent: 'line-check' }],
  ['an agent of none', { agent: 'nobody' }],
  ['a deployment', { deployment: 'staging' }],
  ['an agent and a deployment', { agent: 'line-check', deployment: 'staging' }],
  ['an outcome', { outcome: 'appointment' }],
  ['an outcome of none', { outcome: 'gold' }],
  ['who ended them', { endedBy: 'agent' }],
  ['who ended none', { endedBy: 'lost' }],
  ['some time', (now) => ({ from: now - 100 * MINUTE, to: now - 50 * MINUTE })],
  ['test calls', { test: true }],
  ['no test calls', { test: false, live: false }],
  ['an account', { account: 'account-1' }],
  ['an account, by a word', { account: 'account-1', text: 'rare7' }],
  ['a word of all', { text: 'appointment' }],
  ['a word of few', { text: 'rare7' }],
  ['a word of none', { text: 'xylophone' }],
  ['words of all and of few', { text: 'appointment rare7' }],
  ['a phrase', { text: '"tuesday morning"' }],
  ['a word and an agent', { text: 'appointment', agent: 'line-check' }],
])('a list reads little: %s', async (_, filter) => {
  const { whole, rows } = await many.reads(() =>
    many.store.listCalls(server(), typeof filter === 'function' ? filter(many.now) : filter),
  );
  expect(whole).toEqual([]);
  expect(rows).toBeLessThan(PAGE_ROWS);
});

// Before any other is written.
it('the production checklist finds the last webhook, and reads little', async () => {
  let hours: number | undefined;
  const { whole, rows } = await many.reads(async () => {
    hours = await lastWebhookH(server());
  });
  // It arrived with the last call.
  expect(hours).toBeCloseTo((Date.now() - many.now) / 3_600_000, 1);
  expect(whole).toEqual([]);
  expect(rows).toBeLessThan(100);
});

it.each<[string, () => Promise<unknown>]>([
  ['a call', () => callDetail(server(), 'usual')],
  ['whether an account has a call', () => many.store.isOfAccount(server(), 'call-10', 'account-1')],
  ['neighbours', () => many.store.neighbours(server(), 'call-1500')],
  ['neighbours of an account', () => many.store.neighbours(server(), 'call-1500', 'account-1')],
  ['whether calls are open', () => many.store.hasOpenCalls(server())],
  ['counters', () => withDatabase(server(), (db) => readLiveCounts(db))],
  ['calls in progress', () => liveIds(server())],
  ['their events', () => readLiveEvents(server())],
  ['lost calls', () => many.store.closeLostCalls(server(), new Set(), many.now)],
  ['statistics of an hour', () => many.store.agentStats(server(), windowAt('hour', many.now))],
  [
    'writing a call',
    () =>
      many.store.storeEvents(
        server(),
        usualCall().map((one) => ({ ...one, id: `w-${one.id}`, call: 'written' })),
      ),
  ],
  ['deleting a call', () => deleteCall(server(), 'call-30')],
  ['retention', () => deleteOld(server(), many.now)],
])('reads little: %s', async (what, work) => {
  if (what === 'a call') {
    await many.store.storeEvents(
      server(),
      usualCall().map((one) => ({ ...one, call: 'usual' })),
    );
  }
  const { whole, rows } = await many.reads(work);
  expect(whole).toEqual([]);
  expect(rows).toBeLessThan(PAGE_ROWS);
});
