// Runs a TypeScript file as a process of its own, for tests that kill it.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { type BuildOptions, build } from 'esbuild';
import { NODE_BUNDLE } from '../../scripts/lib/build.mjs';

/** Bundles `file` and starts it. The bundle lies inside the clone, so that it finds its packages. */
export async function runFile(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ChildProcessByStdio<null, Readable, Readable>> {
  mkdirSync('.callboard/test', { recursive: true });
  const folder = mkdtempSync(resolve('.callboard/test/run-'));
  const outfile = join(folder, 'run.mjs');
  await build({ entryPoints: [file], outfile, ...NODE_BUNDLE } as BuildOptions);
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [outfile, ...args], {
    env: { NODE_ENV: 'test', PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return child;
}
