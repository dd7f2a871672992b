// Which agents of a Letta server can be called, with a fake server and the official client.

import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { readLetta, writeLetta } from '@/lib/dispatch/letta-choice';
import { COPY_TAG } from '@/lib/letta/copies';
import { askLetta, lettaListing, namedByLetta } from '@/lib/letta/listing';
import { type LettaStandIn, startLetta } from '@/lib/letta/testing/letta-server';
import { translator } from '@/lib/messages/messages';
import type { Server } from '@/lib/server';
import { testServer } from '@/lib/testing/server';

let letta: LettaStandIn;
let server: Server;

beforeEach(async () => {
  letta = await startLetta();
  server = testServer({ LETTA_URL: letta.url });
  // No copies are due to be deleted.
  server.lettaCleanup.at = Number.POSITIVE_INFINITY;
  return () => letta.close();
});

const t = translator('en', 'letta');

const wanted = (agent: string, name?: string) => ({
  name: 'letta',
  deployment: '',
  metadata: writeLetta({ agent, name }, '{"mine":1}'),
});

test("lists agents by name, without callers' copies and helper agents", async () => {
  const [max, ada] = [letta.add('Max'), letta.add('Ada')];
  letta.add('Ada', { tags: [COPY_TAG] });
  letta.add('Helper', { agent_type: 'sleeptime_agent' });
  const agents = [
    { id: ada, name: 'Ada', summary: '' },
    { id: max, name: 'Max', summary: '' },
  ];
  expect(await lettaListing(server)).toEqual({ agents });
  await Promise.all([lettaListing(server), lettaListing(server)]);
  expect(letta.asked).toEqual(['GET /v1/agents/']);
});

test('when an agent was deleted, its copies are looked for at once', async () => {
  const id = letta.add('Ada');
  letta.add('Max');
  const now = vi.spyOn(Date, 'now');
  onTestFinished(() => now.mockRestore());
  const listed = (at: number) => {
    now.mockReturnValue(at);
    return lettaListing(server);
  };
  const start = Date.now() + 60_000;
  await listed(start);
  await listed(start + 11_000);
  expect(server.lettaCleanup.at).toBe(Number.POSITIVE_INFINITY);
  letta.agents.delete(id);
  await listed(start + 22_000);
  expect(server.lettaCleanup.at).toBe(Number.NEGATIVE_INFINITY);
});

test('sends no request without a configured server', async () => {
  expect(await lettaListing(testServer({ LETTA_URL: '' }))).toEqual({ agents: [] });
  expect(letta.asked).toEqual([]);
});

test('has a text if the agents are unknown', async () => {
  const gone = await askLetta({ url: 'http://127.0.0.1:9', key: undefined });
  expect(gone).toEqual({ agents: [], problem: t('unreachable') });
  const locked = await startLetta('right');
  onTestFinished(() => locked.close());
  const refused = await askLetta({ url: locked.url, key: 'wrong' });
  expect(refused).toEqual({ agents: [], problem: t('refused') });
});

test('uses the name at Letta, not one from the client', async () => {
  const id = letta.add('Sam');
  const { metadata } = await namedByLetta(server, wanted(id, 'The bank'));
  expect(readLetta(metadata)).toEqual({ agent: id, name: 'Sam' });
  expect(JSON.parse(metadata)).toMatchObject({ mine: 1 });
});

test('knows an agent that is not listed: one of many, or a new one', async () => {
  const old = letta.add('The first');
  for (let at = 0; at < 50; at++) letta.add(`${at}`);
  expect((await lettaListing(server)).agents).not.toContainEqual(
    expect.objectContaining({ id: old }),
  );
  const fresh = letta.add('The last');
  for (const [id, name] of [
    [old, 'The first'],
    [fresh, 'The last'],
  ] as const) {
    expect(readLetta((await namedByLetta(server, wanted(id))).metadata)).toEqual({
      agent: id,
      name,
    });
  }
  for (const id of [letta.add('x', { tags: [COPY_TAG] }), 'agent-of-nobody']) {
    await expect(namedByLetta(server, wanted(id))).rejects.toMatchObject({
      kind: 'unknown-agent',
    });
  }
});

test.each(['/', '/v1', '/v1/'])('accepts %s at the end of its address', async (end) => {
  const id = letta.add('Ada');
  const { agents } = await askLetta({ url: `${letta.url}${end}`, key: undefined });
  expect(agents).toEqual([expect.objectContaining({ id })]);
});

test('refuses an unknown agent, and lists the valid ones', async () => {
  const id = letta.add('Sam');
  const refused = namedByLetta(server, wanted('agent-00000000-0000-4000-8000-000000000000'));
  await expect(refused).rejects.toMatchObject({ kind: 'unknown-agent', members: { valid: [id] } });
});

test('continues without a name if Letta does not respond', async () => {
  const away = testServer({ LETTA_URL: 'http://127.0.0.1:9' });
  const { metadata } = await namedByLetta(away, wanted('agent-1', 'The bank'));
  expect(readLetta(metadata)).toEqual({ agent: 'agent-1' });
});

test('does not change other agents', async () => {
  const plain = { name: 'front-desk', deployment: '', metadata: 'mine' };
  expect(await namedByLetta(server, plain)).toBe(plain);
});
