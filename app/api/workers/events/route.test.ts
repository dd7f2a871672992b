// Workers' events over HTTP, into a real database.

import { rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { BATCH_MAX_BYTES, type CallEvent, EVENTS_PATH } from '@/lib/calls/event';
import { signBody } from '@/lib/livekit/worker-auth';
import { server } from '@/lib/server';
import { NO_LIVEKIT, storeOn, type TestDatabase, testFolder } from '@/lib/testing/calls-database';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';

let place: TestDatabase;
let store: Awaited<ReturnType<typeof storeOn>>;
let web: TestServer;

beforeAll(async () => {
  place = await testFolder();
  store = await storeOn(place);
  web = await serveRoutes({ [EVENTS_PATH]: await import('@/app/api/workers/events/route') });
});
afterAll(async () => {
  await endServer();
  await web.close();
  await place.remove();
});

const event = (id: string, at = Date.now()): CallEvent => ({
  id,
  call: 'c-1',
  room: 'r',
  source: 'worker:w-1',
  at,
  what: { kind: 'agent_state', identity: 'a', state: 'speaking' },
});
async function send(batch: unknown, signer = NO_LIVEKIT, body = JSON.stringify(batch)) {
  const authorization = await signBody('events', JSON.stringify(batch), signer);
  const headers = { 'content-type': 'application/json', authorization };
  return fetch(web.url + EVENTS_PATH, { method: 'POST', headers, body });
}
const batch = (...events: unknown[]) => ({ worker: 'w-1', sentAt: Date.now(), events });
const kept = async () => (await store.readTimeline(server(), 'c-1'))?.marks.map(({ id }) => id);

it('stores signed events once', async () => {
  const response = await send(batch(event('a'), event('b')));
  expect([response.status, await response.text()]).toEqual([204, '']);
  expect((await send(batch(event('b'), event('c')))).status).toBe(204);
  expect(await kept()).toEqual(['a', 'b', 'c']);
});

it("does not mistake the delay of a worker's queue for a wrong clock", async () => {
  const queuedAt = Date.now() - 3_600_000;
  await send({ ...batch(event('old', queuedAt)), sentAt: Date.now() });
  expect((await store.readTimeline(server(), 'c-1'))?.clocks).toEqual([]);
});

it('refuses unsigned, altered, invalid and large bodies', async () => {
  const one = batch(event('x'));
  const other = { ...NO_LIVEKIT, LIVEKIT_API_SECRET: 'x'.repeat(32) };
  expect((await send(one, other)).status).toBe(401);
  expect((await send(one, NO_LIVEKIT, JSON.stringify(batch(event('y'))))).status).toBe(401);
  expect((await send(batch())).status).toBe(400);
  expect((await send(batch({ ...event('x'), source: 'someone' }))).status).toBe(400);
  expect((await send({ ...one, more: ' '.repeat(BATCH_MAX_BYTES) })).status).toBe(413);
  expect((await fetch(web.url + EVENTS_PATH)).status).toBe(405);
  expect(await kept()).not.toContain('x');
});

it('refuses events while the database is unavailable, and accepts them later', async () => {
  await endServer();
  const lock = join(place.folder, 'db.lock');
  // Locked by another host that sends heartbeats.
  const other = { pid: 1, began: '', host: `not-${hostname()}`, token: 'other' };
  writeFileSync(lock, JSON.stringify(other));
  const away = await send(batch(event('d')));
  expect(away.status).toBe(503);
  expect((await away.json()).type).toBe('urn:callboard:problem:database-unavailable');
  rmSync(lock);
  // It is opened again after two seconds.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2_000 });
  onTestFinished(() => void vi.useRealTimers());
  expect((await send(batch(event('d')))).status).toBe(204);
  expect(await kept()).toContain('d');
});
