// One preparation of this clone at a time, as builds and downloads go into the same folders.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { takeLock } from '@/lib/db/folder-lock';
import { buildDir } from '@/scripts/lib/environment';
import { step } from '@/scripts/lib/terminal';

/** Milliseconds between two attempts to take the lock. */
const AGAIN_MS = 200;

/** Runs `work` while no other process prepares this clone. Waits for one that does, and shows that. */
export async function prepareAlone<T>(work: () => Promise<T>): Promise<T> {
  mkdirSync(buildDir, { recursive: true });
  const file = join(buildDir, 'preparing.lock');
  let taken = await takeLock(file);
  if ('holder' in taken) {
    await step(`Waiting for process ${taken.holder.pid}, which prepares this folder`, async () => {
      while ('holder' in taken) {
        await pause(AGAIN_MS);
        taken = await takeLock(file);
      }
    });
  }
  try {
    return await work();
  } finally {
    if ('held' in taken) taken.held.release();
  }
}
