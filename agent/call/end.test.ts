import { EventEmitter } from 'node:events';
import { DisconnectReason, ParticipantKind, type Room, RoomEvent } from '@livekit/rtc-node';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LEAVING } from '../../lib/livekit/attributes';
import { type End, eventName, leavingOf, roomAfter, watchRoom } from './end';

const { CLIENT_INITIATED, ROOM_DELETED, DUPLICATE_IDENTITY } = DisconnectReason;

test('the page is told the reasons that it shows, and events keep the names of earlier releases', () => {
  for (const end of LEAVING) expect([leavingOf(end), eventName(end)]).toEqual([end, end]);
  const others = ['duplicate', 'caller-left', 'room-closed'] as const;
  expect(others.map(leavingOf)).toEqual([undefined, undefined, undefined]);
  // lib/failover/room-state.ts reads these.
  expect(others.map(eventName)).toEqual(['outdone', 'caller left', 'room closed']);
});

test.each<[End, people: number, ReturnType<typeof roomAfter>]>([
  ['goodbye', 1, { closes: true, ended: 'goodbye' }],
  ['goodbye', 2, { closes: false }],
  ['time-up', 0, { closes: true, ended: 'time-up' }],
  ['caller-left', 0, { closes: true, ended: 'caller' }],
  ['caller-left', 1, { closes: false }],
  ['handover', 0, { closes: true }],
  ['handover', 1, { closes: false }],
  ['takeover', 0, { closes: false }],
  ['shutdown', 0, { closes: false }],
])('after %s with %i people in the room', (end, people, expected) => {
  expect(roomAfter(end, people)).toEqual(expected);
});

describe('what in the room ends the call', () => {
  let isMoving = false;
  beforeEach(() => {
    vi.useFakeTimers();
    isMoving = false;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function open() {
    const ann = { identity: 'ann', kind: ParticipantKind.STANDARD, attributes: {} };
    const remoteParticipants = new Map([['ann', ann]]);
    const room = Object.assign(new EventEmitter(), { remoteParticipants }) as unknown as Room;
    const ends: End[] = [];
    watchRoom(
      room,
      () => isMoving,
      (end) => ends.push(end),
    );
    const goes = (disconnectReason: DisconnectReason) => {
      remoteParticipants.clear();
      room.emit(RoomEvent.ParticipantDisconnected, { ...ann, disconnectReason } as never);
    };
    return { room, ends, goes };
  }

  test('the only caller hangs up', () => {
    const { ends, goes } = open();
    goes(CLIENT_INITIATED);
    expect(ends).toEqual(['caller-left']);
  });

  test('not a caller who may come back, or who moves to another room', () => {
    const { ends, goes } = open();
    goes(DUPLICATE_IDENTITY);
    isMoving = true;
    goes(CLIENT_INITIATED);
    expect(ends).toEqual([]);
  });

  test('the room is closed, or the framework disconnects an agent without its worker', () => {
    const { room, ends } = open();
    room.emit(RoomEvent.Disconnected, ROOM_DELETED);
    room.emit(RoomEvent.Disconnected, CLIENT_INITIATED);
    expect(ends).toEqual(['room-closed', 'orphaned']);
  });

  test('a caller who does not return after a restart of the server', () => {
    const { room, ends, goes } = open();
    room.emit(RoomEvent.Reconnecting);
    goes(DUPLICATE_IDENTITY);
    room.emit(RoomEvent.Reconnected);
    vi.advanceTimersByTime(14_000);
    expect(ends).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(ends).toEqual(['caller-left']);
  });
});
