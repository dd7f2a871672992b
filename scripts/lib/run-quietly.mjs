// Runs a program for a step: its output is kept back and shown only if the program fails.
import { spawn } from 'node:child_process';

/** Lines of a failed program's output that are shown: some say why first, some last. */
const FIRST_LINES = 20;
const LAST_LINES = 20;

/**
 * Runs `file` to its end and gives what it wrote.
 * @param onOutput called with each piece of output, for progress
 * @throws Error with the end of the output, when the program cannot run, fails, or takes too long
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
      const how = signal ? `was ended (${signal})` : `failed with code ${code}`;
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
