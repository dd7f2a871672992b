// Processes of tests: what they print, ending them, and finding those to kill by their parent, never by name alone.
import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { isRunning } from '@/lib/core/processes';

export { isRunning } from '@/lib/core/processes';

/** Collects what a process prints. Returns a function with the output so far. */
export function outputOf({ stdout, stderr }: ChildProcess): () => string {
  let output = '';
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return () => output;
}

/** Ends a process with a signal. Resolves once it has exited, also if it had before. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** Kills a process and its descendants, if it is running. */
export async function killTree(child: ChildProcess): Promise<void> {
  const below = child.exitCode === null ? descendants(child.pid as number) : [];
  const ended = endProcess(child, 'SIGKILL');
  for (const { pid } of below) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  await ended;
}

/** A process as `ps` shows it. */
export interface TestedProcess {
  readonly pid: number;
  readonly parent: number;
  /** Seconds since it started. */
  readonly age: number;
  readonly command: string;
}

/** All descendants of `pid`, parents before children. */
export function descendants(pid: number): TestedProcess[] {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,etimes=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().match(/^(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/))
    .filter((match) => match !== null)
    .map(([, own, parent, age, command]) => ({
      pid: Number(own),
      parent: Number(parent),
      age: Number(age),
      command: command ?? '',
    }));
  const below = (parent: number): TestedProcess[] =>
    all.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)]);
  return below(pid);
}

/** Sorts processes oldest first. Ids are compared only within a second, because they wrap around. */
export const byAge = (a: TestedProcess, b: TestedProcess) => b.age - a.age || a.pid - b.pid;
