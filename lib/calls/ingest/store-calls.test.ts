// Events of the web process itself: none is lost when the process is killed.

import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CallEvent } from '@/lib/calls/event';
import { asSentNow } from '@/lib/calls/ingest/store-calls';
import { server } from '@/lib/server';
import { runFile } from '@/lib/testing/bundled';
import { NO_LIVEKIT, storeOn, type TestDatabase, testFolder } from '@/lib/testing/calls-database';
import { endProcess, outputOf } from '@/lib/testing/processes';
import { endServer } from '@/lib/testing/server';

const LIMIT = { timeout: 60_000 };
const leftovers: (() => unknown)[] = [];
afterEach(async () => {
  for (const clear of leftovers.splice(0).reverse()) await clear();
  vi.unstubAllEnvs();
});

/** A web process that adds `count` events; `ids` has those that were confirmed. */
async function webProcess(place: TestDatabase, prefix: string, count: number) {
  const child = await runFile('lib/testing/web-events.ts', [prefix, `${count}`], {
    ...NO_LIVEKIT,
    ...place.env,
  });
  leftovers.push(() => child.kill('SIGKILL'));
  const ids: string[] = [];
  const log = outputOf(child);
  createInterface(child.stdout).on('line', (id) => ids.push(id));
  return {
    ids,
    log,
    kill: () => endProcess(child, 'SIGKILL'),
  };
}
const queueOf = ({ folder }: TestDatabase) => join(folder, 'events', 'web');
const queued = (at: TestDatabase, end = '.jsonl') =>
  readdirSync(queueOf(at)).filter((name) => name.endsWith(end));
/** Lets the last sign of life of a process that was killed be so old that another one takes over its events. */
function age(at: TestDatabase): void {
  const [alive, ...others] = queued(at, '.alive');
  expect([alive, others]).toEqual([expect.any(String), []]);
  const then = Date.now() / 1_000 - 11;
  utimesSync(join(queueOf(at), alive ?? ''), then, then);
}
async function place() {
  const made = await testFolder();
  leftovers.push(() => made.remove());
  return made;
}
async function kept(at: TestDatabase, prefix: string): Promise<readonly string[]> {
  const store = await storeOn(at);
  const timeline = await store.readTimeline(server(), `c-${prefix}`);
  await endServer();
  return timeline?.marks.map(({ id }) => id) ?? [];
}

it('after kill -9 the next process writes the remaining events, once and in order', async () => {
  const at = await place();
  const web = await webProcess(at, 'a', 5_000);
  await expect.poll(() => web.ids.length, LIMIT).toBeGreaterThan(500);
  await web.kill();
  expect(queued(at)).not.toEqual([]);
  age(at);
  const last = await webProcess(at, 'd', 0);
  await expect.poll(() => queued(at), LIMIT).toEqual([]);
  await last.kill();
  // There is no LiveKit server in this test, so that check fails.
  const complaints = last
    .log()
    .split('\n')
    .filter((line) => !line.includes('cannot check for lost calls'));
  expect(complaints.join('')).toBe('');
  const there = await kept(at, 'a');
  expect(there.slice(0, web.ids.length)).toEqual(web.ids);
  expect(new Set(there).size).toBe(there.length);
}, 120_000);

describe('LiveKit’s clock', () => {
  const event = { source: 'livekit', at: 1_000 } as CallEvent;
  it.each([
    ['correct, sent at once', 1_000, 1_000, 1_000],
    // Received 5 ms after it happened, so it counts as sent 5 ms before its arrival.
    ['correct, queued for an hour', 1_005, 3_601_000, 3_600_995],
    ['an hour behind, sent at once', 3_601_000, 3_601_000, 1_000],
    ['an hour behind, queued for ten seconds', 3_601_000, 3_611_000, 11_000],
  ])('%s', (_, heard, now, sentAt) => {
    expect(asSentNow(event, heard, now).sentAt).toBe(sentAt);
  });
});
