import { describe, expect, it } from 'vitest';
import { type KnownRoom, RoomsOfCalls } from './rooms-of-calls';

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
      'is that of its room, also when that is over',
      [room('c1', 'S1')],
      [['c1', 50]],
      { roomSid: 'S1' },
      'c1',
    ],
    ['is the one that waits for its room', [room('c1', undefined)], [], { roomSid: 'S1' }, 'c1'],
    [
      'is the one that goes on when the server was restarted',
      [room('c1', 'S1')],
      [],
      { roomSid: 'S2' },
      'c1',
    ],
    [
      'is another when the one before is over',
      [room('c1', 'S1')],
      [['c1', 50]],
      { roomSid: 'S2' },
      'room-S2',
    ],
    ['is the latest of that name', [room('c1', 'S1'), room('c2', 'S2')], [], {}, 'c2'],
    ['is the one that was on then', [room('c1', 'S1')], [['c1', 150]], {}, 'c1'],
    ['is none of those over', [room('c1', 'S1')], [['c1', 50]], {}, 'event-e1'],
    ['is a new one of its room', [], [], { roomSid: 'S1' }, 'room-S1'],
  ])('%s', (_, rooms, ended, told, expected) => {
    expect(new RoomsOfCalls(rooms, new Map(ended)).take(event(told))).toBe(expected);
  });
});

describe('a guessed call', () => {
  it('is part of the one that is told later, by its room', () => {
    const rooms = new RoomsOfCalls([room('room-S1', 'S1')], new Map());
    expect(rooms.take(event({ call: 'c1', roomSid: 'S1' }))).toBe('c1');
    expect([...rooms.merged]).toEqual([['room-S1', 'c1']]);
    expect(rooms.take(event({ roomSid: 'S1' }))).toBe('c1');
    expect(rooms.changed).toEqual([]);
  });

  it('is part of the one that is told later, by its name', () => {
    const rooms = new RoomsOfCalls([room('room-S1', 'S1')], new Map([['room-S1', 150]]));
    rooms.take(event({ call: 'c1' }));
    expect([...rooms.merged]).toEqual([['room-S1', 'c1']]);
  });

  it('is none of a later caller in a room of that name', () => {
    const rooms = new RoomsOfCalls([room('room-S1', 'S1')], new Map([['room-S1', 50]]));
    rooms.take(event({ call: 'c1' }));
    expect(rooms.merged.size).toBe(0);
  });

  it('is none of a caller in another room of that name', () => {
    const rooms = new RoomsOfCalls([room('room-S1', 'S1')], new Map());
    rooms.take(event({ call: 'c1', roomSid: 'S2' }));
    expect(rooms.merged.size).toBe(0);
  });
});

describe('rooms to write', () => {
  it('a room that was asked for has its sid when it is made', () => {
    const rooms = new RoomsOfCalls([room('c1', undefined, 7)], new Map());
    rooms.take(event({ roomSid: 'S1' }));
    expect(rooms.changed).toMatchObject([{ row: 7, sid: 'S1', name: 'r', call: 'c1' }]);
  });

  it('a second caller in a room leaves it to the first', () => {
    const rooms = new RoomsOfCalls([room('c1', 'S1')], new Map());
    rooms.take(event({ call: 'c2', roomSid: 'S1' }));
    expect(rooms.changed).toEqual([]);
    expect(rooms.take(event({ roomSid: 'S1' }))).toBe('c1');
  });
});
