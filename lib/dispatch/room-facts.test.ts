// Facts of a room that several may need.
import { expect, test, vi } from 'vitest';
import { liveFacts } from '@/lib/dispatch/room-facts';
import type { LiveKit } from '@/lib/livekit/clients';

const ROOM = { name: 'r', sid: 'RM_1' };

/** LiveKit with one room. */
function setUp() {
  const listRooms = vi.fn(async () => [ROOM]);
  const listParticipants = vi.fn(async () => []);
  const listDispatch = vi.fn(async () => []);
  const rooms = { listRooms, listParticipants };
  const livekit = { rooms, dispatches: { listDispatch } } as unknown as LiveKit;
  const asked = () =>
    [listRooms, listParticipants, listDispatch].map(({ mock }) => mock.calls.length);
  return { livekit, asked };
}

test('LiveKit is asked once, and not before somebody needs the answer', async () => {
  const { livekit, asked } = setUp();
  const facts = liveFacts(livekit, ROOM);
  expect(asked()).toEqual([0, 0, 0]);
  expect(await facts()).toEqual({ people: [], dispatches: [] });
  await facts();
  expect(asked()).toEqual([1, 1, 1]);
});

test('a later room of the same name is another one', async () => {
  const { livekit, asked } = setUp();
  expect(await liveFacts(livekit, { name: 'r', sid: 'RM_0' })()).toBeUndefined();
  expect(asked()).toEqual([1, 0, 0]);
});
