// When a worker counts as broken, and when its next job process is started.
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { RunningJobInfo } from '@livekit/agents';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { IdleProcess } from '@/agent/framework/process-pool';
import {
  cannotStart,
  JobProcesses,
  judge,
  REFILL_MS,
  Refill,
  STUCK_MS,
  type Starts,
} from '@/agent/worker/job-processes';

const NOW = 1_000_000;
const starts = (fields: Partial<Starts>): Starts => ({
  warm: 0,
  wasReady: true,
  emptySince: NOW,
  ...fields,
});
const ago = (ms: number) => ({ emptySince: NOW - ms });

test.each<[string, Partial<Starts>, boolean, string, boolean]>([
  ['one is idle', { warm: 1 }, false, 'live', true],
  ['one is idle though the last failed', { warm: 1, failing: 'no' }, false, 'live', true],
  ['the first is starting', { wasReady: false }, false, 'starting', true],
  ['the first takes long', { wasReady: false, ...ago(STUCK_MS) }, false, 'starting', true],
  ['the first failed', { wasReady: false, failing: 'no' }, false, 'broken', false],
  ['a later one failed', { failing: 'no' }, true, 'broken', false],
  ['the last was taken just now', {}, true, 'live', true],
  ['none becomes ready', ago(STUCK_MS), false, 'broken', false],
  ['none becomes ready during calls', ago(STUCK_MS), true, 'live', false],
  ['none becomes ready, just before the timeout', ago(STUCK_MS - 1), false, 'live', true],
])('%s', (_, fields, busy, state, takes) => {
  const judged = judge(starts(fields), busy, NOW);
  expect(judged.state).toBe(state);
  expect(Boolean(judged.error)).toBe(state === 'broken' || state === 'starting');
  expect(cannotStart(starts(fields), NOW) === undefined).toBe(takes);
});

test('returns the error itself', () => {
  expect(judge(starts({ failing: 'no model' }), false, NOW).error).toBe('no model');
  expect(cannotStart(starts({ failing: 'no model' }), NOW)).toContain('no model');
});

test('a worker that stops does not wait for a process that is starting', () => {
  const queue = { items: [], get: () => Promise.reject(new Error('none')) };
  const processes = new JobProcesses(
    () => ({ warmedProcQueue: queue }),
    () => {},
    () => {},
    () => {},
  );
  const child = () => Object.assign(new EventEmitter(), { kill: vi.fn() });
  const [starting, ready, ended] = [child(), child(), child()];
  for (const each of [starting, ready, ended]) processes.watch(each as unknown as ChildProcess);
  ready.emit('message', { case: 'initializeResponse' });
  processes.end();
  ended.emit('close', 0, null);
  processes.kill();
  expect(starting.kill).toHaveBeenCalledExactlyOnceWith('SIGKILL');
  expect(ready.kill).toHaveBeenCalledOnce();
  expect(ended.kill).not.toHaveBeenCalled();
});

test('the end of each job is told once, with why it has failed', () => {
  const told = vi.fn();
  const processes = new JobProcesses(
    () => ({ warmedProcQueue: { items: [], get: () => Promise.reject(new Error('none')) } }),
    () => {},
    () => {},
    ({ id }, error) => told(id, error),
  );
  const launch = (id: string) => {
    const child = Object.assign(new EventEmitter(), { exitCode: null, signalCode: null });
    processes.launched({ job: { id } } as RunningJobInfo, child as unknown as ChildProcess);
    return (how: Partial<ChildProcess>) => Object.assign(child, how).emit('exit');
  };
  const ends = ['well', 'by code', 'by signal'].map(launch);
  expect(told).not.toHaveBeenCalled();
  ends[0]?.({ exitCode: 0 });
  ends[1]?.({ exitCode: 1 });
  ends[2]?.({ signalCode: 'SIGKILL' });
  const dead = Object.assign(new EventEmitter(), { exitCode: 7, signalCode: null });
  processes.launched({ job: { id: 'dead' } } as RunningJobInfo, dead as unknown as ChildProcess);
  processes.notLaunched({ job: { id: 'none' } } as RunningJobInfo, new Error('no process in time'));
  expect(told.mock.calls).toEqual([
    ['well', undefined],
    ['by code', 'its process ended with code 1'],
    ['by signal', 'its process was ended by SIGKILL'],
    ['dead', 'its process ended with code 7'],
    ['none', 'no process in time'],
  ]);
});

/** A pool of one process at a time, like the framework's; `started` counts them. */
function pool() {
  const items: IdleProcess[] = [];
  const waiting: ((item: IdleProcess) => void)[] = [];
  const queue = {
    items,
    async get({ signal }: { signal: AbortSignal }): Promise<IdleProcess> {
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
  const nothing = async () => {};
  const unlock = () => {
    started += 1;
  };
  const ready = () => {
    // Each has its own.
    const item = {
      proc: { launchJob: nothing, join: nothing, close: nothing },
      unlock: () => unlock(),
    };
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
