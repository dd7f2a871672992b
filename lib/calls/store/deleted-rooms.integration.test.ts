// Late events of a deleted call do not recreate it, and no other events are lost.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent } from '@/lib/calls/event';
import { type DeletedRoom, deleteOldRooms, isOfDeleted } from '@/lib/calls/store/deleted-rooms';
import { server } from '@/lib/server';
import { eventAt, T0, usualCall } from '@/lib/testing/call-events';
import { storeOn } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { endServer } from '@/lib/testing/server';

const AT = T0 + 31_000;

describe('which events belong to a deleted call', () => {
  const room: DeletedRoom = { call: 'c1', name: 'r1', sid: 'RM_1', deletedAt: 1_000 };
  const nameless = { ...room, sid: null };
  it.each<[string, Partial<Parameters<typeof isOfDeleted>[0]>, DeletedRoom, boolean]>([
    ['its own id', { call: 'c1', room: 'other' }, room, true],
    ['its own id, much later', { call: 'c1', at: 9_000 }, room, true],
    ['another call in that room', { call: 'c2', roomSid: 'RM_1' }, room, false],
    ['the room by its sid', { call: 'room-RM_1', roomSid: 'RM_1', at: 9_000 }, room, true],
    ['another room of that name', { call: 'room-RM_2', roomSid: 'RM_2' }, room, false],
    ['the name alone, before the deletion', { call: 'event-x' }, room, true],
    ['the name alone, after the deletion', { call: 'event-x', at: 1_001 }, room, false],
    ['an unknown sid, before the deletion', { call: 'room-RM_1', roomSid: 'RM_1' }, nameless, true],
    ['another name', { call: 'event-x', room: 'r2' }, room, false],
  ])('%s', (_, event, deleted, expected) => {
    const usual = { call: 'c1', room: 'r1', roomSid: undefined, at: 1_000 };
    expect(isOfDeleted({ ...usual, ...event }, [deleted])).toBe(expected);
  });
});

describe('a deleted call', () => {
  let place: Awaited<ReturnType<typeof testDatabase>>;
  let store: Awaited<ReturnType<typeof storeOn>>;
  beforeAll(async () => {
    place = await testDatabase();
    store = await storeOn(place);
    await store.listCalls(server());
  });
  afterAll(async () => {
    await endServer();
    await place?.remove();
  });

  const under = (name: string, events = usualCall()) =>
    events.map(
      ({ arrivedAt: _, ...event }): Omit<StoredEvent, 'arrivedAt'> => ({
        ...event,
        id: `${name}-${event.id}`,
        call: event.call && `${name}-c1`,
        room: `${name}-r1`,
        roomSid: event.roomSid && `${name}-RM`,
      }),
    );
  const roomsOfCalls = async () =>
    (await store.listCalls(server(), { limit: 100 })).calls.map(({ room }) => room);

  it('stays deleted whatever events arrive late, in any part and order', async () => {
    const events = under('late');
    await store.storeEvents(server(), events.slice(0, 6), AT);
    await store.deleteCall(server(), 'late-c1');
    for (const event of events.toReversed()) await store.storeEvents(server(), [event], AT);
    await store.storeEvents(server(), events, AT);
    expect(await roomsOfCalls()).not.toContain('late-r1');
  });

  it('does not affect other events of the batch, or a later call in a room of that name', async () => {
    await store.storeEvents(server(), under('mixed'), AT);
    await store.deleteCall(server(), 'mixed-c1');
    await store.storeEvents(server(), [...under('mixed').slice(2, 5), ...under('beside')], AT);
    const again = eventAt('requested', 0, {
      ...{ origin: 'api', agent: 'front-desk', deployment: 'production', identity: '' },
    });
    const later = Date.now() + 1_000;
    await store.storeEvents(
      server(),
      [{ ...again, id: 'again', call: undefined, roomSid: undefined, room: 'mixed-r1', at: later }],
      later,
    );
    expect(await store.readTimeline(server(), 'mixed-c1')).toBeUndefined();
    expect((await store.readTimeline(server(), 'beside-c1'))?.marks).toHaveLength(
      usualCall().length,
    );
    expect((await store.readTimeline(server(), 'event-again'))?.marks).toHaveLength(1);
  });

  it('stays deleted if it is deleted while events arrive', async () => {
    for (let round = 0; round < 4; round += 1) {
      const name = `race${round}`;
      const events = under(name);
      await store.storeEvents(server(), events.slice(0, 4), AT);
      await Promise.all([
        ...events.slice(4).map((event) => store.storeEvents(server(), [event], AT)),
        store.deleteCall(server(), `${name}-c1`),
      ]);
      expect(await roomsOfCalls()).not.toContain(`${name}-r1`);
    }
  });

  it('is forgotten after thirty days', async () => {
    await store.storeEvents(server(), under('forgotten'), AT);
    await store.deleteCall(server(), 'forgotten-c1');
    const days = 86_400_000;
    const again = async (at: number) => {
      await deleteOldRooms(server(), at);
      await store.storeEvents(server(), under('forgotten'), at);
      return store.readTimeline(server(), 'forgotten-c1');
    };
    expect(await again(Date.now() + 29 * days)).toBeUndefined();
    expect(await again(Date.now() + 31 * days)).toBeDefined();
  });
});
