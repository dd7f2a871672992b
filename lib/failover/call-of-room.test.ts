// Whose call a watched room is, where a worker's word of it comes before the web process's own.
import { expect, test } from 'vitest';
import type { Happening } from '@/lib/calls/event';
import { emptyRoom, seen, type WatchedRoom } from './watched-room';

const AGENT = { agent: 'front-desk', deployment: 'production' };
const taken: Happening = { kind: 'job_assigned', job: 'j1', ...AGENT, worker: 'w-1' };
const asked: Happening = { kind: 'dispatched', ...AGENT, by: 'token' };

/** The room after one more event, which is kept as one of this call. */
const after = (room: WatchedRoom, call: string, what: Happening) =>
  seen(room, {
    id: 'e',
    call,
    room: 'r',
    roomSid: 'RM_1',
    source: 'web',
    at: 0,
    arrivedAt: 0,
    what,
  });

test('it is that of the id made up for it, until its own is told, and then stays', () => {
  const guessed = after(emptyRoom('room-RM_1'), 'room-RM_1', taken) as WatchedRoom;
  expect(guessed.call).toBe('room-RM_1');
  const told = after(guessed, 'c-1', asked) as WatchedRoom;
  expect(told.call).toBe('c-1');
  expect(after(told, 'c-2', taken)?.call).toBe('c-1');
});
