// What the store said it has written is there after kill -9 of the process, or of the server.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, expect, it, vi } from 'vitest';
import { runFile } from '../../testing/bundled';
import { NO_LIVEKIT, storeOn, testFolder } from '../../testing/calls-database';
import { hasPostgres, startPostgres } from '../../testing/databases';

const WRITER = 'lib/testing/call-writer.ts';
const LIMIT_MS = 60_000;

const leftovers: (() => unknown)[] = [];
afterEach(async () => {
  for (const clear of leftovers.splice(0).reverse()) await clear();
});

/** A process that writes, and the ids of the events it was told are written. */
async function writer(env: Readonly<Record<string, string>>, prefix: string) {
  const child = await runFile(WRITER, [prefix], { ...NO_LIVEKIT, ...env });
  leftovers.push(() => child.kill('SIGKILL'));
  const acknowledged: string[] = [];
  let refused = 0;
  createInterface(child.stdout).on('line', (id) => acknowledged.push(id));
  createInterface(child.stderr).on('line', () => {
    refused += 1;
  });
  return {
    acknowledged,
    refused: () => refused,
    /** Waits until this many more are written. */
    more: (count: number) => {
      const enough = acknowledged.length + count;
      return vi.waitUntil(() => acknowledged.length >= enough, { timeout: LIMIT_MS, interval: 5 });
    },
    async kill() {
      const exit = once(child, 'exit');
      const drained = once(child.stdout, 'close');
      child.kill('SIGKILL');
      await Promise.all([exit, drained]);
    },
  };
}

/** Ids of all events of the calls that `acknowledged` were written to. */
async function kept(place: { env: Readonly<Record<string, string>> }, acknowledged: string[]) {
  const store = await storeOn(place);
  leftovers.push(() => store.closeStore());
  const calls = [
    ...new Set(
      acknowledged.map((id) => {
        const [, prefix, number] = id.match(/^(.*)-(\d+)$/) ?? [];
        return `call-${prefix}-${Math.floor(Number(number) / 20)}`;
      }),
    ),
  ];
  const timelines = await Promise.all(calls.map((id) => store.readTimeline(id)));
  for (const timeline of timelines) {
    const { calls: listed } = await store.listCalls({
      from: timeline?.call.requestedAt,
      limit: 100,
    });
    expect(listed).toContainEqual(timeline?.call);
  }
  return timelines.flatMap((timeline) => timeline?.marks.map(({ id }) => id) ?? []);
}

it('PGlite: the process is killed while it writes, twice', async () => {
  const place = await testFolder();
  leftovers.push(() => place.remove());
  const all: string[] = [];
  for (const prefix of ['a', 'b']) {
    const writing = await writer(place.env, prefix);
    await writing.more(50);
    await writing.kill();
    all.push(...writing.acknowledged);
  }
  expect(all.length).toBeGreaterThanOrEqual(100);
  expect(await kept(place, all)).toEqual(expect.arrayContaining(all));
}, 120_000);

it.skipIf(!hasPostgres)(
  'PostgreSQL: the server is killed under two writers, then they are',
  async () => {
    const server = await startPostgres();
    leftovers.push(() => server.remove());
    const [one, two] = await Promise.all([writer(server.env, 'a'), writer(server.env, 'b')]);
    await Promise.all([one.more(30), two.more(30)]);
    await server.kill();
    // They are refused while it is away, and go on by themselves afterwards.
    await vi.waitUntil(() => one.refused() > 0 && two.refused() > 0, { timeout: LIMIT_MS });
    await server.run();
    await Promise.all([one.more(30), two.more(30)]);
    await Promise.all([one.kill(), two.kill()]);
    const all = [...one.acknowledged, ...two.acknowledged];
    const there = await kept(server, all);
    expect(there).toEqual(expect.arrayContaining(all));
    expect(there.length).toBe(new Set(there).size);
  },
  120_000,
);
