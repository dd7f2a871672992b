// Uploads while a PostgreSQL server is stopped and comes back: workers get their answers, none is lost, and none is stored
// twice.
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readTimeline, storeEvents } from '@/lib/calls/store/store';
import {
  conversation,
  joinedCall,
  logsOf,
  sendOtlp,
  type TestSession,
} from '@/lib/insights/testing/uploads';
import { server } from '@/lib/server';
import { storeOn } from '@/lib/testing/calls-database';
import { hasPostgres, startPostgres } from '@/lib/testing/databases';
import type { TestPostgres } from '@/lib/testing/postgres';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';

const UPLOADS = 50;
/** Requests at a time, as of several workers. */
const AT_ONCE = 5;

describe.skipIf(!hasPostgres)('a server that is stopped during uploads', () => {
  let postgres: TestPostgres;
  let web: TestServer;
  let stop: () => Promise<void> = async () => {};
  beforeAll(async () => {
    // What is tried while the server is away is logged.
    vi.spyOn(console, 'error').mockImplementation(() => {});
    postgres = await startPostgres();
    await storeOn(postgres);
    web = await serveRoutes({
      '/observability/[signal]/otlp/v0': await import('@/app/observability/[signal]/otlp/v0/route'),
    });
    stop = server().uploads.spool.start();
  });
  afterAll(async () => {
    await stop();
    await web?.close();
    await endServer();
    await postgres?.remove();
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  it('loses none, and stores none twice', async () => {
    const at = Date.now() - 30_000;
    const calls = Array.from({ length: UPLOADS }, (_, n) => ({
      call: `c-${n}`,
      session: { room: `RM_${n}`, job: `AJ_${n}` } satisfies TestSession,
    }));
    await storeEvents(
      server(),
      calls.flatMap(({ call, session }) => joinedCall(session, { call, room: call, at })),
    );
    const spooled = () => readdirSync(server().uploads.spool.folder).length;
    const waiting = calls.map(({ session }) => session);
    const statuses: number[] = [];
    const lane = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const message = logsOf(next, { items: conversation(at / 1_000) }, at + 20_000);
        statuses.push((await sendOtlp(web.url, 'logs', message)).status);
      }
    };
    const sent = Promise.all(Array.from({ length: AT_ONCE }, lane));

    await expect.poll(() => statuses.length).toBeGreaterThanOrEqual(10);
    await postgres.stop();
    await expect.poll(spooled).toBeGreaterThanOrEqual(10);
    await postgres.run();
    await sent;
    await expect.poll(spooled).toBe(0);

    expect(statuses).toEqual(calls.map(() => 200));
    const stored = await Promise.all(
      calls.map(async ({ call }) => (await readTimeline(server(), call))?.marks ?? []),
    );
    const kinds = stored.map((marks) => marks.map((mark) => mark.kind));
    expect(stored[0]?.filter(({ kind }) => kind === 'turn')).toHaveLength(4);
    for (const one of kinds) expect(one).toEqual(kinds[0]);
  });
});
