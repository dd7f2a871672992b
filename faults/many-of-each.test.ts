// Two LiveKit nodes with Redis, PostgreSQL, two web processes and four workers, and a real proxy before
// them: eight calls go on while the watching web process, Redis, PostgreSQL, a worker and a LiveKit node are killed. No
// row of the table: but for the node, nothing of this is to be seen from outside.
import { expect } from 'vitest';
import { TestCaller } from '@/agent/testing/caller';
import type { EventKind } from '@/lib/calls/event';
import { PERSON_ATTRIBUTES } from '@/lib/signals';
import { testRule } from '@/lib/testing/rules';
import type { Call } from './support/call';
import { DEPLOYMENTS } from './support/many/cluster';
import { UnderCalls } from './support/many/under-calls';
import { workerPid } from './support/processes';
import { asksFor } from './support/product';
import { soon } from './support/until';
import { openPage, watches } from './support/web-process';

/** Calls that are held: with one more, and where a worker is killed, what two slow cores have time for. */
const CALLS = 8;
/** Most that are begun until each node and each worker has one: they are given away by chance. */
const CALLS_MAX = 26;
/** Calls that a worker takes: all of its deployment's, when the other one is killed. */
const MAX_JOBS = CALLS_MAX;
const LINE_CHECK = { agent: 'line-check' } as const;
/** Calls that one caller may start. */
const STARTS = 3;

const run = new UnderCalls('many-of-each', {
  CALLS_PER_CALLER: String(STARTS),
  AGENT_MAX_JOBS: String(MAX_JOBS),
});

/** What was told of a call, by LiveKit or anybody, each as one text. */
async function told(call: Call, kind: EventKind, source = /./): Promise<string[]> {
  const { marks = [] } = await call.timeline();
  return marks.flatMap((mark) =>
    mark.kind === 'event' && mark.what.kind === kind && source.test(mark.source)
      ? [JSON.stringify(mark.what)]
      : [],
  );
}

/** Waits until something of this kind was told; each only once. */
async function toldOnce(call: Call, kind: EventKind, source?: RegExp): Promise<void> {
  await soon(async () => (await told(call, kind, source)).length).toBeGreaterThan(0);
  const all = await told(call, kind, source);
  expect(all).toEqual([...new Set(all)]);
}

/** Names of the workers' processes by their calls. */
async function callsOf(): Promise<Map<number, Call[]>> {
  const calls = new Map<number, Call[]>();
  for (const call of run.held.calls) {
    const worker = workerPid(await call.present());
    calls.set(worker, [...(calls.get(worker) ?? []), call]);
  }
  return calls;
}

run.step('calls are on both nodes and all workers, and each event is there once', async () => {
  const pages = run.many.webUrls.map(openPage);
  const throughProxy = [openPage(run.many.url), openPage(run.many.url)];
  const workers = new Set<number>();
  const nodes = new Set<string>();
  const spread = () => workers.size === 4 && nodes.size === 2;
  while (run.held.calls.length < CALLS || (!spread() && run.held.calls.length < CALLS_MAX)) {
    const calls = await Promise.all(DEPLOYMENTS.map((deployment) => run.held.begin(deployment)));
    const rooms = await run.many.redis.nodes();
    for (const call of calls) {
      workers.add(workerPid(await call.present()));
      nodes.add(rooms.get(call.room) ?? '');
    }
  }
  expect([workers.size, nodes.size]).toEqual([4, 2]);
  await run.held.goOn();
  const ids = run.held.calls.map(({ id }) => id);
  for (const page of [...pages, ...throughProxy]) {
    await soon(() => ids.filter((id) => !page.told.includes(id))).toEqual([]);
  }
  for (const page of [...pages, ...throughProxy]) page.close();
  for (const call of run.held.calls) {
    for (const kind of ['room_started', 'person_joined', 'agent_joined'] as const) {
      await toldOnce(call, kind, /livekit/);
    }
    for (const kind of ['dispatched', 'job_assigned'] as const) await toldOnce(call, kind);
  }
});

run.step('rules and limits are the same, whichever web process is asked', async () => {
  const { product } = run.many;
  const { headers } = await product.ask('GET', '/api/rules');
  const rule = testRule({ when: 'participant_joined', if: { room: 'vip-*' }, send: LINE_CHECK });
  const etag = headers.get('etag') ?? '';
  const saved = await product.ask('PUT', '/api/rules', { rules: [rule] }, { 'if-match': etag });
  expect(saved.status).toBe(200);
  const rooms = ['vip-1', 'vip-2', 'vip-3', 'vip-4'];
  const guests = rooms.map((room) => TestCaller.call(product.env, undefined, { room }));
  for (const guest of await Promise.all(guests)) {
    await soon(() => guest.agentNames()).toEqual([LINE_CHECK.agent]);
    const sent = await product.livekit.dispatches.listDispatch(guest.room);
    expect(sent.filter(({ agentName }) => agentName !== '')).toHaveLength(1);
    await guest.hangUp();
  }
  // Of an agent that has no calls: with ten of them, these processors have no time for more of the other's.
  const asked = {
    ...asksFor('front-desk'),
    participant_attributes: { [PERSON_ATTRIBUTES.caller]: 'the same browser' },
  };
  const statuses: number[] = [];
  for (let at = 0; at < STARTS + 2; at += 1) {
    statuses.push((await product.ask('POST', '/api/token', asked)).status);
  }
  expect(statuses).toEqual([...Array(STARTS).fill(201), 429, 429]);
});

run.step('the web process that watches is killed', async () => {
  const at = (await watches(run.many.webUrls[0])) ? 0 : 1;
  await run.many.webs[at].kill();
  await run.allGoesOn();
  await soon(() => watches(run.many.webUrls[1 - at] as string)).toBe(true);
  run.many.webs[at] = await run.many.startWeb(at);
});

run.step('Redis is killed and started again', async () => {
  await run.many.redis.service.kill();
  await run.many.redis.service.run();
  await run.allGoesOn();
});

run.step('PostgreSQL is killed and started again', async () => {
  await run.many.postgres.kill();
  await run.many.postgres.run();
  await run.allGoesOn();
});

run.step('a worker is killed: another one of its deployment goes on with its calls', async () => {
  const calls = await callsOf();
  const callsAt = (at: number) => calls.get(run.many.workers[at]?.part.program ?? 0) ?? [];
  // One with few calls: two cores start an agent for each at once.
  const busy = [0, 1, 2, 3].filter((at) => callsAt(at).length > 0);
  const at = busy.sort((one, other) => callsAt(one).length - callsAt(other).length)[0] ?? 0;
  const its = callsAt(at);
  const lost = run.many.workers[at];
  if (!lost || its.length === 0) throw new Error('no worker has a call');
  await lost.part.kill();
  await run.allGoesOn(lost.deployment);
  for (const call of its) await toldOnce(call, 'failover');
  run.many.workers[at] = run.many.startWorker(lost.deployment);
  await run.many.live(2);
});

run.step('there were never two agents', async () => expect(run.held.twice).toEqual([]));

run.step('a LiveKit node is killed: its rooms are made again on the other one', async () => {
  await run.many.nodes[0].kill();
  // For a moment there may be two agents, one of which goes.
  await run.allGoesOn();
  await run.many.nodes[0].run();
  await run.allGoesOn();
});

run.step('no call, no event and no dispatch was lost', async () => {
  await run.end();
  for (const call of run.short) await toldOnce(call, 'job_assigned');
});
