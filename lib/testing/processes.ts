// Processes for tests that kill and stop real ones: found by their parentage, never by name alone.
import { execFileSync } from 'node:child_process';

/** A process as `ps` shows it. */
export interface TestedProcess {
  readonly pid: number;
  readonly parent: number;
  /** Seconds since it began. */
  readonly age: number;
  readonly command: string;
}

/** All processes below `pid`, each before those below it. */
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

/** Orders processes oldest first. By id only within a second: ids begin again from the bottom. */
export const byAge = (a: TestedProcess, b: TestedProcess) => b.age - a.age || a.pid - b.pid;

/** Whether there is a process of that id. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
