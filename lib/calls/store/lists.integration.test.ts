import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent } from '@/lib/calls/event';
import type { CallFilter } from '@/lib/calls/store/read-calls';
import { calls } from '@/lib/calls/store/schema';
import { endsOf } from '@/lib/calls/store/stats-columns';
import { withDatabase } from '@/lib/db/database';
import { server } from '@/lib/server';
import { eventAt, T0 } from '@/lib/testing/call-events';
import { storeOn } from '@/lib/testing/calls-database';
import { databases } from '@/lib/testing/databases';
import { endServer } from '@/lib/testing/server';

const MINUTE = 60_000;

/** Call `n`, requested `n` minutes after the first; every second one is in progress. */
function call(n: number, agent: string, deployment: string, text: string): StoredEvent[] {
  const at = n * MINUTE;
  const own = { call: `c${n}`, room: `r${n}`, roomSid: `S${n}` };
  const identity = 'x';
  const one = [
    eventAt(
      'requested',
      at,
      { origin: 'page', agent, deployment, identity, name: `Caller ${n}` },
      own,
    ),
    eventAt('agent_joined', at, { identity: 'a', agent, deployment, worker: 'w' }, own),
    eventAt(
      'turn',
      at,
      {
        ...{ speaker: 'caller', identity, by: 'x', text, startedAt: T0 + at, endedAt: T0 + at },
      },
      own,
    ),
    ...(n % 2 === 0
      ? [eventAt('ended', at + 1_000, { why: n % 4 === 0 ? 'caller-left' : 'goodbye' }, own)]
      : []),
    ...(n === 4 ? [eventAt('outcome', at, { outcome: 'gold' }, own)] : []),
    ...(n === 6 ? [eventAt('outcome', at, { outcome: 'message' }, own)] : []),
  ];
  return one.map((event) => ({ ...event, id: `${n}-${event.id}` }));
}

const made = [
  call(1, 'front-desk', 'production', 'When are you open?'),
  call(2, 'front-desk', 'staging', 'My knees are hurting'),
  call(3, 'billing', 'production', 'I paid the bill twice'),
  call(4, 'billing', 'production', 'My knee hurts'),
  call(5, 'front-desk', 'production', 'Is the bill for my knee paid?'),
  call(6, 'front-desk', 'production', "It's a test of; -- 'quotes' & | ! <-> ( *"),
];

describe.each(databases)('lists on %s', (_name, start) => {
  let place: Awaited<ReturnType<typeof start>>;
  let store: Awaited<ReturnType<typeof storeOn>>;
  const ids = async (filter: CallFilter) =>
    (await store.listCalls(server(), filter)).calls.map(({ id }) => Number(id.slice(1)));

  beforeAll(async () => {
    place = await start();
    store = await storeOn(place);
    for (const events of made) await store.storeEvents(server(), events, T0 + 10 * MINUTE);
  });
  afterAll(async () => {
    await endServer();
    await place?.remove();
  });

  it.each<[string, CallFilter, number[]]>([
    ['all, newest first', {}, [6, 5, 4, 3, 2, 1]],
    ['of an agent', { agent: 'billing' }, [4, 3]],
    ['of an unknown agent', { agent: 'bill' }, []],
    ['of a deployment', { deployment: 'staging' }, [2]],
    ['of an agent and a deployment', { agent: 'billing', deployment: 'staging' }, []],
    ['by outcome', { outcome: 'message' }, [6]],
    ['by an outcome that no agent declares', { outcome: 'gold' }, [4]],
    ['by who ended them', { endedBy: 'agent' }, [6, 2]],
    ['live', { live: true }, [5, 3, 1]],
    ['over', { live: false }, [6, 4, 2]],
    ['from a time, up to another', { from: T0 + 2 * MINUTE, to: T0 + 4 * MINUTE }, [3, 2]],
    ['with a word, in any form', { text: 'knee' }, [5, 4, 2]],
    ['with two words', { text: 'knee hurt' }, [4, 2]],
    ['with one of two', { text: 'open or twice' }, [3, 1]],
    ['without a word', { text: 'knee -hurt' }, [5]],
    ['without a certain word', { text: 'knee -hurt' }, [5]],
    ['of a caller', { text: 'caller 4' }, [4]],
    ['with words and signs', { text: "quotes' & ( <->" }, [6]],
    ['with nothing but a sign', { text: '&' }, []],
    ['with characters that text cannot contain', { text: 'kn\0ee\ud800', agent: '\0' }, []],
    ['with a word and an agent', { text: 'bill', agent: 'billing' }, [3]],
  ])('%s', async (_, filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
  });

  it('lists and counts a handoff that an earlier release stored', async () => {
    const setOutcome = (outcome: string) =>
      withDatabase(server(), (db) => db.update(calls).set({ outcome }).where(eq(calls.id, 'c2')));
    await setOutcome('handed over');
    for (const outcome of ['handed off', 'handed over']) {
      const { calls: found } = await store.listCalls(server(), { outcome });
      expect(found.map((one) => [one.id, one.outcome])).toEqual([['c2', 'handed off']]);
    }
    const row = { endedBy: 'agent', calls: 2 } as const;
    const rows = ['handed over', 'handed off'].map((outcome) => ({ ...row, outcome }));
    expect(endsOf(rows).outcomes).toEqual({ 'handed off': 4 });
    await setOutcome('none');
  });

  it.each([1, 2, 3, 6])('page by page, %i at a time, without duplicates', async (limit) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.listCalls(server(), { limit, cursor });
      expect(page.calls.length).toBeLessThanOrEqual(limit);
      seen.push(...page.calls.map(({ id }) => id));
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual(['c6', 'c5', 'c4', 'c3', 'c2', 'c1']);
  });

  it('continues the pages of a filter, even after a new call', async () => {
    const first = await store.listCalls(server(), { text: 'knee', limit: 2 });
    await store.storeEvents(
      server(),
      call(7, 'front-desk', 'production', 'knee'),
      T0 + 10 * MINUTE,
    );
    const rest = await store.listCalls(server(), { text: 'knee', limit: 2, cursor: first.next });
    expect(rest).toMatchObject({ calls: [{ id: 'c2' }], next: undefined });
    await store.deleteCall(server(), 'c7');
  });

  it.each(['x', 'bnVsbA', Buffer.from('["1",2]').toString('base64url')])(
    'refuses the cursor %s',
    async (cursor) => {
      await expect(store.listCalls(server(), { cursor })).rejects.toMatchObject({
        kind: 'invalid-request',
      });
    },
  );

  it('finds the neighbours of a call', async () => {
    expect(await store.neighbours(server(), 'c3')).toEqual({ newer: 'c4', older: 'c2' });
    expect(await store.neighbours(server(), 'c1')).toEqual({ newer: 'c2', older: undefined });
    expect(await store.neighbours(server(), 'c6')).toEqual({ newer: undefined, older: 'c5' });
    expect(await store.neighbours(server(), 'c99')).toEqual({});
    expect(await store.readTimeline(server(), 'c99')).toBeUndefined();
    expect(await store.readTimeline(server(), 'c\0')).toBeUndefined();
  });
});
