// Private memory of a running product: what would be free again if its processes were not there.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { descendants } from '@/lib/testing/processes';

/** Programs of the product by what `ps` shows of them; the first that fits. */
const KINDS: readonly (readonly [string, RegExp])[] = [
  ['livekit', /livekit-server/],
  ['speech', /agent\/speech\/server\.js/],
  ['web', /next-server|next\/dist\/bin\/next|\/next start/],
  ['jobs', /job_proc/],
  ['inference', /inference_proc/],
  ['workers', /agent\/worker\.js/],
];

/** Megabytes (10⁶ bytes) by kind of process. */
export type Memory = ReadonlyMap<string, number>;

/** Private bytes of a process; 0 for one that has just ended. Linux alone tells them. */
function privateBytes(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const sizes = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)];
    return sizes.reduce((sum, [, size]) => sum + Number(size) * 1_024, 0);
  } catch {
    return 0;
  }
}

/** Memory of all processes below `pid`. */
function memoryBelow(pid: number): Memory {
  const found = new Map<string, number>();
  for (const { pid: own, command } of descendants(pid)) {
    const kind = KINDS.find(([, program]) => program.test(command))?.[0] ?? 'start';
    found.set(kind, (found.get(kind) ?? 0) + privateBytes(own) / 1e6);
  }
  return found;
}

/** All kinds together. */
export const total = (memory: Memory): number =>
  [...memory.values()].reduce((sum, size) => sum + size, 0);

/** Milliseconds between looks, how many are compared, and the share they may differ by. */
const LOOK_MS = 1_000;
const LOOKS = 4;
const STILL = 0.01;
/** Looks after which it is taken as it is: memory that never rests is told as it is, too. */
const LOOKS_MAX = 30;

/** Memory once it changes no more: processes that were started have loaded what they need. */
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
