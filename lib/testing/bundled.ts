// Runs a TypeScript file as a process of its own, for tests that kill it.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { type BuildOptions, build } from 'esbuild';
import { NODE_BUNDLE } from '../../scripts/lib/build.mjs';

const bundles = new Map<string, Promise<string>>();

/** Bundles a file once. It lies inside the clone, so that it finds its packages. */
function bundled(file: string): Promise<string> {
  const bundle = bundles.get(file) ?? make();
  bundles.set(file, bundle);
  return bundle;

  async function make() {
    mkdirSync('.callboard/test', { recursive: true });
    const folder = mkdtempSync(resolve('.callboard/test/run-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const outfile = join(folder, 'run.mjs');
    await build({ entryPoints: [file], outfile, ...NODE_BUNDLE } as BuildOptions);
    return outfile;
  }
}

/** Bundles `file` and starts it. */
export async function runFile(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ChildProcessByStdio<null, Readable, Readable>> {
  const { PATH, HOME } = process.env;
  return spawn(process.execPath, [await bundled(file), ...args], {
    env: { NODE_ENV: 'test', PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
