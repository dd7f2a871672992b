// Runs npm scripts as users do, but without npm.
import { execFile } from 'node:child_process';
import { bundled } from '@/lib/testing/bundled';
import packageJson from '@/package.json';

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Scripts whose command has been run. */
const begun = new Set<string>();

/** The command of package.json at first, then a bundle of its program, which starts four times faster than TypeScript. */
async function commandOf(name: keyof typeof packageJson.scripts): Promise<string> {
  const command = packageJson.scripts[name];
  const [file] = /scripts\/\w+\.ts/.exec(command) ?? [];
  if (!file || !begun.has(name)) {
    begun.add(name);
    return command;
  }
  return `exec '${process.execPath}' '${await bundled(file)}'`;
}

/** Runs a script with only these settings. */
export async function runScript(
  name: keyof typeof packageJson.scripts,
  args: readonly string[],
  settings: Readonly<Record<string, string | undefined>>,
): Promise<Result> {
  const argv = ['-c', `${await commandOf(name)} "$@"`, name, ...args];
  const env = { NODE_ENV: 'test' as const, PATH: process.env.PATH, ...settings };
  return new Promise((resolve) => {
    execFile('/bin/sh', argv, { env }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out: out.trim(), err: err.trim() }),
    );
  });
}
