// Everything of one caller over real HTTP: given out and deleted, and nothing of anybody else.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { CallEvent } from '@/lib/calls/event';
import { askRoute } from '@/lib/testing/api';
import { sampleCall } from '@/lib/testing/calls';
import { storeOn, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';

let place: TestDatabase;
let store: Awaited<ReturnType<typeof storeOn>>;
let web: TestServer;
const ask = (method: string, path: string) => askRoute(web.url + path, method);

const of = (callerId: string) => (event: CallEvent) =>
  event.what.kind === 'requested' ? { ...event, what: { ...event.what, callerId } } : event;

beforeAll(async () => {
  place = await testDatabase();
  vi.stubEnv('MASK', 'phone');
  store = await storeOn(place);
  web = await serveRoutes({
    '/api/callers/[identity]': await import('./[identity]/route'),
    '/api/callers/[identity]/export': await import('./[identity]/export/route'),
  });
  for (const [seed, caller] of [
    [1, 'ann'],
    [2, 'ben'],
    [3, 'ann'],
  ] as const) {
    const call = sampleCall(seed, Date.now() - seed * 60_000, { turns: 2, ending: 'caller' });
    await store.recordEvents(
      call
        .map(of(caller))
        .map((event) =>
          event.what.kind === 'turn'
            ? { ...event, what: { ...event.what, text: 'It is 020 7946 0018.' } }
            : event,
        ),
    );
  }
}, 60_000);
afterAll(async () => {
  await web?.close();
  await store?.closeStore();
  await place?.remove();
  vi.unstubAllEnvs();
});

it('gives out all calls of a caller, masked as they are kept', async () => {
  const { status, headers, body } = await ask('GET', '/api/callers/ann/export');
  expect(status).toBe(200);
  expect(headers.get('content-disposition')).toContain('attachment');
  expect(body.calls.map(({ call }: { call: { id: string } }) => call.id)).toEqual([
    'sample-1',
    'sample-3',
  ]);
  expect(JSON.stringify(body)).toContain('It is [phone number].');
  expect(JSON.stringify(body)).not.toContain('7946 0018');
});

it('deletes them, and leaves those of others', async () => {
  expect(await ask('DELETE', '/api/callers/ann')).toMatchObject({
    status: 200,
    body: { calls: 2, not_deleted: [] },
  });
  expect((await ask('GET', '/api/callers/ann/export')).status).toBe(404);
  expect((await ask('DELETE', '/api/callers/ann')).status).toBe(404);
  expect((await ask('GET', '/api/callers/ben/export')).body.calls).toHaveLength(1);
});
