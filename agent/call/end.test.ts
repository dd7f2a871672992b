import { EventEmitter } from 'node:events';
import { DisconnectReason, ParticipantKind, type Room, RoomEvent } from '@livekit/rtc-node';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type End, roomAfter, watchRoom } from '@/agent/call/end';

const { CLIENT_INITIATED, ROOM_DELETED, DUPLICATE_IDENTITY } = DisconnectReason;

test.each<[End, people: number, ReturnType<typeof roomAfter>]>([
  ['goodbye', 1, { closes: true, ends: true }],
  ['goodbye', 2, { closes: false, ends: false }],
  ['time-up', 0, { closes: true, ends: true }],
  ['caller-left', 0, { closes: true, ends: true }],
  ['caller-left', 1, { closes: false, ends: false }],
  ['handoff', 0, { closes: true, ends: false }],
  ['handoff', 1, { closes: false, ends: false }],
  ['takeover', 0, { closes: false, ends: false }],
  ['shutdown', 0, { closes: false, ends: false }],
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
    expect(ends).toEqual(['disconnected', 'orphaned']);
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
