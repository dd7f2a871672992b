// Two web processes on one PostgreSQL server: pages of one hear what the other one wrote, also after
// the server was killed and came back.
import { afterEach, expect, it } from 'vitest';
import { runFile } from '../../testing/bundled';
import { usualCall } from '../../testing/call-events';
import { KEEPS_ALL, NO_LIVEKIT, storeOn } from '../../testing/calls-database';
import { hasPostgres, startPostgres } from '../../testing/databases';

/** Milliseconds: longer than the 20 s after which a write that was cut off is given up. */
const LIMIT_MS = 60_000;
const leftovers: (() => unknown)[] = [];
afterEach(async () => {
  for (const clear of leftovers.splice(0).reverse()) await clear();
});

const soon = <T>(value: () => T) => expect.poll(value, { timeout: LIMIT_MS });

it.skipIf(!hasPostgres)(
  'pages hear of each change once, whichever process made it, and of what they may have missed',
  async () => {
    const server = await startPostgres();
    leftovers.push(() => server.remove());
    const env = { ...NO_LIVEKIT, ...server.env, ...KEEPS_ALL };
    const store = await storeOn({ env });
    leftovers.push(() => store.closeStore());
    await store.listCalls();
    const heard: (string | undefined)[] = [];
    leftovers.push(store.onCallChanged((id) => heard.push(id)));
    const other = await runFile('lib/testing/call-writer.ts', ['other'], env);
    leftovers.push(() => other.kill('SIGKILL'));
    await soon(() => heard).toContain('call-other-0');

    // Our own are told at once; when something of the other comes after, they are not told again.
    const own = () => heard.filter((id) => id === 'c1').length;
    await store.recordEvents(usualCall());
    const known = heard.length;
    await soon(() => heard.length).toBeGreaterThan(known + 5);
    expect(own()).toBe(1);
    await store.deleteCall('c1');
    expect(own()).toBe(2);

    await server.kill();
    await server.run();
    await soon(() => heard).toContain(undefined);
    const before = heard.length;
    await soon(() => heard.length).toBeGreaterThan(before);
    expect(heard.at(-1)).toMatch(/^call-other-/);
  },
  240_000,
);
