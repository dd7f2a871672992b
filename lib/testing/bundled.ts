// Bundles a TypeScript file, for tests that run it in a child process.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { renameSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { build } from 'esbuild';
import { NODE_BUNDLE } from '@/scripts/lib/build';

const bundles = new Map<string, Promise<string>>();

/** Bundles a file once; resolves to the path of the bundle. It is inside the clone, so that it finds its packages. */
export function bundled(file: string): Promise<string> {
  const bundle = bundles.get(file) ?? make();
  bundles.set(file, bundle);
  return bundle;

  async function make() {
    const outfile = resolve('.callboard/test', `${basename(file, '.ts')}.mjs`);
    const making = `${outfile}.${process.pid}`;
    await build({ entryPoints: [file], outfile: making, ...NODE_BUNDLE });
    // Other test files may start it at the same time.
    renameSync(making, outfile);
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
