import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENTS_MAX, type StoredEvent } from '@/lib/calls/event';
import { deleteOld } from '@/lib/calls/store/retention';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { windowAt } from '@/lib/calls/view/agent-stats';
import { server } from '@/lib/server';
import { asInEarlierRelease, eventAt, T0, usualCall } from '@/lib/testing/call-events';
import { storeOn } from '@/lib/testing/calls-database';
import { databases } from '@/lib/testing/databases';
import { endServer } from '@/lib/testing/server';

/** An event without its arrival, which the store adds. */
const sent = ({ arrivedAt: _, ...event }: StoredEvent) => event;
/** The same call with other names, because tests share a database. */
const renamed = (events: readonly StoredEvent[], name: string) =>
  events.map((event) => ({
    ...event,
    id: `${name}-${event.id}`,
    call: event.call && `${name}-${event.call}`,
    room: `${name}-${event.room}`,
    roomSid: event.roomSid && `${name}-${event.roomSid}`,
  }));
const ARRIVED = T0 + 31_000;

describe.each(databases)('calls on %s', (_name, start) => {
  let place: Awaited<ReturnType<typeof start>>;
  let store: Awaited<ReturnType<typeof storeOn>>;

  beforeAll(async () => {
    place = await start();
    store = await storeOn(place);
    await store.listCalls(server());
  });
  afterAll(async () => {
    await endServer();
    await place?.remove();
  });

  const add = (events: readonly StoredEvent[], arrivedAt = ARRIVED) =>
    store.storeEvents(server(), events.map(sent), arrivedAt);

  it('stores a call and returns it as it is folded', async () => {
    const events = renamed(usualCall(), 'plain');
    await add(events);
    const kept = events.map((event) => ({ ...event, call: 'plain-c1', arrivedAt: ARRIVED }));
    expect(await store.readTimeline(server(), 'plain-c1')).toEqual(foldCall(kept));
    const { calls } = await store.listCalls(server(), { text: 'tuesday' });
    expect(calls).toEqual([foldCall(kept).call]);
  });

  it('reads the names that an earlier release stored', async () => {
    const handoffs = [
      eventAt('outcome', 20_000, { outcome: 'handed off' }),
      eventAt('agent_left', 20_500, { identity: 'a-1', agent: 'front-desk', why: 'handoff' }),
    ];
    const events = renamed([...usualCall(), ...handoffs], 'before');
    await add(events.map(asInEarlierRelease));
    const kept = events.map((event) => ({ ...event, call: 'before-c1', arrivedAt: ARRIVED }));
    expect(await store.readTimeline(server(), 'before-c1')).toEqual(foldCall(kept));
    expect(await store.leftBy(server(), 'before-c1', 'before-r1', 'ann-1')).toEqual([
      { roomSid: 'before-RM_1', why: 'room-deleted' },
    ]);
  });

  // Each kind of word takes more in PostgreSQL's search vector than in the text.
  it.each([
    ['words', (n: number) => n.toString(36)],
    [
      'words with hyphens',
      (n: number) => `a${n.toString(36)}-b${n.toString(36)}-c${n.toString(36)}`,
    ],
    ['pages', (n: number) => `${n.toString(36)}.de/${n.toString(36)}/a.htm`],
    ['addresses', (n: number) => `${n.toString(36)}@${n.toString(36)}.example`],
    ['files and numbers', (n: number) => `/${n}/b.c ${n}.${n}.1 -${n}e5`],
    [
      'words of four bytes a letter',
      (n: number) =>
        [...n.toString(8)].map((digit) => String.fromCodePoint(0x10428 + Number(digit))).join(''),
    ],
    [
      'words of three bytes a letter',
      (n: number) => String.fromCodePoint(0x4e00 + (n % 20_000), 0x4e00 + Math.floor(n / 20_000)),
    ],
  ])('stores a caller who types nothing but different %s', async (kind, word) => {
    const [first] = usualCall();
    const turn = usualCall().find(({ what }) => what.kind === 'turn');
    if (!first || !turn) throw new Error('the usual call has a turn');
    const typed: string[] = [];
    for (let n = 0; typed.join(' ').length < 300_000; ) {
      typed.push(Array.from({ length: 1_000 }, () => word(n++)).join(' '));
    }
    const texts = typed.join(' ').match(/.{1,8000}/gsu) ?? [];
    const turns = texts.map((text, n) => ({
      ...turn,
      id: `t${n}`,
      what: { ...turn.what, text } as typeof turn.what,
    }));
    await add(renamed([first, ...turns], kind));
    const { calls } = await store.listCalls(server(), { text: word(0).split(' ')[0] });
    expect(calls.map(({ id }) => id)).toContain(`${kind}-c1`);
  });

  it('stores a topic that is cut within a character', async () => {
    const call = renamed(usualCall(), 'cut');
    const turn = call.find(({ what }) => what.kind === 'turn' && what.speaker === 'caller');
    if (turn?.what.kind !== 'turn') throw new Error('the usual call has a turn');
    const { what } = turn;
    const said = (text: string) => ({ ...turn, id: `cut-${text}`, what: { ...what, text } });
    await add(call.map((event) => (event === turn ? said('😀'.repeat(200)) : event)));
    // The call is updated.
    await add([{ ...said('bye'), at: turn.at + 1 }]);
    const { calls } = await store.listCalls(server(), {});
    expect(calls.find(({ id }) => id === 'cut-c1')?.topic).toMatch(/😀\ufffd…$/u);
  });

  it('a flood of events costs a limited number of rows and folds, and the result is a full fold', async () => {
    const { onStored } = await import('@/lib/calls/store/stored-events');
    const call = renamed(usualCall(), 'flood');
    const end = call.filter(({ what }) => ['room_finished', 'person_left'].includes(what.kind));
    const begin = call.filter((event) => !end.includes(event));
    const turn = begin.find(({ what }) => what.kind === 'turn') as StoredEvent;
    let folds = 0;
    const stop = onStored(server(), ({ calls }) => {
      folds += calls.length;
    });
    await add(begin, T0);
    // Four batches a second for 15 s.
    for (let batch = 0; batch < 60; batch += 1) {
      const turns = Array.from({ length: 100 }, (_, n) => ({ ...turn, id: `flood-${batch}-${n}` }));
      await add(turns, T0 + 250 * batch);
    }
    stop();
    expect(folds).toBeLessThan(20);
    await add(end);
    const timeline = await store.readTimeline(server(), 'flood-c1');
    const turns = timeline?.marks.filter(({ kind }) => kind === 'turn') ?? [];
    expect(turns.length).toBeGreaterThan(EVENTS_MAX - 2 * begin.length);
    expect(timeline?.marks.length).toBeLessThanOrEqual(EVENTS_MAX + 1 + end.length);
    const errors = timeline?.marks.filter(
      (mark) => mark.kind === 'event' && mark.what.kind === 'error' && mark.what.where === 'events',
    );
    expect(errors).toHaveLength(1);
    expect(timeline?.call.endedAt).toBeDefined();
    const { calls } = await store.listCalls(server(), { limit: 100 });
    expect(calls.find(({ id }) => id === 'flood-c1')).toEqual(timeline?.call);
    // More of them changes nothing.
    await add([{ ...turn, id: 'flood-late' }]);
    expect(await store.readTimeline(server(), 'flood-c1')).toEqual(timeline);
  });

  it.each(['22P05', '54000'])(
    'refuses data that PostgreSQL can never store, and stores the rest (%s)',
    async (state) => {
      const { withDatabase } = await import('@/lib/db/database');
      const { deliverToStore } = await import('@/lib/calls/ingest/store-calls');
      await withDatabase(server(), async (db) => {
        await db.execute(
          sql.raw(`create or replace function refuse() returns trigger language plpgsql as $$
        begin
          if new.id like '%poison%' then raise exception 'no' using errcode = '${state}'; end if;
          return new;
        end $$`),
        );
        await db.execute(
          sql`create or replace trigger refuse before insert on events for each row execute function refuse()`,
        );
      });
      const call = renamed(usualCall(), `refused-${state}`);
      const poisoned = call.map((event, n) =>
        n === 2 ? { ...event, id: `poison-${state}` } : event,
      );
      const refused = expect.objectContaining({ kind: 'not-storable' });
      await expect(add(poisoned)).rejects.toEqual(refused);
      expect(await deliverToStore(server())(poisoned.map(sent), new AbortController().signal)).toBe(
        'refused',
      );
      expect(
        await deliverToStore(server())(
          call.filter((_, n) => n !== 2).map(sent),
          new AbortController().signal,
        ),
      ).toBe('taken');
      const { marks = [] } = (await store.readTimeline(server(), `refused-${state}-c1`)) ?? {};
      expect(marks).toHaveLength(foldCall(call.filter((_, n) => n !== 2)).marks.length);
    },
  );

  it('returns the same call for any order, duplicates and batches', async () => {
    let run = 0;
    const batches = fc
      .tuple(
        fc.shuffledSubarray(usualCall(), { minLength: usualCall().length }),
        fc.array(fc.constantFrom(...usualCall()), { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }),
      )
      .map(([all, again, sizes]) => {
        const rest = [...all, ...again];
        const split = sizes.map((size) => rest.splice(0, size));
        return [...split, rest].filter((batch) => batch.length > 0);
      });
    await fc.assert(
      fc.asyncProperty(batches, async (arriving) => {
        const name = `run${run++}`;
        for (const batch of arriving) await add(renamed(batch, name));
        const kept = renamed(usualCall(), name).map((event) => ({
          ...event,
          call: `${name}-c1`,
          arrivedAt: ARRIVED,
        }));
        expect(await store.readTimeline(server(), `${name}-c1`)).toEqual(foldCall(kept));
        // No part of it became a separate call.
        expect(await store.readTimeline(server(), `room-${name}-RM_1`)).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });

  it('lists and counts a call only once its caller has joined', async () => {
    const own = { call: 'token', room: 'token', roomSid: undefined };
    const agent = { agent: 'of-a-token', deployment: 'production' };
    const asked = [
      eventAt('requested', 0, { origin: 'page', ...agent, identity: 'x' }, own),
      eventAt('token_minted', 8, { ms: 8 }, own),
      eventAt('dispatched', 8, { ...agent, by: 'token' }, own),
      // The room and its agent are there before the caller (`createRoomEarly`).
      eventAt('agent_joined', 400, { identity: 'a', ...agent, worker: 'w' }, own),
    ].map((event) => ({ ...event, id: `token-${event.id}` }));
    const listed = async () =>
      (await store.listCalls(server(), { agent: agent.agent })).calls.map(({ id }) => id);
    const counted = async () =>
      (await store.agentStats(server(), windowAt('hour', ARRIVED))).filter(
        (one) => one.agent === agent.agent,
      ).length;
    await add(asked);
    expect(await listed()).toEqual([]);
    expect(await counted()).toBe(0);
    expect((await store.readTimeline(server(), 'token'))?.call.id).toBe('token');
    const joined = { identity: 'x', name: '', role: 'caller' } as const;
    await add([eventAt('person_joined', 500, joined, { ...own, id: 'token-joined' })]);
    expect(await listed()).toEqual(['token']);
    expect(await counted()).toBe(1);
  });

  it('supports concurrent writers of one call', async () => {
    for (let round = 0; round < 4; round += 1) {
      const events = renamed(usualCall(), `many${round}`);
      // Events with and without the call's id start at the same time.
      const mixed = events.toSorted((a, b) => a.id.length - b.id.length);
      await Promise.all([...mixed, ...mixed.toReversed()].map((event) => add([event])));
      const timeline = await store.readTimeline(server(), `many${round}-c1`);
      expect(timeline?.marks).toHaveLength(events.length);
      const { calls } = await store.listCalls(server(), { limit: 100 });
      const own = calls.filter(({ room }) => room === `many${round}-r1`);
      expect(own).toEqual([timeline?.call]);
    }
  });

  it('supports concurrent writers of calls that share rooms, in any order', async () => {
    const inRoom = (number: number, room: string) =>
      eventAt(
        'error',
        number,
        { where: 'here', message: 'there' },
        {
          ...{ id: `ring-${number}-${room}`, room: `ring-${room}` },
          ...{ call: `ring-${number % 4}`, roomSid: undefined },
        },
      );
    // Rooms in a different order each time, plus rooms of their own, so that they share only the call with others.
    const batches = Array.from({ length: 60 }, (_, number) => {
      const rooms = ['x', 'y', 'z', 'x', 'y'].slice(number % 3, (number % 3) + 3);
      return (number < 20 ? rooms : [`own${number}`]).map((room) => inRoom(number, room));
    });
    await Promise.all(batches.map((each) => add(each)));
    const timelines = await Promise.all(
      [0, 1, 2, 3].map((n) => store.readTimeline(server(), `ring-${n}`)),
    );
    const errors = timelines.map((timeline) => timeline?.call.errors ?? 0);
    expect(errors.reduce((sum, one) => sum + one)).toBe(batches.flat().length);
    const { calls } = await store.listCalls(server(), { limit: 100 });
    for (const timeline of timelines) expect(calls).toContainEqual(timeline?.call);
  });

  it('finds the call of an event by its room, and creates a call for what is left', async () => {
    const bare = { call: undefined, source: 'livekit' };
    await add([
      eventAt('room_started', 0, {}, { ...bare, id: 'lone-1', room: 'lone', roomSid: 'lone-S1' }),
      eventAt(
        'error',
        5,
        { where: 'x', message: 'y' },
        { ...bare, id: 'lone-2', room: 'lone', roomSid: undefined },
      ),
      eventAt('room_finished', 9, {}, { ...bare, id: 'lone-3', room: 'lone', roomSid: 'lone-S1' }),
    ]);
    await add([
      eventAt('room_started', 20, {}, { ...bare, id: 'lone-4', room: 'lone', roomSid: 'lone-S2' }),
    ]);
    const [first, second] = await Promise.all(
      ['room-lone-S1', 'room-lone-S2'].map((id) => store.readTimeline(server(), id)),
    );
    expect(first?.marks.map(({ id }) => id)).toEqual(['lone-1', 'lone-2', 'lone-3']);
    expect(second?.marks.map(({ id }) => id)).toEqual(['lone-4']);
    expect(second?.call).toMatchObject({ origin: 'other', caller: '', endedAt: undefined });
  });

  it('keeps a caller who moves to another room in one call', async () => {
    const next = { id: 'moved-2', room: 'moved-r2', roomSid: 'moved-S2' };
    await add(renamed(usualCall().slice(0, 6), 'moved'));
    await add([eventAt('room_started', 5_000, {}, { ...next, call: undefined })]);
    expect(await store.readTimeline(server(), 'room-moved-S2')).toBeDefined();
    const heard: (string | undefined)[] = [];
    const stop = store.onCallChanged(server(), (id) => heard.push(id));
    const person = { identity: 'ann-1', name: 'Ann', role: 'caller' } as const;
    await add([
      eventAt('person_joined', 5_100, person, { ...next, id: 'moved-3', call: 'moved-c1' }),
      eventAt(
        'turn',
        6_000,
        {
          ...{ speaker: 'caller', identity: 'ann-1', by: 'Ann', text: 'Zebra crossing' },
          ...{ startedAt: T0 + 5_500, endedAt: T0 + 6_000 },
        },
        { ...next, id: 'moved-4', call: undefined },
      ),
    ]);
    stop();
    await add([eventAt('error', 6_500, { where: 'x', message: 'y' }, { ...next, id: 'moved-5' })]);
    expect(await store.readTimeline(server(), 'room-moved-S2')).toBeUndefined();
    // Ann has joined twice, which is shown once.
    expect((await store.readTimeline(server(), 'moved-c1'))?.marks).toHaveLength(8);
    expect((await store.listCalls(server(), { text: 'zebras' })).calls.map(({ id }) => id)).toEqual(
      ['moved-c1'],
    );
    expect(heard).toEqual(['moved-c1', 'room-moved-S2']);
  });

  it('accepts text that PostgreSQL would refuse, and more words than it can index', async () => {
    const words = Array.from({ length: 60 }, (_, n) =>
      Array.from({ length: 1_600 }, (_, m) => ((n * 1_600 + m) * 7_919).toString(36)).join(' '),
    );
    await add(
      words.map((text, at) =>
        eventAt(
          'turn',
          at,
          {
            ...{ speaker: 'caller', identity: 'x', by: 'a\0b\ud800', text: text.slice(0, 8_000) },
            ...{ startedAt: T0, endedAt: T0 },
          },
          { id: `odd-${at}`, call: 'odd', room: 'odd', roomSid: undefined },
        ),
      ),
    );
    const [mark] = (await store.readTimeline(server(), 'odd'))?.marks ?? [];
    expect(mark).toMatchObject({ kind: 'turn', by: 'a\ufffdb\ufffd' });
  });

  it('reads a call with a stored event of an unknown kind', async () => {
    const events = renamed(usualCall(), 'older');
    const [last, ...others] = events.toReversed();
    await add(others);
    const { withDatabase } = await import('@/lib/db/database');
    await withDatabase(server(), (db) =>
      db.execute(`insert into events (id, call, room, source, at, arrived_at, kind, data)
        values ('older-x', 'older-c1', 'older-room', 'worker:w', ${T0}, ${ARRIVED}, 'message_taken',
          '{"kind":"message_taken","reference":"M1","text":"Call me"}')`),
    );
    await add([last as StoredEvent]);
    const kept = events.map((event) => ({ ...event, call: 'older-c1', arrivedAt: ARRIVED }));
    expect(await store.readTimeline(server(), 'older-c1')).toEqual(foldCall(kept));
  });

  it('deletes a call with all its data', async () => {
    await add(renamed(usualCall(), 'gone'));
    const heard: (string | undefined)[] = [];
    const stop = store.onCallChanged(server(), (id) => heard.push(id));
    expect(await store.deleteCall(server(), 'gone-c1')).toEqual([]);
    expect(await store.deleteCall(server(), 'gone-c1')).toBeUndefined();
    stop();
    expect(heard).toEqual(['gone-c1']);
    expect(await store.readTimeline(server(), 'gone-c1')).toBeUndefined();
  });

  it('deletes expired calls, and writing deletes none', async () => {
    await add(renamed(usualCall(), 'old'));
    const later = ARRIVED + 90 * 24 * 3_600_000;
    await add(
      renamed(usualCall(), 'new').map((event) => ({ ...event, at: later })),
      later,
    );
    expect(await store.readTimeline(server(), 'old-c1')).toBeDefined();
    await deleteOld(server(), later);
    expect(await store.readTimeline(server(), 'old-c1')).toBeUndefined();
    expect(await store.readTimeline(server(), 'new-c1')).toBeDefined();
  });
});
