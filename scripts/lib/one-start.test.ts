import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { onlyStart } from '@/scripts/lib/one-start';

let DATA_DIR: string;
let file: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  DATA_DIR = mkdtempSync(join(tmpdir(), 'callboard-start-'));
  file = join(DATA_DIR, 'start.lock');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(DATA_DIR, { recursive: true });
});

/** A lock of another process that is running, with its pid. */
async function other(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
  children.push(child);
  await once(child, 'spawn');
  await onlyStart({ DATA_DIR }).then((setAddress) => setAddress('http://127.0.0.1:3000'));
  const own = JSON.parse(readFileSync(file, 'utf8'));
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
  const began = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  writeFileSync(file, JSON.stringify({ ...own, pid: child.pid, began, token: 'other' }));
  return child.pid as number;
}

it.runIf(process.platform === 'linux')(
  'a second one is refused with address and pid, until the first is gone, even by kill -9',
  async () => {
    const pid = await other();
    await expect(onlyStart({ DATA_DIR })).rejects.toThrow(
      `It already runs with this data folder: http://127.0.0.1:3000 (process ${pid}).`,
    );
    const [child] = children;
    child?.kill('SIGKILL');
    if (child) await once(child, 'exit');
    await onlyStart({ DATA_DIR });
    expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(process.pid);
  },
);

it('two at the same moment: one wins, and the other says that it is being started', async () => {
  const both = await Promise.allSettled([onlyStart({ DATA_DIR }), onlyStart({ DATA_DIR })]);
  const failed = both.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  expect(failed).toEqual([expect.stringContaining('is already being started')]);
});

it('a broken lock is replaced, and with PostgreSQL there may be several', async () => {
  writeFileSync(file, 'half a lo');
  await onlyStart({ DATA_DIR });
  expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(process.pid);
  await onlyStart({ DATA_DIR, DATABASE_URL: 'postgres://a/b' });
});
