// A disk that a test can fill without affecting others: a small tmpfs.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Enough space for the calls database. */
const SIZE = '96m';

/** A small disk. */
interface SmallDisk {
  /** A folder on it. */
  readonly data: string;
  /** Fills the disk completely, and again when other processes have freed space. */
  fill(): void;
  /** Frees the filled space. */
  clear(): void;
  remove(): void;
}

/** Mounts a disk; undefined without the permission to mount. */
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
      const file = openSync(filling, 'a');
      try {
        // Write until the disk is full: other processes free and use space meanwhile.
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
