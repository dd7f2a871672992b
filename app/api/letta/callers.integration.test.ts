// What agents at Letta remember of a caller is in the export, and all of it is deleted with the caller: also that of the
// helper agent of sleep-time, and archival memory. With a real database, and a fake Letta server that leaves behind what
// Letta does.

import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { EventData } from '@/lib/calls/event';
import { lettaClient } from '@/lib/letta/client';
import { callersCopy } from '@/lib/letta/copies';
import { type LettaStandIn, startLetta } from '@/lib/letta/testing/letta-server';
import { server } from '@/lib/server';
import { askRoute } from '@/lib/testing/api';
import { storeOn, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';

let place: TestDatabase;
let store: Awaited<ReturnType<typeof storeOn>>;
let letta: LettaStandIn;
let sam: string;
let web: TestServer;

beforeAll(async () => {
  place = await testDatabase();
  letta = await startLetta();
  vi.stubEnv('LETTA_URL', letta.url);
  store = await storeOn(place);
  web = await serveRoutes({
    '/api/calls/[id]': await import('@/app/api/calls/[id]/route'),
    '/api/callers/[identity]': await import('@/app/api/callers/[identity]/route'),
    '/api/callers/[identity]/export': await import('@/app/api/callers/[identity]/export/route'),
  });
});
afterAll(async () => {
  await web?.close();
  await endServer();
  await letta?.close();
  await place?.remove();
  vi.unstubAllEnvs();
});
beforeEach(() => {
  sam = letta.add('Sam', { enable_sleeptime: true });
});
afterEach(() => {
  for (const all of [letta.agents, letta.blocks, letta.archives]) all.clear();
});

const groupOf = (id: string) => letta.agents.get(id)?.managed_group as { agent_ids: string[] };

/** A call of this caller with Sam; every text that Letta stores about it contains `own`. Returns the ID of their copy. */
async function called(own: string): Promise<string> {
  const at = Date.now();
  const requested: EventData = {
    ...{ kind: 'requested', origin: 'page', agent: 'letta', deployment: 'production', name: own },
    ...{ identity: own, callerId: `${own}-browser` },
  };
  const event = { call: `${own}-call`, room: `${own}-room`, roomSid: `RM_${own}`, at };
  const events = [requested, { kind: 'room_started' } as const];
  await store.storeEvents(
    server(),
    events.map((what, index) => ({ ...event, id: `${own}-${index}`, source: 'web', what })),
    at,
  );
  const client = await lettaClient({ url: letta.url, key: undefined }, 5_000);
  const copy = await callersCopy(client, sam, `identity:${own}`, event.call);
  const state = letta.agents.get(copy);
  const [helper = ''] = groupOf(copy).agent_ids;
  state?.talk.push(...Array.from({ length: 120 }, (_, line) => `Line ${line} of ${own}.`));
  letta.agents.get(helper)?.talk.push(`The helper read ${own}.`);
  for (const one of [copy, helper]) {
    letta.archive(one, `Archived by ${one} of ${own}.`);
    // The last one is its own; the helper has the others too.
    const block = letta.agents.get(one)?.blocks.findLast(({ read_only: fixed }) => !fixed);
    if (block) block.value = `${own} in the block of ${one}`;
  }
  return copy;
}
const ask = (method: string, path: string) => askRoute(web.url + path, method);
/** Everything that Letta stores. */
const stored = () =>
  JSON.stringify(
    [letta.agents, letta.blocks, letta.archives].map((all) => [...all.values()]),
    (_, value) => (value instanceof Set ? [...value] : value),
  );

it('is exported', async () => {
  const copy = await called('quill');
  await called('other');
  const { status, body } = await ask('GET', '/api/callers/quill-browser/export');
  expect([status, body.letta.length]).toEqual([200, 1]);
  const [memory] = body.letta;
  expect(memory.agent).toBe('Sam');
  const helper = [...letta.agents.values()].find(({ talk }) =>
    talk.join().includes('helper read quill'),
  );
  expect(JSON.stringify(memory.blocks)).toContain(`quill in the block of ${copy}`);
  const said = memory.messages.map(({ content }: { content: string }) => content);
  expect(said).toEqual([
    ...Array.from({ length: 120 }, (_, line) => `Line ${line} of quill.`),
    'The helper read quill.',
  ]);
  expect(memory.archive).toEqual([
    `Archived by ${copy} of quill.`,
    `Archived by ${helper?.id} of quill.`,
  ]);
  expect(JSON.stringify(body)).not.toMatch(/other|You are an agent|Open from 9/);
});

it.each([
  ['the caller', 'quill-1', '/api/callers/quill-1-browser'],
  ['their last call', 'quill-2', '/api/calls/quill-2-call'],
])('is deleted with %s, and nothing else', async (_, name, path) => {
  const before = stored();
  await called(name);
  const other = name.replace('quill', 'other');
  const theirs = await called(other);
  expect((await ask('DELETE', path)).status).toBeLessThan(300);
  const after = stored();
  expect(after).not.toContain('quill');
  expect(after).toContain(`${other} in the block of ${theirs}`);
  expect((await ask('DELETE', `/api/callers/${other}-browser`)).body.letta_agents).toBe(1);
  expect(stored()).toBe(before);
});

it('is deleted by the next try if Letta fails halfway', async () => {
  const before = stored();
  await called('quill-3');
  const failing = vi.spyOn(letta.archives, 'delete').mockImplementation(() => {
    throw new Error('out of order');
  });
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect((await ask('DELETE', '/api/callers/quill-3-browser')).status).toBe(500);
  failing.mockRestore();
  expect((await ask('DELETE', '/api/callers/quill-3-browser')).status).toBe(200);
  expect(errors).toHaveBeenCalled();
  errors.mockRestore();
  expect(stored()).toBe(before);
});

it('is not missing without a word: an export fails while Letta does not answer', async () => {
  await called('quill-4');
  letta.agents.get = () => {
    throw new Error('out of order');
  };
  const { status, body } = await ask('GET', '/api/callers/quill-4-browser/export');
  Reflect.deleteProperty(letta.agents, 'get');
  expect([status, body.detail]).toEqual([503, expect.stringContaining('Letta')]);
});
