// Handoffs between an agent of Callboard and agents that were not written for it, which know nothing of each other's protocol.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bundleWorker, TestWorker } from '@/agent/testing/worker-process';
import type { Call } from '@/e2e/faults/support/call';
import { parts, placeWithDatabase, type Running } from '@/e2e/faults/support/parts';
import { soon, waitUntilReady, within } from '@/e2e/faults/support/poll';
import { deploymentOf, dispatchesIn } from '@/e2e/support/stack';
import { StockWorker } from '@/e2e/support/stock-worker';
import { HANDOFF_TIMEOUT_MS } from '@/lib/core/join-timeouts';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';
import { createDispatch } from '@/lib/livekit/dispatch';
import { codeIn } from '@/lib/testing/docs';

/** Milliseconds until an agent that waits in vain has spoken. */
const IN_VAIN_MS = HANDOFF_TIMEOUT_MS + 10_000;

/** A dispatch in the API. */
interface Sent {
  readonly dispatch_id: string;
}

let desk: Running;
let folder: string;
const workers: TestWorker[] = [];
const stock: StockWorker[] = [];

const add = async (name: string, ...deployments: string[]) => {
  const asked = { name, deployments: deployments.map((one) => ({ name: one })) };
  expect((await desk.product.ask('POST', '/api/agents', asked)).status).toBe(201);
};
/** A call whose agent has greeted. */
async function greeted(agent: string, deployment: string, words: string): Promise<Call> {
  const call = await desk.product.call(agent, deployment);
  await soon(() => call.caller.said).toContain(words);
  return call;
}
const withAda = (deployment = 'production') => greeted('front-desk', deployment, 'this is Ada');
const withNora = () => greeted('nora', 'production', 'I am Nora');
/** The agents in the room by their names; "…" after one that waits. */
const names = async (call: Call) =>
  (await call.agents())
    .map(({ attributes }) => {
      const name = attributes[AGENT_ATTRIBUTES.agent] ?? attributes['lk.agent_name'];
      return attributes[AGENT_ATTRIBUTES.waiting] === 'yes' ? `${name} …` : name;
    })
    .sort();
/** Another program, or the agent's own code, dispatches an agent. */
const dispatch = ({ room }: Call, name: string) =>
  createDispatch(desk.product.livekit.dispatches, room, {
    ...{ name, deployment: 'production', metadata: '' },
  });
beforeAll(async () => {
  const instead = { 'agent/agents/front-desk.ts': 'e2e/faults/support/receptionist.ts' };
  folder = await bundleWorker(instead);
  desk = await parts(await placeWithDatabase(), 'livekit', 'web');
  for (const deployment of ['', 'staging']) {
    const settings = { ...desk.settings, LIVEKIT_AGENT_DEPLOYMENT: deployment };
    workers.push(TestWorker.start(join(folder, 'agent/main.js'), settings, []));
    const nora = { agent: 'nora', deployment, greeting: 'Hello, I am Nora.' };
    const started = await StockWorker.start(desk.product.stack, nora);
    stock.push(started);
  }
  await add('nora', 'production', 'staging');
  await add('absent', 'production');
  for (const deployment of ['production', 'staging']) {
    const { web } = desk.product.stack;
    await waitUntilReady(async () =>
      expect(await deploymentOf(web, 'front-desk', deployment)).toMatchObject({ live: true }),
    );
  }
});
afterEach(() => desk.product.allHangUp());
afterAll(async () => {
  await Promise.all([...stock, ...workers].map((worker) => worker.kill()));
  await desk?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test('docs/bring-your-agent.md shows the code of the agent that these tests call', () => {
  const code = readFileSync('e2e/support/stock-agent.mjs', 'utf8');
  const blocks = codeIn('bring-your-agent.md', 'js').filter((block) =>
    /handOff|callboard/.test(block),
  );
  expect(blocks).toHaveLength(2);
  for (const block of blocks) expect(code).toContain(block);
});

test('to an agent of another program and from it to another one, on its own deployment', async () => {
  const onEach = ['production', 'staging'].map(async (deployment) => {
    const call = await withAda(deployment);
    const words = 'I have a question about the boat';
    await call.caller.type(words);
    // It speaks at once, but not before the announcement has been played.
    const inOrder = /One moment, please\. +Hello, I am Nora\. Ada tells me: .*boat/;
    await soon(() => call.caller.said).toMatch(inOrder);
    await soon(() => names(call)).toEqual(['nora']);
    const sent = (await dispatchesIn(desk.product.stack, call.room)).find(
      ({ agentName }) => agentName === 'nora',
    );
    expect(sent?.deployment).toBe(deployment === 'production' ? '' : deployment);
    expect(JSON.parse(sent?.metadata ?? '').callboard).toMatchObject({
      ...{ kind: 'handoff', summary: expect.stringContaining(words) },
      from: { agent: 'front-desk', person: 'Ada' },
      said: expect.arrayContaining([{ speaker: 'caller', text: words }]),
    });

    await call.caller.sends('handoff', 'billing');
    await soon(() => call.caller.said).toContain('this is Frank');
    await soon(() => names(call)).toEqual(['billing']);
    const { said } = call.caller;
    await call.caller.type('Can I pay in parts?');
    await soon(() => call.caller.said.slice(said.length)).toContain('three monthly parts');
    await soon(() => call.summary()).toMatchObject({
      agents: ['front-desk', 'nora', 'billing'],
      deployments: [...new Set([deployment, 'production'])],
    });
    expect(await call.events('handed_off')).toMatchObject([{ from: 'front-desk', to: 'nora' }]);
    expect(await call.events('failover')).toEqual([]);
  });
  await Promise.all(onEach);
});

test('in a new room: the agent joins after the caller', async () => {
  const call = await withAda();
  const { room } = call;
  await call.caller.type('I have a question about the boat, in private');
  await soon(() => call.caller.said).toContain('I am Nora');
  expect(call.caller.room).not.toBe(room);
  await soon(() => call.summary()).toMatchObject({ agents: ['front-desk', 'nora'] });
  expect(await call.events('failover')).toEqual([]);
});

/** An agent waits until the one before it has left. */
async function waitsForRoom(): Promise<void> {
  const call = await withNora();
  const sent = await dispatch(call, 'front-desk');
  await soon(() => names(call)).toEqual(['front-desk …', 'nora']);
  const path = `/api/rooms/${call.room}/dispatches`;
  const { dispatches } = (await desk.product.ask('GET', path)).body;
  const { dispatch_id: id } = dispatches.find((one: Sent) => one.dispatch_id !== sent.id);
  expect(call.caller.said).not.toContain('Ada');
  // A slow machine may have needed one until she came.
  const earlier = await call.events('failover');
  expect((await desk.product.ask('DELETE', `${path}/${id}`)).status).toBe(204);
  await soon(() => call.caller.said).toContain('this is Ada');
  expect(await names(call)).toEqual(['front-desk']);
  expect(await call.events('failover')).toEqual(earlier);
}

/** An agent waits for one that stays, and no longer than a handoff takes. */
async function waitsInVain(): Promise<void> {
  const call = await withNora();
  await dispatch(call, 'billing');
  await soon(() => names(call)).toEqual(['billing …', 'nora']);
  await within(IN_VAIN_MS, () => call.caller.said).toContain('Frank');
  expect(await names(call)).toEqual(['billing', 'nora']);
}

/** An agent that does not come, or is in no list: the caller is told, and the first agent goes on. */
async function nobodyComes(): Promise<void> {
  const call = await withAda();
  // A slow machine may have needed one until she came.
  const earlier = await call.events('failover');
  await call.caller.type('I have a question about the plane');
  await soon(() => call.caller.said).toContain('misspelt is not free right now');
  await soon(() => call.events('error')).toMatchObject([
    { where: 'handoff', message: expect.stringContaining('There is no agent misspelt.') },
  ]);
  await call.caller.type('I have a question about the train');
  await within(IN_VAIN_MS, () => call.caller.said).toContain('absent is not free right now');
  const left = async () =>
    (await dispatchesIn(desk.product.stack, call.room)).map(({ agentName }) => agentName);
  expect(await left()).not.toContain('absent');
  expect(await names(call)).toEqual(['front-desk']);
  expect(await call.events('failover')).toEqual(earlier);
}

// Together, because they wait as long as a handoff takes.
test('no agent waits longer than a handoff takes: for the one before it to leave, or for one that does not come', async () => {
  await Promise.all([waitsForRoom(), waitsInVain(), nobodyComes()]);
});
