// Agents whose workers were not written for Callboard, do not report to it, and have nothing of its protocol: what is known of
// them, and what is done when one is not there. What depends on LiveKit's framework is tested in Node and Python at once.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Call, NOTICED_BY_LIVEKIT } from '@/e2e/faults/support/call';
import { parts, placeWithDatabase, type Running } from '@/e2e/faults/support/parts';
import { soon } from '@/e2e/faults/support/poll';
import { dispatchesIn, setRules } from '@/e2e/support/stack';
import {
  type StockAgent,
  type StockLanguage,
  StockWorker,
  stockLanguages,
} from '@/e2e/support/stock-worker';
import type { AgentStatus } from '@/lib/agents/answers';
import type { EventKind } from '@/lib/calls/event';
import { createDispatch } from '@/lib/livekit/dispatch';
import { testRule } from '@/lib/rules/testing/rules';
import { codeIn } from '@/lib/testing/docs';

/** Milliseconds from LiveKit's notice of a dead agent until another one is dispatched. */
const DISPATCHED_MS = 3_000;
const MINE = 'my-agent';
/** Agent names by the language of their workers. Python is not tested where it cannot be installed. */
const NAMES = { node: MINE, python: 'my-python-agent' } as const;

let desk: Running;
let languages: readonly StockLanguage[];
const workers: Promise<StockWorker>[] = [];

/** Starts a worker, whose agent says its number first. */
async function worker(stock: Omit<StockAgent, 'greeting'>): Promise<StockWorker> {
  const greeting = `Number ${workers.length} speaking.`;
  const started = StockWorker.start(desk.product.stack, { ...stock, greeting });
  workers.push(started);
  return started;
}
/** The worker of the agent in a call. */
async function workerOf({ caller }: Call): Promise<StockWorker> {
  const number = () => /Number (\d+) speaking/.exec(caller.said)?.[1];
  await soon(number).toBeDefined();
  return workers[Number(number())] as Promise<StockWorker>;
}
/** Tests the agents of each language at the same time. */
const inEach = (work: (agent: string, language: StockLanguage) => Promise<void>) =>
  Promise.all(languages.map((language) => work(NAMES[language], language)));
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
  desk = await parts(await placeWithDatabase(), 'livekit', 'web');
  languages = await stockLanguages();
  await inEach(async (agent, language) => {
    await worker({ agent, language });
    await worker({ agent, language, deployment: 'staging' });
  });
});
afterEach(() => desk.product.allHangUp());
afterAll(async () => {
  for (const one of workers) await (await one).kill();
  await desk?.close();
});

test('an agent is unknown until it is added; then it is called, with its deployment', async () => {
  const refused = await desk.product.ask('POST', '/api/dispatch-agent', { room: 'r', agent: MINE });
  expect(refused).toMatchObject({
    status: 422,
    body: { type: expect.stringMatching('unknown-agent') },
  });
  expect(await runDocs('agents add')).toContain(`${MINE} was added.`);
  await inEach(async (agent) => {
    if (agent !== MINE) await add(agent, 'production', 'staging');
    for (const status of (await listed(agent))?.deployments ?? []) {
      expect(status).toMatchObject({ live: false, reports: false });
    }
    await comes(agent, 'production');
    await comes(agent, 'staging');
  });
  expect(await runDocs('doctor')).toMatch(/2 .*well/);
  await inEach(async (agent) => {
    for (const deployment of ['production', 'staging']) {
      const call = await desk.product.call(agent, deployment);
      await call.answered();
      await call.goesOn();
      expect(await deployments(call)).toEqual([deployment]);
      expect(await call.events('failover')).toEqual([]);
      await call.caller.hangUp();
      await soon(async () => (await call.summary())?.endedBy).toBe('caller');
    }
  });
});

test('a share sends callers to a deployment that does not report, and stays', async () => {
  const share = { deployment: 'staging', percent: 100 };
  // One after the other: both rules would apply to every caller.
  for (const agent of languages.map((language) => NAMES[language])) {
    await setRules(desk.product.stack, testRule({ send: { agent, share } }));
    const call = await desk.product.call(agent);
    const { identity } = await call.answered();
    await call.goesOn();
    const [dispatch, ...others] = await dispatchesIn(desk.product.stack, call.room);
    expect([dispatch?.deployment, others]).toEqual(['staging', []]);
    expect((await call.present()).identity).toBe(identity);
    expect(await call.events('failover')).toEqual([]);
  }
  await setRules(desk.product.stack);
});

test('a colleague who joins silences the agent, or replaces it', async () => {
  await inEach(async (agent) => {
    const call = await desk.product.call(agent);
    await call.answered();
    const speaker = await call.caller.speaks(desk.settings.SPEECH_STT_URL ?? '');
    const hearing = async () => (await call.present()).permission?.canSubscribe;
    const colleague = await desk.product.colleague(call, 'stay');
    await soon(hearing).toBe(false);
    await speaker.say('Only for my colleague');
    await speaker.said();
    await call.goesOn('This is typed');
    await colleague.hangUp();
    await soon(hearing).toBe(true);
    await speaker.say('The boat is blue');
    await soon(() => call.caller.said).toContain('I heard: The boat is blue');
    expect(call.caller.said).not.toContain('Only for');

    await desk.product.colleague(call, 'leave');
    await soon(async () => (await call.agents()).length).toBe(0);
    await soon(async () => (await call.events('agent_left')).map(({ why }) => why)).toContain(
      'takeover',
    );
    expect(call.caller.leaving).toBe('takeover');
    expect(await call.events('failover')).toEqual([]);
    expect((await call.summary())?.endedBy).toBeUndefined();
  });
});

/** A worker that is killed is replaced by another one of its deployment. */
async function killsWorker(agent: string, language: StockLanguage): Promise<void> {
  const second = await worker({ agent, language, deployment: 'staging' });
  await soon(() => second.said).toContain('registered');
  const call = await desk.product.call(agent, 'staging');
  const lost = await call.answered();
  await (await workerOf(call)).kill();
  // LiveKit notices after 20 s, and later on a busy machine.
  await soon(() => call.events('failover')).toMatchObject([
    { agent, deployment: 'staging', attempt: 1, reason: NOTICED_BY_LIVEKIT },
  ]);
  const { marks = [] } = await call.timeline();
  const at = (kind: EventKind) =>
    marks.find((mark) => mark.kind === 'event' && mark.what.kind === kind)?.from ?? Number.NaN;
  expect(at('failover') - at('agent_left')).toBeLessThan(DISPATCHED_MS);
  // How long it takes to join is up to the other worker.
  await call.replaced(lost);
  await call.goesOn();
  expect(await deployments(call)).toEqual(['staging']);
}

/** An agent that does not come is dispatched once more, and then nobody claims that it will. */
async function callsNobody(): Promise<void> {
  await desk.product.ask('PATCH', `/api/agents/${MINE}`, {
    deployments: ['production', 'staging', 'canary'].map((name) => ({ name })),
  });
  const call = await desk.product.call(MINE, 'canary');
  await soon(async () => (await call.events('gave_up')).length).toBe(1);
  expect(await call.events('failover')).toMatchObject([
    { deployment: 'canary', reason: 'it did not join' },
  ]);
  expect(await testCall(MINE, 'canary')).toMatchObject({
    state: 'fail',
    seen: expect.stringContaining('registered at this LiveKit server'),
    todo: expect.stringContaining('LIVEKIT_AGENT_DEPLOYMENT=canary'),
  });
}

// Together, because all of them wait half a minute.
test('an agent that is killed or does not come is dispatched once more on its deployment', async () => {
  await Promise.all([inEach(killsWorker), callsNobody()]);
});

test('a worker of a deployment that is called "production" is found out', async () => {
  await add('quinn', 'production');
  await worker({ agent: 'quinn', deployment: 'production' });
  await soon(async () => (await testCall('quinn', 'production')).seen).toContain(
    'named “production”',
  );
});

test('a worker with reports has lights and a capacity, and is replaced as soon as it is killed', async () => {
  await inEach(async (_, language) => {
    const agent = `reporting-${language}`;
    await add(agent, 'production', 'staging');
    const stock = { agent, language, deployment: 'staging', reports: true };
    await Promise.all([worker(stock), worker(stock)]);
    const staging = async () => (await listed(agent))?.deployments[1];
    await soon(staging).toMatchObject({ live: true, reports: true, workers: 2, maxJobs: 8 });
    const call = await desk.product.call(agent, 'staging');
    const lost = await call.answered();
    await soon(staging).toMatchObject({ activeJobs: 1 });
    await (await workerOf(call)).kill();
    await call.replaced(lost);
    expect(await staging()).toMatchObject({ workers: 1 });
    await call.goesOn();
    expect(await call.events('failover')).toMatchObject([
      { deployment: 'staging', attempt: 1, reason: 'its process has died' },
    ]);
    expect(await deployments(call)).toEqual(['staging']);
  });
});

describe('an agent in no list, which another program dispatches', () => {
  test('is seen with the deployment of its dispatch, and left to that program', async () => {
    await worker({ agent: 'visitor', deployment: 'staging' });
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
