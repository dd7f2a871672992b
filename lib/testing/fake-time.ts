// Fake time for tests of what expires, caches too: lru-cache keeps the real `performance`, which Vitest would replace.
import { onTestFinished, vi } from 'vitest';

/** Fakes the time until the test is finished. `vi.advanceTimersByTime` advances it. */
export function fakeTime(): void {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => Date.now());
  onTestFinished(() => {
    clock.mockRestore();
    vi.useRealTimers();
  });
}
