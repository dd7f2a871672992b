// Replaces a file so that whoever reads it meanwhile sees the old text or the new one, never a part.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Mode of a file that was not there: its owner's alone. */
const OWNER_ONLY = 0o600;

/**
 * Writes `text` beside the file and moves it into its place; a link stays a link, a mode stays.
 * @throws what the file system says; the file is then as it was.
 */
export function replaceFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const there = existsSync(path);
  const target = there ? realpathSync(path) : path;
  const mode = there ? statSync(target).mode & 0o777 : OWNER_ONLY;
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    const file = openSync(temporary, 'w', mode);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
