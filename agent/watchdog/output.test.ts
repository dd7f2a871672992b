// Frames that LiveKit never takes.
import { expect, test, vi } from 'vitest';
import { idleMachine } from '@/agent/testing/idle-machine';
import { watchOutput } from '@/agent/watchdog/output';

test('a frame that is not taken for three seconds blocks the output', async () => {
  idleMachine();
  const blocked = vi.fn();
  const given = watchOutput(blocked);
  let take = () => {};
  given(
    new Promise<void>((resolve) => {
      take = resolve;
    }),
  );
  given(new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(2_000);
  take();
  await vi.advanceTimersByTimeAsync(2_900);
  expect(blocked).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(100);
  expect(blocked.mock.calls).toEqual([[3_000]]);
});

test('nothing is blocked when all frames were taken or refused', async () => {
  idleMachine();
  const blocked = vi.fn();
  const given = watchOutput(blocked);
  given(Promise.resolve());
  given(Promise.reject(new Error('the source is closed')));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(blocked).not.toHaveBeenCalled();
});
