// The diary and the messages in both databases.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CallEvent } from '@/lib/calls/event';
import { storeOn, type TestDatabase } from '@/lib/testing/calls-database';
import { databases } from '@/lib/testing/databases';
import type { BookRequest, CancelRequest } from '../desk';

/** Another for each test: a deleted call stays deleted. */
let call = 'c-0';
const room = () => `room-of-${call}`;

const NOW = Date.parse('2026-11-20T15:00:00Z');
const diary = (request: string, wish: Partial<BookRequest['wish']> = {}): BookRequest => ({
  ask: 'book',
  deployment: 'production',
  request,
  where: { room: room(), call },
  wish: {
    ...{ day: '2026-11-27', minute: 870, minutes: 15, service: 'blood test', name: 'Ann' },
    ...{ people: ['Doctor Lee'], zone: 'America/New_York', place: 'Willow Street Practice' },
    ...wish,
  },
});
const event = (id: string, what: CallEvent['what'], more: Partial<CallEvent> = {}): CallEvent => ({
  ...{ id: `${call}-${id}`, call, room: room(), source: 'worker:w-1', at: NOW, what },
  ...more,
});
const message = (text: string): CallEvent['what'] => ({
  ...{ kind: 'message_taken', reference: 'm1', deployment: 'production' },
  ...{ text, to: 'Doctor Lee', from: 'Ann', phone: '555 0199' },
});
const cancelling = (request: string, reference: string): CancelRequest => ({
  ...{ ask: 'cancel', deployment: 'production', request, reference },
  where: { room: room() },
});

describe.each(databases)('%s', (_, open) => {
  let place: Pick<TestDatabase, 'env' | 'remove'>;
  let calls: Awaited<ReturnType<typeof storeOn>>;
  let change: typeof import('./change-diary');
  let read: typeof import('./read-desk');
  let take: typeof import('./take-over');
  let db: typeof import('@/lib/calls/store/database');
  let tables: typeof import('./tables');

  async function start() {
    calls = await storeOn(place);
    [change, read, take, db, tables] = await Promise.all([
      import('./change-diary'),
      import('./read-desk'),
      import('./take-over'),
      import('@/lib/calls/store/database'),
      import('./tables'),
    ]);
  }
  const all = async () => (await read.readDesk({ from: '2026-01-01' }, NOW)).bookings;

  beforeAll(async () => {
    place = await open();
    await start();
  }, 60_000);
  afterEach(async () => {
    await db.withDatabase((one) => one.delete(tables.bookings));
    await db.withDatabase((one) => one.delete(tables.messages));
    await calls.deleteCall(call);
    call = `c-${Number(call.slice(2)) + 1}`;
  });
  afterAll(async () => {
    await calls.closeStore();
    await place.remove();
    vi.unstubAllEnvs();
  });

  it('gives a time that many want at once to one of them', async () => {
    const asks = Array.from({ length: 12 }, (_, i) => diary(`r${i}`, { name: `Caller ${i}` }));
    const got = await Promise.all(asks.map((one) => change.book(one, NOW)));
    expect(got.filter(Boolean)).toHaveLength(1);
    expect(await all()).toHaveLength(1);
  });

  it('gives it to as many as there are people for it', async () => {
    const people = ['Doctor Lee', 'Doctor Osei'];
    const asks = ['Ann', 'Ben', 'Cleo'].map((name) => diary(name, { name, people }));
    const got = await Promise.all(asks.map((one) => change.book(one, NOW)));
    expect(got.flatMap((one) => one?.person ?? []).sort()).toEqual(people);
  });

  it('books once, however often one request comes, also at once', async () => {
    const other = diary('same', { name: 'Ann' });
    const got = await Promise.all([1, 2, 3].map(() => change.book(other, NOW)));
    expect(new Set(got.map((one) => one?.reference)).size).toBe(1);
    expect(await all()).toHaveLength(1);
    // Also where the time has been moved since.
    const [booked] = got;
    await change.book(diary('move', { minute: 900, replaces: booked?.reference }), NOW);
    expect(await change.book(other, NOW)).toMatchObject({ minute: 900 });
    expect(await all()).toHaveLength(1);
  });

  it('keeps the diary of a deployment to itself', async () => {
    await change.book(diary('r1'), NOW);
    const staged = { ...diary('r2', { name: 'Ben' }), deployment: 'staging' };
    expect(await change.book(staged, NOW)).toBeDefined();
    const free = (deployment: string) => read.takenBetween(deployment, '2026-11-27', '2026-11-27');
    expect(await free('production')).toEqual([
      { day: '2026-11-27', minute: 870, minutes: 15, person: 'Doctor Lee' },
    ]);
    expect(await free('staging')).toHaveLength(1);
    expect(await free('elsewhere')).toEqual([]);
    expect(await read.takenBetween('production', '2026-11-28', '2026-12-28')).toEqual([]);
  });

  it('moves an appointment, which stays the same one', async () => {
    const first = await change.book(diary('r1'), NOW);
    const moved = await change.book(
      diary('r2', { minute: 875, replaces: first?.reference, people: ['Doctor Lee'] }),
      NOW + 5,
    );
    expect(moved?.reference).toBe(first?.reference);
    expect(await all()).toMatchObject([
      { minute: 875, sequence: 1, bookedAt: NOW, changedAt: NOW + 5, cancelledAt: undefined },
    ]);
    // Not onto somebody else's time.
    await change.book(diary('r3', { minute: 930, name: 'Ben' }), NOW);
    const onto = diary('r4', { minute: 930, replaces: first?.reference });
    expect(await change.book(onto, NOW)).toBeUndefined();
    expect((await all()).map(({ minute }) => minute)).toEqual([875, 930]);
  });

  it('cancels once, says the same to a request that comes again, and frees the time', async () => {
    const { reference = '' } = (await change.book(diary('r1'), NOW)) ?? {};
    const cancel = (request: string, of = reference) =>
      change.cancelInCall(cancelling(request, of), NOW + 9);
    expect(await cancel('x0', 'nobody')).toBe(false);
    expect(await cancel('x1')).toBe(true);
    expect(await cancel('x1')).toBe(true);
    expect(await cancel('x2')).toBe(false);
    expect(await all()).toMatchObject([
      { cancelledAt: NOW + 9, cancelledBy: 'call', sequence: 1, name: 'Ann' },
    ]);
    expect(await change.book(diary('r2', { name: 'Ben' }), NOW)).toBeDefined();
  });

  it('is cancelled by hand once, and who is not there is not found', async () => {
    await change.book(diary('r1'), NOW);
    const [{ id } = { id: '' }] = await all();
    await change.cancelByHand(id, NOW + 1);
    await change.cancelByHand(id, NOW + 2);
    expect(await read.readBooking(id)).toMatchObject({ cancelledAt: NOW + 1, cancelledBy: 'hand' });
    await expect(change.cancelByHand('nobody')).rejects.toMatchObject({ kind: 'unknown-booking' });
    await expect(read.readBooking('nobody')).rejects.toMatchObject({ kind: 'unknown-booking' });
  });

  it('shows what is to come where the practice is, and finds by a part of the name', async () => {
    const days = ['2026-11-19', '2026-11-20', '2026-11-21'];
    for (const day of days) await change.book(diary(day, { day, name: `Ann 50%_${day}` }), NOW);
    const shown = async (filter: object, now = NOW) =>
      (await read.readDesk(filter, now)).bookings.map(({ day }) => day);
    expect(await shown({})).toEqual(days.slice(1));
    // In New York it is the day before still.
    expect(await shown({}, Date.parse('2026-11-21T03:00:00Z'))).toEqual(days.slice(1));
    expect(await shown({}, Date.parse('2026-11-21T06:00:00Z'))).toEqual(days.slice(2));
    expect(await shown({ from: '2026-11-19', to: '2026-11-20' })).toEqual(days.slice(0, 2));
    expect(await shown({ name: 'aNN 50%_2026-11-21' })).toEqual(days.slice(2));
    expect(await shown({ name: '50__' })).toEqual([]);
    expect(await shown({ deployment: 'staging' })).toEqual([]);
  });

  it('makes a message of its event, once, whatever comes with it', async () => {
    const told = event('e1', message('Call me\0 back \ud800'));
    await calls.recordEvents([told, told, event('e2', { kind: 'ended', why: 'caller' })]);
    await calls.recordEvents([told]);
    const { messages } = await read.readDesk({}, NOW);
    expect(messages).toMatchObject([
      { id: `${call}-e1`, text: 'Call me\ufffd back \ufffd', to: 'Doctor Lee', from: 'Ann', call },
    ]);
    expect((await read.readDesk({ name: 'osei' }, NOW)).messages).toEqual([]);
    expect((await read.readDesk({ name: 'LEE' }, NOW)).messages).toHaveLength(1);
  });

  it('shows what a call left, and deletes the words with it but not the appointment', async () => {
    await change.book(diary('r1'), NOW);
    await calls.recordEvents([event('e1', message('Call me back'))]);
    const left = await read.leftByCall(call);
    expect(left).toMatchObject({ bookings: [{ call }], messages: [{ text: 'Call me back' }] });
    await calls.deleteCall(call);
    expect(await read.leftByCall(call)).toEqual({ bookings: [], messages: [] });
    const { bookings, messages } = await read.readDesk({}, NOW);
    expect([bookings.map((one) => one.call), messages]).toEqual([[undefined], []]);
    // Told late, it does not come back.
    await calls.recordEvents([event('e3', message('Late'), { at: NOW + 1 })]);
    expect((await read.readDesk({}, NOW)).messages).toEqual([]);
  });

  it('goes with a call that turns out to be part of another', async () => {
    const known = { roomSid: `RM_${call}`, call: undefined };
    await calls.recordEvents([event('e1', message('Early'), known)]);
    const asked = diary('r1');
    await change.book({ ...asked, where: { room: room(), roomSid: `RM_${call}` } }, NOW);
    const guessed = (await read.readDesk({}, NOW)).bookings[0]?.call;
    expect(guessed).toMatch(/^room-/);
    await calls.recordEvents([event('e2', { kind: 'room_started' }, { roomSid: `RM_${call}` })]);
    expect(await read.leftByCall(call)).toMatchObject({
      bookings: [{ call }],
      messages: [{ text: 'Early', call }],
    });
  });

  it('is there after a restart', async () => {
    await change.book(diary('r1'), NOW);
    await calls.closeStore();
    await start();
    expect(await all()).toMatchObject([{ name: 'Ann', minute: 870, zone: 'America/New_York' }]);
  });

  it('takes over what was kept in files, once', async () => {
    const folder = join(place.env.DATA_DIR as string, 'desk');
    const at = join(folder, 'production');
    mkdirSync(at, { recursive: true });
    const made = '2026-11-01T10:00:00.000Z';
    const one = { type: 'booking', reference: 'old1', name: 'Olga', person: 'Doctor Lee', made };
    const slot = { day: '2026-11-27', minute: 870, minutes: 15, service: 'blood test' };
    const lines = [
      { ...one, ...slot },
      { ...one, ...slot, reference: 'old2', minute: 900 },
      { type: 'cancel', reference: 'old2', made },
      { ...one, ...slot, reference: 'late', name: 'Late' },
    ];
    const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"type":"book`;
    const note = { reference: 'n1', text: 'Hello', for: 'Doctor Lee', taken: made };
    writeFileSync(join(at, 'bookings.jsonl'), text);
    writeFileSync(join(at, 'messages.jsonl'), `${JSON.stringify(note)}\n`);
    await take.takeOverFrom(folder);
    expect(await all()).toMatchObject([{ reference: 'old1', name: 'Olga', zone: 'Europe/London' }]);
    const { messages } = await read.readDesk({}, NOW);
    expect(messages).toMatchObject([{ text: 'Hello', to: 'Doctor Lee', call: undefined }]);
    expect(existsSync(join(at, 'bookings.jsonl'))).toBe(false);
    expect(readFileSync(join(at, 'bookings.jsonl.taken-over'), 'utf8')).toBe(text);
    // Somebody has that time, and what was taken over is not there twice.
    expect(await change.book(diary('r1', { name: 'Ben' }), NOW)).toBeUndefined();
    writeFileSync(join(at, 'bookings.jsonl'), text);
    await take.takeOverFrom(folder);
    expect(await all()).toHaveLength(1);
    await take.takeOverFrom(join(folder, 'not-there'));
  });
});
