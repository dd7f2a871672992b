import { describe, expect, it } from 'vitest';
import { type KnownRoom, RoomsOfCalls } from '@/lib/calls/store/rooms-of-calls';

const room = (call: string, sid: string | undefined, row = 1): KnownRoom => ({
  ...{ row, sid, call },
  name: 'r',
});
const event = (others: { call?: string; roomSid?: string; at?: number }) => ({
  ...{ id: 'e1', room: 'r', at: 100 },
  ...others,
});

describe('the call of an event', () => {
  it.each<[string, KnownRoom[], [string, number][], Parameters<typeof event>[0], string]>([
    ['is the one it names', [room('c1', 'S1')], [], { call: 'c2', roomSid: 'S1' }, 'c2'],
    ['is that of its room', [room('c1', 'S1'), room('c2', 'S2')], [], { roomSid: 'S1' }, 'c1'],
    [
      'is that of its room, even if that call has ended',
      [room('c1', 'S1')],
      [['c1', 50]],
      { roomSid: 'S1' },
      'c1',
    ],
    ['is the one waiting for its room', [room('c1', undefined)], [], { roomSid: 'S1' }, 'c1'],
    [
      'is the one that continues after a server restart',
      [room('c1', 'S1')],
      [],
      { roomSid: 'S2' },
      'c1',
    ],
    [
      'is another one if the previous call has ended',
      [room('c1', 'S1')],
      [['c1', 50]],
      { roomSid: 'S2' },
      'room-S2',
    ],
    ['is the latest of that name', [room('c1', 'S1'), room('c2', 'S2')], [], {}, 'c2'],
    ['is the one in progress at that time', [room('c1', 'S1')], [['c1', 150]], {}, 'c1'],
    ['is none of those that ended', [room('c1', 'S1')], [['c1', 50]], {}, 'event-e1'],
    ['is a provisional one for its room', [], [], { roomSid: 'S1' }, 'room-S1'],
  ])('%s', (_, rooms, ended, fields, expected) => {
    expect(new RoomsOfCalls(rooms, new Map(ended)).take(event(fields))).toBe(expected);
  });
});

describe('a provisional call', () => {
  it('is merged into the one reported later, by its room', () => {
    const rooms = new RoomsOfCalls([room('room-S1', 'S1')], new Map());
    expect(rooms.take(event({ call: 'c1', roomSid: 'S1' }))).toBe('c1');
    expect([...rooms.merged]).toEqual([['room-S1', 'c1']]);
    expect(rooms.take(event({ roomSid: 'S1' }))).toBe('c1');
    expect(rooms.changed).toEqual([]);
  });

  it('is merged into the one reported later, by its name', () => {
    const rooms = new RoomsOfCalls([room('room-S1', 'S1')], new Map([['room-S1', 150]]));
    rooms.take(event({ call: 'c1' }));
    expect([...rooms.merged]).toEqual([['room-S1', 'c1']]);
  });

  it('is not merged into a later call in a room of that name', () => {
    const rooms = new RoomsOfCalls([room('room-S1', 'S1')], new Map([['room-S1', 50]]));
    rooms.take(event({ call: 'c1' }));
    expect(rooms.merged.size).toBe(0);
  });

  it('is not merged into a call in another room of that name', () => {
    const rooms = new RoomsOfCalls([room('room-S1', 'S1')], new Map());
    rooms.take(event({ call: 'c1', roomSid: 'S2' }));
    expect(rooms.merged.size).toBe(0);
  });
});

describe('rooms to write', () => {
  it('adds the sid to a requested room once it is created', () => {
    const rooms = new RoomsOfCalls([room('c1', undefined, 7)], new Map());
    rooms.take(event({ roomSid: 'S1' }));
    expect(rooms.changed).toMatchObject([{ row: 7, sid: 'S1', name: 'r', call: 'c1' }]);
  });

  it('leaves a room to its first caller', () => {
    const rooms = new RoomsOfCalls([room('c1', 'S1')], new Map());
    rooms.take(event({ call: 'c2', roomSid: 'S1' }));
    expect(rooms.changed).toEqual([]);
    expect(rooms.take(event({ roomSid: 'S1' }))).toBe('c1');
  });
});
