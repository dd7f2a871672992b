// Agents whose workers were not written for Callboard, do not report to it, and have nothing of its protocol: what is known of
// them, and what is done when one is not there.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dispatchesIn, setRules } from '@/e2e/support/stack';
import { StockWorker } from '@/e2e/support/stock-worker';
import type { AgentStatus } from '@/lib/agents/status';
import { createDispatch } from '@/lib/livekit/dispatch';
import { testRule } from '@/lib/rules/testing/rules';
import { codeIn } from '@/lib/testing/docs';
import type { Call } from './support/call';
import { newPlace, parts, type Running } from './support/parts';
import { soon, within } from './support/poll';

/** Milliseconds until LiveKit notices a dead agent (20 s), and three more. */
const NOTICED_MS = 23_000;
/** Milliseconds until the agent of a dead worker that reports is replaced. */
const REPORTED_MS = 5_000;
const MINE = 'my-agent';

let desk: Running;
const workers: StockWorker[] = [];

/** Starts a worker, which says its number first. */
async function worker(agent: string, deployment?: string): Promise<StockWorker> {
  const greeting = `Number ${workers.length} speaking.`;
  const started = await StockWorker.start(desk.product.stack, { agent, deployment, greeting });
  workers.push(started);
  return started;
}
/** Runs a command of docs/bring-your-agent.md; resolves to its output. */
async function runDocs(part: string): Promise<string> {
  const command = codeIn('bring-your-agent.md', 'sh').find((text) => text.includes(part)) ?? '';
  const env = { ...process.env, ...desk.settings };
  return (await promisify(execFile)('sh', ['-c', command], { env })).stdout;
}
/** The result of a test call. */
const testCall = async (agent: string, deployment: string) => {
  const query = new URLSearchParams({ agent, deployment });
  return (await desk.product.ask('GET', `/api/doctor?${query}`)).body.findings[0];
};
const add = (name: string, ...deployments: string[]) =>
  desk.product.ask('POST', '/api/agents', {
    ...{ name, deployments: deployments.map((one) => ({ name: one })) },
  });
const listed = async (name: string): Promise<AgentStatus | undefined> =>
  (await desk.product.ask('GET', '/api/agents')).body.agents.find(
    (one: AgentStatus) => one.name === name,
  );
/** Waits until calls reach the agent. */
const comes = (agent: string, deployment: string) =>
  soon(async () => (await testCall(agent, deployment)).state).toBe('ok');
const deployments = async (call: Call) => (await call.summary())?.deployments;

beforeAll(async () => {
  desk = await parts(await newPlace(), 'livekit', 'web');
  await worker(MINE);
  await worker(MINE, 'staging');
});
afterEach(() => desk.product.allHangUp());
afterAll(async () => {
  for (const one of workers) await one.kill();
  await desk?.close();
});

test('an agent is unknown until it is added; then it is called, with its deployment', async () => {
  const refused = await desk.product.ask('POST', '/api/dispatch-agent', { room: 'r', agent: MINE });
  expect(refused).toMatchObject({
    status: 422,
    body: { type: expect.stringMatching('unknown-agent') },
  });
  expect(await runDocs('agents add')).toContain(`${MINE} was added.`);
  for (const status of (await listed(MINE))?.deployments ?? []) {
    expect(status).toMatchObject({ live: false, reports: false });
  }
  await comes(MINE, 'production');
  await comes(MINE, 'staging');
  expect(await runDocs('doctor')).toMatch(/2 .*well/);
  for (const deployment of ['production', 'staging']) {
    const call = await desk.product.call(MINE, deployment);
    await call.answered();
    await call.goesOn();
    expect(await deployments(call)).toEqual([deployment]);
    expect(await call.events('failover')).toEqual([]);
    await call.caller.hangUp();
    await soon(async () => (await call.summary())?.endedBy).toBe('caller');
  }
});

test('a share sends callers to a deployment that does not report, and stays', async () => {
  const share = { deployment: 'staging', percent: 100 };
  await setRules(desk.product.stack, testRule({ send: { agent: MINE, share } }));
  const call = await desk.product.call(MINE);
  const agent = await call.answered();
  await call.goesOn();
  await setRules(desk.product.stack);
  const [dispatch, ...others] = await dispatchesIn(desk.product.stack, call.room);
  expect([dispatch?.deployment, others]).toEqual(['staging', []]);
  expect((await call.present()).identity).toBe(agent.identity);
  expect(await call.events('failover')).toEqual([]);
});

test('a worker that is killed is replaced by another one of its deployment', async () => {
  const second = await worker(MINE, 'staging');
  await soon(() => second.said).toContain('registered');
  const call = await desk.product.call(MINE, 'staging');
  const agent = await call.answered();
  const number = async () => /Number (\d) speaking/.exec(call.caller.said)?.[1];
  await soon(number).toBeDefined();
  await workers[Number(await number())]?.kill();
  await call.replaced(agent, NOTICED_MS);
  await call.goesOn();
  expect(await call.events('failover')).toMatchObject([
    { agent: MINE, deployment: 'staging', attempt: 1 },
  ]);
  expect(await deployments(call)).toEqual(['staging']);
});

test('an agent that does not come is dispatched once more, and then nobody claims that it will', async () => {
  await desk.product.ask('PATCH', `/api/agents/${MINE}`, {
    deployments: ['production', 'staging', 'canary'].map((name) => ({ name })),
  });
  const call = await desk.product.call(MINE, 'canary');
  await within(2 * NOTICED_MS, async () => (await call.events('gave_up')).length).toBe(1);
  expect(await call.events('failover')).toMatchObject([
    { deployment: 'canary', reason: 'it did not join' },
  ]);
  expect(await testCall(MINE, 'canary')).toMatchObject({
    state: 'fail',
    seen: expect.stringContaining('registered at this LiveKit server'),
    todo: expect.stringContaining('LIVEKIT_AGENT_DEPLOYMENT=canary'),
  });
});

test('a worker of a deployment that is called "production" is found out', async () => {
  await add('quinn', 'production');
  await worker('quinn', 'production');
  await soon(async () => (await testCall('quinn', 'production')).seen).toContain(
    'named “production”',
  );
});

test('a worker with reports has lights and a capacity, and is replaced as soon as it is killed', async () => {
  await add('rosa', 'production', 'staging');
  const start = () =>
    StockWorker.start(desk.product.stack, {
      ...{ agent: 'rosa', deployment: 'staging', reports: true },
    });
  const first = await start();
  workers.push(first);
  const staging = async () => (await listed('rosa'))?.deployments[1];
  await soon(staging).toMatchObject({ live: true, reports: true, workers: 1, maxJobs: 4 });
  const call = await desk.product.call('rosa', 'staging');
  const agent = await call.answered();
  await soon(staging).toMatchObject({ activeJobs: 1 });
  workers.push(await start());
  await soon(staging).toMatchObject({ workers: 2 });
  await first.kill();
  await call.replaced(agent, REPORTED_MS);
  expect(await staging()).toMatchObject({ workers: 1 });
  await call.goesOn();
  expect(await call.events('failover')).toMatchObject([
    { deployment: 'staging', attempt: 1, reason: 'its process has died' },
  ]);
  expect(await deployments(call)).toEqual(['staging']);
});

describe('an agent in no list, which another program dispatches', () => {
  test('is seen with the deployment of its dispatch, and left to that program', async () => {
    await worker('visitor', 'staging');
    const call = await desk.product.call(MINE);
    await call.answered();
    const { dispatches } = desk.product.livekit;
    const visitor = { name: 'visitor', deployment: 'staging', metadata: '' };
    await soon(async () => {
      await createDispatch(dispatches, call.room, visitor);
      return (await call.agents()).length;
    }).toBeGreaterThan(1);
    await soon(async () => (await call.events('dispatched')).map(({ by }) => by)).toContain(
      'other',
    );
    expect((await call.summary())?.agents).toContain('visitor');
    const seen = async () => {
      const { agents } = (await desk.product.ask('GET', '/api/agents/stats?window=hour')).body;
      return agents.filter(({ agent }: { agent: string }) => agent === 'visitor');
    };
    await soon(seen).toMatchObject([{ deployment: 'staging', calls: 0 }]);
  });
});
