// Deleting the last call of a caller deletes their copy at Letta: with a real
// database, and a fake Letta server.

import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { callersCopy } from '@/lib/letta/copies';
import { type LettaStandIn, startLetta } from '@/lib/letta/testing/letta-server';
import { server } from '@/lib/server';
import { storeOn, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';

let place: TestDatabase;
let calls: Awaited<ReturnType<typeof storeOn>>;
let letta: LettaStandIn;
let sam: string;
let web: TestServer;
let tidy: typeof import('@/lib/letta/old-copies').tidyCopies;
let lettaClient: typeof import('@/lib/letta/client').lettaClient;

/** Milliseconds for PGlite's first start on a busy machine. */
const START_MS = 60_000;
const AT = Date.now();

beforeAll(async () => {
  place = await testDatabase();
  calls = await storeOn(place);
  web = await serveRoutes({ '/api/calls/[id]': await import('@/app/api/calls/[id]/route') });
  ({ tidyCopies: tidy } = await import('@/lib/letta/old-copies'));
  ({ lettaClient } = await import('@/lib/letta/client'));
}, START_MS);
afterAll(async () => {
  await web.close();
  await endServer();
  await place.remove();
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  letta = await startLetta();
  sam = letta.add('Sam');
  Object.assign(server().config, { LETTA_URL: letta.url });
});
afterEach(() => letta.close());

/** A stored call of that caller with Sam. Returns the ID of their copy at Letta. */
async function called(call: string, caller: string, id: string | undefined = call) {
  const event = { id: `${call}-1`, call, room: `room-of-${call}`, roomSid: `RM_${call}` };
  const what = { kind: 'room_started' as const };
  await calls.storeEvents(server(), [{ ...event, source: 'livekit', at: AT, what }], AT);
  const client = await lettaClient({ url: letta.url, key: undefined }, 2_000);
  return callersCopy(client, sam, caller, id);
}
async function remove(call: string) {
  const answer = await fetch(`${web.url}/api/calls/${call}`, { method: 'DELETE' });
  return { status: answer.status, body: answer.status === 200 ? await answer.json() : undefined };
}
const isThere = (id: string) => letta.agents.has(id);

it("is deleted with the last of the caller's calls", async () => {
  const [ann, ben] = [await called('a-1', 'ann'), await called('a-2', 'ben')];
  expect(await called('a-3', 'ann')).toBe(ann);
  expect((await remove('a-1')).status).toBe(204);
  expect([ann, ben].map(isThere)).toEqual([true, true]);
  expect((await remove('a-3')).status).toBe(204);
  expect([sam, ann, ben].map(isThere)).toEqual([true, false, true]);
});

it('finds a call by its room if the worker knew nothing else', async () => {
  const ann = await called('b-1', 'ann', 'RM_b-1');
  expect((await remove('b-1')).status).toBe(204);
  expect(isThere(ann)).toBe(false);
});

it('keeps a copy with a call that this server does not know', async () => {
  const ann = await called('c-1', 'ann');
  const client = await lettaClient({ url: letta.url, key: undefined }, 2_000);
  await callersCopy(client, sam, 'ann', 'call-of-another-server');
  await remove('c-1');
  expect(isThere(ann)).toBe(true);
});

it('ends with its original: at once, or when its call has ended', async () => {
  const [ann, ben] = [await called('e-1', 'ann'), await called('e-2', 'ben')];
  const other = letta.add('Max');
  const what = { kind: 'room_finished' as const };
  const end = { ...{ id: 'e-1-2', call: 'e-1', room: 'room-of-e-1' }, roomSid: 'RM_e-1' };
  await calls.storeEvents(server(), [{ ...end, source: 'livekit', at: AT + 1, what }], AT);
  const blocks = letta.agents.get(ann)?.blocks.filter(({ read_only }) => !read_only) ?? [];
  const connection = { url: letta.url, key: undefined };
  const next = Date.now() + 10 * 24 * 60 * 60_000;
  await tidy(server(), connection, next);
  expect([sam, other, ann, ben].map(isThere)).toEqual([true, true, true, true]);
  letta.agents.delete(sam);
  await tidy(server(), connection, next + 3_600_000);
  expect([other, ann, ben].map(isThere)).toEqual([true, false, true]);
  expect(blocks.map(({ id }) => letta.blocks.has(id))).toEqual([false]);
  const endToo = { ...{ id: 'e-2-2', call: 'e-2', room: 'room-of-e-2' }, roomSid: 'RM_e-2' };
  await calls.storeEvents(server(), [{ ...endToo, source: 'livekit', at: AT + 1, what }], AT);
  await tidy(server(), connection, next + 3_600_000 + 61_000);
  expect([other, ben].map(isThere)).toEqual([true, false]);
});

it('deletes the call while Letta is unavailable, says so, and does the rest later', async () => {
  const [ann, ben] = [await called('d-1', 'ann'), await called('d-2', 'ben')];
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const connection = { url: letta.url, key: undefined };
  await tidy(server(), connection, AT);
  Object.assign(server().config, { LETTA_URL: 'http://127.0.0.1:9' });
  expect(await remove('d-1')).toEqual({
    status: 200,
    body: { not_deleted: [], letta_later: true },
  });
  expect((await remove('d-1')).status).toBe(404);
  expect(errors).toHaveBeenCalledWith(expect.stringContaining('deleted later'));
  await tidy(server(), connection, Date.now());
  expect(isThere(ann)).toBe(true);
  await tidy(server(), connection, Date.now() + 61_000);
  expect([ann, ben].map(isThere)).toEqual([false, true]);
});
