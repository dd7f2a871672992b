import { expect, it } from 'vitest';
import { NEW_JOB_MS, NEW_ROOMS_MAX } from '../../lib/livekit/worker-report';
import { followNewRooms } from './new-rooms';

it('lists rooms while their job is new, newest first, and again when a room has a new job', () => {
  let now = 0;
  const rooms = followNewRooms(() => now);
  expect(rooms(['a'])).toEqual(['a']);
  now = 5_000;
  expect(rooms(['a', 'b'])).toEqual(['b', 'a']);
  now = NEW_JOB_MS;
  expect(rooms(['a', 'b'])).toEqual(['b']);
  expect(rooms(['b'])).toEqual(['b']);
  expect(rooms(['a', 'b'])).toEqual(['a', 'b']);
});

it('lists no more than a report can hold', () => {
  const many = Array.from({ length: NEW_ROOMS_MAX + 5 }, (_, place) => `r${place}`);
  expect(followNewRooms()(many)).toEqual(many.slice(5).reverse());
});
