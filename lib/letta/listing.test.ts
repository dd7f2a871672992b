// Which agents of a Letta server can be called, with a fake server and the official client.
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { readLetta, writeLetta } from '@/lib/dispatch/letta-choice';
import { lettaText } from '@/lib/messages/en/catalogue';
import { COPY_TAG } from './copies';
import { isCleanupDue } from './deleted-calls';
import { askLetta, lettaListing, namedByLetta } from './listing';
import { tidyCopies } from './old-copies';
import { type LettaStandIn, startLetta } from './testing/letta-server';

vi.mock('./old-copies', () => ({ tidyCopies: vi.fn() }));

let letta: LettaStandIn;

beforeEach(async () => {
  letta = await startLetta();
  vi.stubEnv('LETTA_URL', letta.url);
  return () => letta.close();
});
afterEach(() => vi.unstubAllEnvs());

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
  expect(await lettaListing()).toEqual({ agents });
  await Promise.all([lettaListing(), lettaListing()]);
  expect(letta.asked).toEqual(['GET /v1/agents/']);
  expect(tidyCopies).toHaveBeenCalledWith({ url: letta.url, key: undefined });
});

test('when an agent was deleted, its copies are looked for at once', async () => {
  const id = letta.add('Ada');
  letta.add('Max');
  const now = vi.spyOn(Date, 'now');
  onTestFinished(() => now.mockRestore());
  const listed = (at: number) => {
    now.mockReturnValue(at);
    return lettaListing();
  };
  const start = Date.now() + 60_000;
  await listed(start);
  expect(isCleanupDue(start)).toBe(true);
  await listed(start + 11_000);
  expect(isCleanupDue(start + 11_000)).toBe(false);
  letta.agents.delete(id);
  await listed(start + 22_000);
  expect(isCleanupDue(start + 22_000)).toBe(true);
});

test('sends no request without a configured server', async () => {
  vi.stubEnv('LETTA_URL', '');
  expect(await lettaListing()).toEqual({ agents: [] });
  expect(letta.asked).toEqual([]);
});

test('has a text if the agents are unknown', async () => {
  const gone = await askLetta({ url: 'http://127.0.0.1:9', key: undefined });
  expect(gone).toEqual({ agents: [], problem: lettaText.unreachable });
  const locked = await startLetta('right');
  onTestFinished(() => locked.close());
  const refused = await askLetta({ url: locked.url, key: 'wrong' });
  expect(refused).toEqual({ agents: [], problem: lettaText.refused });
});

test('uses the name at Letta, not one from the client', async () => {
  const id = letta.add('Sam');
  const { metadata } = await namedByLetta(wanted(id, 'The bank'));
  expect(readLetta(metadata)).toEqual({ agent: id, name: 'Sam' });
  expect(JSON.parse(metadata)).toMatchObject({ mine: 1 });
});

test('knows an agent that is not listed: one of many, or a new one', async () => {
  const old = letta.add('The first');
  for (let at = 0; at < 50; at++) letta.add(`${at}`);
  expect((await lettaListing()).agents).not.toContainEqual(expect.objectContaining({ id: old }));
  const fresh = letta.add('The last');
  for (const [id, name] of [
    [old, 'The first'],
    [fresh, 'The last'],
  ] as const) {
    expect(readLetta((await namedByLetta(wanted(id))).metadata)).toEqual({ agent: id, name });
  }
  for (const id of [letta.add('x', { tags: [COPY_TAG] }), 'agent-of-nobody']) {
    await expect(namedByLetta(wanted(id))).rejects.toMatchObject({ kind: 'unknown-agent' });
  }
});

test.each(['/', '/v1', '/v1/'])('accepts %s at the end of its address', async (end) => {
  const id = letta.add('Ada');
  const { agents } = await askLetta({ url: `${letta.url}${end}`, key: undefined });
  expect(agents).toEqual([expect.objectContaining({ id })]);
});

test('refuses an unknown agent, and lists the valid ones', async () => {
  const id = letta.add('Sam');
  const refused = namedByLetta(wanted('agent-00000000-0000-4000-8000-000000000000'));
  await expect(refused).rejects.toMatchObject({ kind: 'unknown-agent', members: { valid: [id] } });
});

test('continues without a name if Letta does not respond', async () => {
  vi.stubEnv('LETTA_URL', 'http://127.0.0.1:9');
  const { metadata } = await namedByLetta(wanted('agent-1', 'The bank'));
  expect(readLetta(metadata)).toEqual({ agent: 'agent-1' });
});

test('does not change other agents', async () => {
  const plain = { name: 'front-desk', deployment: '', metadata: 'mine' };
  expect(await namedByLetta(plain)).toBe(plain);
});
