// A disk that can be filled without harm to others: a few megabytes of memory, mounted for a test.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Room for the database of calls, with some to spare. */
const SIZE = '96m';

/** A small disk. */
export interface SmallDisk {
  /** A folder on it. */
  readonly data: string;
  /** Leaves no byte free. */
  fill(): void;
  /** Gives back what was filled. */
  clear(): void;
  remove(): void;
}

/** Mounts one; undefined for who may not. */
export function smallDisk(): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const filling = join(folder, 'filling');
  return {
    data: join(folder, 'data'),
    fill() {
      const file = openSync(filling, 'w');
      try {
        // Until nothing goes in: others give back and take while it is filled.
        for (const piece = Buffer.alloc(1 << 20); ; ) writeSync(file, piece);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        closeSync(file);
      }
    },
    clear: () => rmSync(filling, { force: true }),
    remove() {
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}
