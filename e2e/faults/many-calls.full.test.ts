// A hundred calls in a row, each hung up, leak no room, no process and no memory.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openStage, type Stage } from '@/agent/testing/stage';
import type { TestWorker } from '@/agent/testing/worker-process';
import { TIMEOUT_MS } from '@/lib/testing/wait-for';

const CALLS = 100;
/** Processes that a worker on production keeps waiting. */
const IDLE_PROCESSES = 2;
/** Calls that fill caches and pools first: some 1.2 MB, measured. */
const SETTLED = 50;
/**
 * How much the memory of the worker's own process may grow from then on. It holds some 40 MB, so a leak of 50 KB
 * a call is found.
 */
const GROWTH = 1.05;
/**
 * On SIGUSR2, makes a process collect garbage and write down how many bytes it holds: the minimum over three
 * seconds, because each of its reports holds some for a moment. Resident memory is too noisy: it varies by a fifth
 * with uncollected garbage.
 */
const TELLS_HELD = `
  import { writeFileSync, renameSync } from 'node:fs';
  import v8 from 'node:v8';
  import vm from 'node:vm';
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc');
  process.on('SIGUSR2', async () => {
    let least = Infinity;
    for (let i = 0; i < 10; i += 1) {
      collect();
      const { used_heap_size, external_memory } = v8.getHeapStatistics();
      least = Math.min(least, used_heap_size + external_memory);
      await new Promise((next) => setTimeout(next, 300));
    }
    writeFileSync(process.env.HELD + '~', String(least));
    renameSync(process.env.HELD + '~', process.env.HELD);
  });
`;
/** Upper bound in milliseconds for all calls on a busy machine. */
const ALL_MS = 15 * 60_000;

let stage: Stage;
let worker: TestWorker;
/** File to which the worker writes its held bytes. */
let held: string;

beforeAll(async () => {
  stage = await openStage();
  held = join(stage.folder, 'held');
  worker = stage.startWorker({
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(TELLS_HELD)}`,
    HELD: held,
  });
  await worker.live();
}, 5 * TIMEOUT_MS);
afterAll(() => stage?.close(), 5 * TIMEOUT_MS);

/** Bytes that the worker's process holds once all calls have ended. */
async function heldAfterCalls(): Promise<number> {
  await expect.poll(() => stage.rooms.listRooms(), { timeout: TIMEOUT_MS }).toEqual([]);
  await expect
    // Only idle processes are left.
    .poll(() => worker.jobs().length, { timeout: TIMEOUT_MS })
    .toBe(IDLE_PROCESSES);
  rmSync(held, { force: true });
  worker.signal('SIGUSR2');
  return Number(await vi.waitFor(() => readFileSync(held, 'utf8'), TIMEOUT_MS));
}

test(
  'a hundred calls leave no room, no process and no memory',
  async () => {
    let before = 0;
    for (let i = 0; i < CALLS; i += 1) {
      const call = await stage.call('line-check', { listens: false });
      await call.answered();
      await call.hangUp();
      if (i + 1 === SETTLED) before = await heldAfterCalls();
    }
    const after = await heldAfterCalls();
    expect(after / before, `${before} bytes after ${SETTLED} calls, then ${after}`).toBeLessThan(
      GROWTH,
    );
  },
  ALL_MS,
);
