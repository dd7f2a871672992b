// What is read again when another process changes it.
import { expect, onTestFinished, test, vi } from 'vitest';
import { follow, notifyMissed } from '@/lib/cluster/pubsub';
import { testServer } from '@/lib/testing/server';

test('is read again until that succeeds, and when messages may have been missed', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const server = testServer();
  const away = new Error('The database is away');
  const load = vi
    .fn(async () => {})
    .mockRejectedValueOnce(away)
    .mockRejectedValueOnce(away);
  const failed = vi.fn();
  const stop = await follow(server, 'rollouts', load, failed);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(load).toHaveBeenCalledTimes(3);
  expect(failed.mock.calls).toEqual([[away]]);
  notifyMissed(server);
  expect(load).toHaveBeenCalledTimes(4);

  load.mockRejectedValueOnce(away);
  notifyMissed(server);
  await vi.advanceTimersByTimeAsync(0);
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(load).toHaveBeenCalledTimes(5);
});
