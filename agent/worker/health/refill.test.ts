// The next process is started after a delay, or immediately if a job would wait for it.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Waiting } from './framework';
import { REFILL_MS, Refill } from './refill';

/** A pool of one process at a time, like the framework's; `started` counts them. */
function pool() {
  const items: Waiting[] = [];
  const waiting: ((item: Waiting) => void)[] = [];
  const queue = {
    items,
    async get({ signal }: { signal: AbortSignal }): Promise<Waiting> {
      const item = items.shift();
      if (item) return item;
      return new Promise((resolve, reject) => {
        waiting.push(resolve);
        const giveUp = () => {
          waiting.splice(waiting.indexOf(resolve), 1);
          reject(signal.reason);
        };
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
  let started = 0;
  const unlock = () => {
    started += 1;
  };
  const ready = () => {
    // Each has its own.
    const item = { proc: { launchJob: async () => {} }, unlock: () => unlock() };
    const next = waiting.shift();
    if (next) next(item);
    else items.push(item);
  };
  return { refill: new Refill(queue), ready, started: () => started };
}

const { signal } = new AbortController();
/** Lets pending promises settle. */
const soon = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('after a job the next process is started once that call has begun', async () => {
  const { refill, ready, started } = pool();
  ready();
  await refill.take(signal);
  await vi.advanceTimersByTimeAsync(REFILL_MS - 1);
  expect(started()).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(started()).toBe(1);
  await vi.advanceTimersByTimeAsync(REFILL_MS);
  expect(started()).toBe(1);
});

test('for a job offered meanwhile it is started immediately', async () => {
  const { refill, ready, started } = pool();
  ready();
  await refill.take(signal);
  refill.offered();
  expect(started()).toBe(1);
});

test('while one is idle, an offer starts nothing', async () => {
  const { refill, ready, started } = pool();
  ready();
  ready();
  await refill.take(signal);
  refill.offered();
  expect(started()).toBe(0);
});

test('simultaneous jobs each get a process started immediately', async () => {
  const { refill, ready, started } = pool();
  ready();
  const jobs = [refill.take(signal), refill.take(signal), refill.take(signal)];
  await jobs[0];
  await soon();
  expect(started()).toBe(1);
  ready();
  await jobs[1];
  await soon();
  expect(started()).toBe(2);
  ready();
  await jobs[2];
  await soon();
  expect(started()).toBe(2);
});

test('an aborted job no longer counts', async () => {
  const { refill, ready, started } = pool();
  const late = new AbortController();
  const given = refill.take(late.signal);
  late.abort(new Error('too late'));
  await expect(given).rejects.toThrow('too late');
  ready();
  await refill.take(signal);
  await soon();
  expect(started()).toBe(0);
});
