// Starts a process that writes calls (call-writer-process.ts), for tests that kill it or its database, and reads what
// was stored.

import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { server } from '@/lib/server';
import { runFile } from '@/lib/testing/bundled';
import type { storeOn } from '@/lib/testing/calls-database';
import { waitFor } from '@/lib/testing/wait-for';

/** Milliseconds for some writes: after a server restart they may take up to 20 s. */
const WRITES_MS = 60_000;

/** Starts a process, which ends with the test. Its calls are named `call-PREFIX-NUMBER`, twenty events each. */
export async function callWriter(env: Readonly<Record<string, string>>, prefix: string) {
  const child = await runFile('lib/testing/call-writer-process.ts', [prefix], env);
  onTestFinished(() => void child.kill('SIGKILL'));
  const acknowledged: string[] = [];
  let refused = 0;
  createInterface(child.stdout).on('line', (id) => acknowledged.push(id));
  createInterface(child.stderr).on('line', () => {
    refused += 1;
  });
  const gone = Promise.all([once(child, 'exit'), once(child.stdout, 'close')]);
  return {
    /** Ids of confirmed events. */
    acknowledged,
    /** Number of refused writes. */
    refused: () => refused,
    /** Waits until this many more are confirmed. */
    more: (count: number) => {
      const enough = acknowledged.length + count;
      return waitFor(`${count} events`, () => acknowledged.length >= enough, WRITES_MS);
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Ids of all stored events of the calls that these events belong to. */
export async function keptOf(
  store: Awaited<ReturnType<typeof storeOn>>,
  acknowledged: readonly string[],
): Promise<string[]> {
  const calls = acknowledged.map((id) => {
    const [, prefix, number] = id.match(/^(.*)-(\d+)$/) ?? [];
    return `call-${prefix}-${Math.floor(Number(number) / 20)}`;
  });
  const timelines = await Promise.all(
    [...new Set(calls)].map((id) => store.readTimeline(server(), id)),
  );
  return timelines.flatMap((timeline) => timeline?.marks.map(({ id }) => id) ?? []);
}
