// How busy the processors of the machine are: where they have no time left, one more call makes the answers of all
// others worse. Of a container with a share of them, that of the whole machine.
import { type CpuInfo, cpus } from 'node:os';

/** Milliseconds that are looked at, or more: in less, the start of one process fills them. */
const SPAN_MS = 1_500;

/** The share of time, from 0 to 1, that processors worked between two looks at them. */
export function busyBetween(before: readonly CpuInfo[], after: readonly CpuInfo[]): number {
  const [first, last] = [sums(before), sums(after)];
  const all = last.all - first.all;
  // What a machine counts as idle can go back by a step.
  return all > 0 ? Math.min(1, 1 - (last.idle - first.idle) / all) : 0;
}

function sums(processors: readonly CpuInfo[]): { readonly idle: number; readonly all: number } {
  const total = (times: readonly number[]) => times.reduce((sum, one) => sum + one, 0);
  return {
    idle: total(processors.map(({ times }) => times.idle)),
    all: total(processors.flatMap(({ times }) => Object.values(times))),
  };
}

/**
 * What is told after one more look: it rises at once and falls by halves, since callers pause all at the same time
 * now and then, and are no room for another.
 * @param told what was told before
 * @param share what was seen since
 */
export const heeded = (told: number, share: number): number => Math.max(share, (told + share) / 2);

/** Starts measuring; each call of the result tells how busy they are by the last seconds, 0 before there were any. */
export function measureBusy(): () => number {
  let before = cpus();
  let since = performance.now();
  let busy = 0;
  return () => {
    if (performance.now() - since < SPAN_MS) return busy;
    const now = cpus();
    busy = heeded(busy, busyBetween(before, now));
    before = now;
    since = performance.now();
    return busy;
  };
}
