// A hundred calls in a row, each hung up: nothing of them is left, neither a room, nor a process, nor
// memory that grows from call to call.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMIT_MS } from '@/agent/testing/limit';
import { openStage, type Stage } from '@/agent/testing/stage';
import type { TestWorker } from '@/agent/testing/worker-process';
import { catalogue } from '@/lib/catalogue';

const CALLS = 100;
/** The first calls fill caches and pools: some 14 MB, measured. */
const SETTLED = 50;
/** Milliseconds of rest in which V8 collects all it can: some 8 s after the last work. */
const REST_MS = 15_000;
const LOOK_MS = 500;
/**
 * Most that the worker's own process may grow from then on: some 80 MB at rest and 50 calls, so that
 * 240 KB kept of each call are found.
 */
const GROWTH = 1.15;
/** MiB of V8's young space: it would grow to 16 of its own, which is no leak. */
const YOUNG_MIB = 2;
/** Milliseconds for all of them on a busy machine: a limit, not a goal. */
const ALL_MS = 15 * 60_000;

let stage: Stage;
let worker: TestWorker;

beforeAll(async () => {
  stage = await openStage();
  worker = stage.startWorker({ NODE_OPTIONS: `--max-semi-space-size=${YOUNG_MIB}` });
  await worker.live();
}, 5 * LIMIT_MS);
afterAll(() => stage?.close(), 5 * LIMIT_MS);

/** Bytes that a process has for itself alone. */
function privateBytes(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kilobytes = [...rollup.matchAll(/^Private_\w+:\s+(\d+) kB$/gm)].map(([, n]) => Number(n));
  return 1024 * kilobytes.reduce((sum, one) => sum + one, 0);
}

/** The least that it has while it rests: between two collections a heap is larger than what it holds. */
async function lowestAtRest(pid: number): Promise<number> {
  let lowest = privateBytes(pid);
  for (let ms = 0; ms < REST_MS; ms += LOOK_MS) {
    await pause(LOOK_MS);
    lowest = Math.min(lowest, privateBytes(pid));
  }
  return lowest;
}

test.runIf(process.platform === 'linux')(
  'a hundred calls leave no room, no process and no memory',
  async () => {
    let before = 0;
    for (let i = 0; i < CALLS; i += 1) {
      const call = await stage.call('line-check', { listens: false });
      await call.answered();
      await call.hangUp();
      if (i + 1 === SETTLED) before = await lowestAtRest(worker.pid);
    }
    await expect.poll(() => stage.rooms.listRooms(), { timeout: LIMIT_MS }).toEqual([]);
    await expect
      // Only the processes that wait for a call.
      .poll(() => worker.jobs().length, { timeout: LIMIT_MS })
      .toBe(catalogue.length);
    expect((await lowestAtRest(worker.pid)) / before).toBeLessThan(GROWTH);
  },
  ALL_MS,
);
