// What another user of the machine can do with files.
import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The user and group `nobody` of Linux (65534 on Debian, Fedora and Alpine alike). */
const NOBODY = 65_534;

/** Whether this process may act as another user: only root may. */
export const canBeNobody = process.getuid?.() === 0;

/** All files, folders and sockets below `folder` that the user `nobody` can read or write. Root only. */
export function openToNobody(folder: string): string[] {
  const tests = ['(', '-readable', '-o', '-writable', ')', '!', '-type', 'l', '-print'];
  const nobody = { uid: NOBODY, gid: NOBODY, cwd: '/', encoding: 'utf8' } as const;
  // It fails where a folder cannot be read, which is what the test wants.
  const { stdout, error } = spawnSync('find', [folder, ...tests], nobody);
  if (error) throw error;
  return stdout.split('\n').filter(Boolean);
}

/** All files and folders below `folder`, and itself, on which other users have a permission, except for `kept` names. */
export function openToOthers(folder: string, kept: readonly string[] = []): string[] {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (!stat || stat.isSymbolicLink()) return [];
  const own = (stat.mode & 0o077) === 0 ? [] : [folder];
  if (!stat.isDirectory()) return own;
  const names = readdirSync(folder).filter((name) => !kept.includes(name));
  return [...own, ...names.flatMap((name) => openToOthers(join(folder, name)))];
}
