// Whether a Letta server keeps requests to models, with a fake server.
import { beforeEach, expect, test } from 'vitest';
import { lettaChecks } from '@/lib/letta/check';
import { type LettaStandIn, startLetta } from '@/lib/letta/testing/letta-server';
import { testServer } from '@/lib/testing/server';

const SAID = 'My address is 1 Mill Lane';
let letta: LettaStandIn;
beforeEach(async () => {
  letta = await startLetta();
  return () => letta.close();
});

async function finding(url = letta.url) {
  const [check] = lettaChecks(testServer({ LETTA_URL: url }), 'en');
  if (!check) throw new Error('there is no check');
  return { id: check.id, ...(await check.run()) };
}
const talk = () => letta.agents.get(letta.add('Sam'))?.talk.push(SAID);

test('warns while it keeps them, names the setting, and does not repeat what was said', async () => {
  talk();
  const said = await finding();
  expect([said.id, said.state]).toEqual(['letta', 'warn']);
  expect(said.todo).toContain('LETTA_TRACK_PROVIDER_TRACE=false');
  expect(JSON.stringify(said)).not.toContain('Mill Lane');
});

test('is content if it does not', async () => {
  talk();
  letta.traces = false;
  expect((await finding()).state).toBe('ok');
});

test('claims nothing before the first answer, or about a server that does not answer', async () => {
  expect((await finding()).state).toBe('unknown');
  expect((await finding('http://127.0.0.1:9')).state).toBe('unknown');
});

test('is not checked without a Letta server', () => {
  expect(lettaChecks(testServer({ LETTA_URL: '' }), 'en')).toEqual([]);
});
