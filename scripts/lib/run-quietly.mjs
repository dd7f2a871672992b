// Runs a program for a step: its output is shown only if it fails.
import { spawn } from 'node:child_process';

/** Number of lines shown of a failed program's output: some programs give the reason first, some last. */
const FIRST_LINES = 20;
const LAST_LINES = 20;

/**
 * Runs `file` and resolves to its output.
 * @param onOutput called with each chunk of output, for progress
 * @throws Error with the output if the program cannot run, fails, or takes too long
 */
export function runQuietly(file, args, { env, cwd, timeoutMs, onOutput = () => {} } = {}) {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        onOutput(text);
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('exit', kill);
      if (code === 0) return resolve(output);
      const how = signal ? `was killed (${signal})` : `failed with code ${code}`;
      reject(new Error(`${file} ${how}.\n${shortened(output)}`));
    });
  });
}

function shortened(output) {
  const lines = output.trim().split('\n');
  const left = lines.length - FIRST_LINES - LAST_LINES;
  if (left <= 0) return lines.join('\n');
  return [...lines.slice(0, FIRST_LINES), `(${left} lines more)`, ...lines.slice(-LAST_LINES)].join(
    '\n',
  );
}
