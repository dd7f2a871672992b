// Polling ends with the work in progress, which is told.
import { expect, it } from 'vitest';
import { poll } from '@/lib/core/wait';

it('tells the work in progress that polling stops, and waits for it', async () => {
  let ended = false;
  const stop = poll(
    1,
    'failing',
    (stopping) =>
      new Promise((resolve) => {
        stopping.addEventListener('abort', () => {
          ended = true;
          resolve();
        });
      }),
  );
  await stop();
  expect(ended).toBe(true);
});
