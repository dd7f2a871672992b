import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { buildStamped } from './build';

/** A source file, and the file with its hash, which is its text. */
function project(source: string) {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-build-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const stamp = join(folder, 'stamp');
  const file = join(folder, 'source');
  const save = (text: string) => writeFileSync(file, text);
  const read = () => readFileSync(file, 'utf8');
  save(source);
  return { stamp, save, read, stamped: () => readFileSync(stamp, 'utf8') };
}

it('a file that is saved during a build counts as changed', async () => {
  const { stamp, save, read, stamped } = project('first');
  await buildStamped(stamp, read, async () => {
    save('second');
    return false;
  });
  expect(stamped()).toBe('first');
});

it('a build that changes its own sources is repeated with them', async () => {
  const { stamp, save, read, stamped } = project('a');
  const built: string[] = [];
  await buildStamped(stamp, read, async () => {
    built.push(read());
    save('ab');
    return built.length === 1;
  });
  expect(built).toEqual(['a', 'ab']);
  expect(stamped()).toBe('ab');
});

it('a build that fails is not stored', async () => {
  const { stamp, read, stamped } = project('a');
  const failed = buildStamped(stamp, read, () => Promise.reject(new Error('no')));
  await expect(failed).rejects.toThrow('no');
  expect(stamped).toThrow('ENOENT');
});
