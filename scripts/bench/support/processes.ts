// Private memory of a running product, which would be free without its processes, and its CPU time.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { sum, sumBy } from 'es-toolkit';
import { descendants } from '@/lib/testing/processes';

/** Kinds of processes by their `ps` output; the first match counts. */
const KINDS: readonly (readonly [string, RegExp])[] = [
  ['livekit', /livekit-server/],
  ['speech', /agent\/speech\/server\.js/],
  ['web', /next-server|next\/dist\/bin\/next|\/next start/],
  ['jobs', /job-process/],
  ['inference', /inference_proc/],
  ['workers', /agent\/main\.js/],
];

/** Megabytes (10⁶ bytes) by kind of process. */
export type Memory = ReadonlyMap<string, number>;

/** Private bytes of a process; 0 if it has just exited. Linux only. */
function privateBytes(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const sizes = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)];
    return sumBy(sizes, ([, size]) => Number(size) * 1_024);
  } catch {
    return 0;
  }
}

function byKind(pid: number, measure: (pid: number) => number): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { pid: own, command } of descendants(pid)) {
    const kind = KINDS.find(([, program]) => program.test(command))?.[0] ?? 'start';
    found.set(kind, (found.get(kind) ?? 0) + measure(own));
  }
  return found;
}

/** Megabytes of a process and all its descendants. */
export const memoryOf = (pid: number): number =>
  sumBy([pid, ...descendants(pid).map((one) => one.pid)], privateBytes) / 1e6;

/** Memory of all descendants of `pid`. */
export const memoryBelow = (pid: number): Memory => byKind(pid, (own) => privateBytes(own) / 1e6);

/** Ticks of a process and its exited children; 0 if it has just exited itself. */
function ticks(pid: number): number {
  try {
    // After the name, which may contain spaces: utime, stime, cutime and cstime are fields 14 to 17.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return sumBy(fields.slice(11, 15), Number);
  } catch {
    return 0;
  }
}

/** CPU time in milliseconds of all descendants of `pid` so far, by kind. */
export function processorBelow(pid: number): ReadonlyMap<string, number> {
  const ms = 1_000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return byKind(pid, (own) => ticks(own) * ms);
}

/** Sum of all kinds. */
export const total = (memory: Memory): number => sum([...memory.values()]);

/** Milliseconds between samples, the number of compared samples, and the share by which they may differ. */
const LOOK_MS = 1_000;
const LOOKS = 4;
const STILL = 0.01;
/** Maximum number of samples: memory that never settles is reported too. */
const LOOKS_MAX = 30;

/** Memory once it has settled: new processes have loaded what they need. */
export async function restingMemory(pid: number): Promise<Memory> {
  const last: number[] = [];
  for (let look = 0; ; look += 1) {
    const memory = memoryBelow(pid);
    last.push(total(memory));
    const compared = last.slice(-LOOKS);
    const apart = Math.max(...compared) - Math.min(...compared);
    if (compared.length === LOOKS && apart < STILL * total(memory)) return memory;
    if (look >= LOOKS_MAX) return memory;
    await pause(LOOK_MS);
  }
}
