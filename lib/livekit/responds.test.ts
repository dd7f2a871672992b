// A LiveKit that hangs is noticed while a page waits, with one request at a time, and also that it is back.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { livekitResponds } from '@/lib/livekit/responds';
import { testServer } from '@/lib/testing/server';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a LiveKit that hangs does not respond, until it does again', async () => {
  const server = testServer();
  let answer: (rooms: []) => void = () => {};
  const rooms = vi.spyOn(server.livekit.rooms, 'listRooms');
  rooms.mockResolvedValueOnce([]);
  expect(await livekitResponds(server)).toBe(true);
  // Fresh: not asked again.
  expect(await livekitResponds(server)).toBe(true);
  expect(rooms).toHaveBeenCalledTimes(1);

  await vi.advanceTimersByTimeAsync(2_000);
  rooms.mockReturnValueOnce(
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  for (let i = 0; i < 2; i++) {
    const responds = livekitResponds(server);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(await responds).toBe(false);
  }
  expect(rooms).toHaveBeenCalledTimes(2);
  answer([]);
  await vi.advanceTimersByTimeAsync(0);
  expect(await livekitResponds(server)).toBe(true);
});

test('one that refuses connections does not respond, and is asked again', async () => {
  const server = testServer();
  const rooms = vi.spyOn(server.livekit.rooms, 'listRooms');
  rooms.mockRejectedValueOnce(new TypeError('fetch failed')).mockResolvedValueOnce([]);
  expect(await livekitResponds(server)).toBe(false);
  expect(await livekitResponds(server)).toBe(true);
});
