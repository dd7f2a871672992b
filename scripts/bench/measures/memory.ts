// Private memory of all processes of the product: idle, per additional call, and after the calls.
import { existsSync } from 'node:fs';
import type { Bench } from '../support/bench';
import { NodeCaller } from '../support/node-caller';
import { type Memory, restingMemory, total } from '../support/processes';
import type { Finding } from '../table';

/** Number of simultaneous calls: more than the warm processes can take. */
const CALLS = 4;
/** Maximum ratio of memory after the calls to memory before them. */
const BACK_TO = 1.15;

const WHERE = [
  { agent: 'front-desk', deployment: 'production' },
  { agent: 'front-desk', deployment: 'staging' },
] as const;

function byKind(memory: Memory): string {
  return [...memory].map(([kind, size]) => `${kind} ${Math.round(size)}`).join(', ');
}

export async function memory(bench: Bench): Promise<Finding[]> {
  // Only Linux reports private memory.
  if (!existsSync('/proc/self/smaps_rollup')) return [];
  const { pid, web } = await bench.stack();
  await bench.idle();
  const rest = await restingMemory(pid);
  const callers: NodeCaller[] = [];
  const each: number[] = [];
  let before = total(rest);
  for (let call = 0; call < Math.min(CALLS, bench.runs); call += 1) {
    const caller = await NodeCaller.call(web, WHERE[call % WHERE.length] ?? WHERE[0]);
    if (!caller) throw new Error('no place for a call');
    callers.push(caller);
    await caller.finished();
    const now = total(await restingMemory(pid));
    each.push(now - before);
    before = now;
  }
  await Promise.all(callers.map((caller) => caller.hangUp()));
  await bench.idle();
  const after = await restingMemory(pid);
  const times = total(after) / total(rest);
  return [
    {
      what: 'private memory of the whole stack at rest',
      unit: 'MB',
      values: [total(rest)],
      target: { median: 1_300 },
      note: byKind(rest),
    },
    { what: '  one more call', unit: 'MB', values: each, target: { median: 120 } },
    {
      what: '  after all calls, more than at rest',
      unit: 'MB',
      values: [total(after) - total(rest)],
      note: byKind(after),
      ...(times > BACK_TO && { wrong: `${times.toFixed(2)} times as much, of at most ${BACK_TO}` }),
    },
  ];
}
