// Runs npm scripts as users do, but without npm.
import { execFile } from 'node:child_process';
import packageJson from '@/package.json';

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command of package.json with only these settings. */
export function runScript(
  name: keyof typeof packageJson.scripts,
  args: readonly string[],
  settings: Readonly<Record<string, string | undefined>>,
): Promise<Result> {
  const argv = ['-c', `${packageJson.scripts[name]} "$@"`, name, ...args];
  const env = { NODE_ENV: 'test' as const, PATH: process.env.PATH, ...settings };
  return new Promise((resolve) => {
    execFile('/bin/sh', argv, { env }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out: out.trim(), err: err.trim() }),
    );
  });
}
