// Finds and runs other programs.
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Env } from '@/scripts/lib/environment';

/** Path of the first program of that name on PATH, or undefined. */
export function onPath(name: string, env: Env): string | undefined {
  return (env.PATH ?? '')
    .split(delimiter)
    .map((dir) => join(dir || '.', name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Number of lines shown of a failed program's output: some programs give the reason first, some last. */
const FIRST_LINES = 20;
const LAST_LINES = 20;

interface RunOptions {
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  /** Called with each chunk of output, for progress. */
  readonly onOutput?: (text: string) => void;
}

/**
 * Runs `file` for a step: its output is shown only if it fails.
 * @throws Error with the output if the program cannot run, fails, or takes too long
 */
export function runQuietly(
  file: string,
  args: readonly string[],
  { env, cwd, timeoutMs, onOutput = () => {} }: RunOptions = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const child: ChildProcess = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        onOutput(text);
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('exit', kill);
      if (code === 0) return resolve();
      const how = signal ? `was killed (${signal})` : `failed with code ${code}`;
      reject(new Error(`${file} ${how}.\n${shortened(output)}`));
    });
  });
}

function shortened(output: string): string {
  const lines = output.trim().split('\n');
  const left = lines.length - FIRST_LINES - LAST_LINES;
  if (left <= 0) return lines.join('\n');
  return [...lines.slice(0, FIRST_LINES), `(${left} lines more)`, ...lines.slice(-LAST_LINES)].join(
    '\n',
  );
}
