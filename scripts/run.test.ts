// What the entry of every command says before anything is installed.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

it.each([
  ['a#b', true],
  ['what?', true],
  ['a*b', true],
  // These were built and started, and agents answered.
  ['a b (c) [d] {e} "ü日本" \'&;!,+@~=$HOME`x`:|<>%20%', false],
])('the folder %s cannot be used: %s', (name, refused) => {
  const dir = mkdtempSync(join(tmpdir(), 'callboard-folder-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const scripts = join(dir, name, 'below/scripts');
  mkdirSync(scripts, { recursive: true });
  copyFileSync('scripts/run.mjs', join(scripts, 'run.mjs'));
  const { status, stderr } = spawnSync(process.execPath, [join(scripts, 'run.mjs'), 'setup'], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  const [char] = /[#?*]/.exec(name) ?? [];
  if (refused) expect(stderr).toContain(`contains "${char}", with which it cannot be built`);
  else expect(stderr).not.toContain('cannot be built');
});
