// Two LiveKit nodes with Redis, PostgreSQL, two web processes and four workers, and a real proxy before
// them: ten calls go on while the watching web process, Redis, PostgreSQL, a worker and a LiveKit node are killed. No
// row of the table: but for the node, nothing of this is to be seen from outside.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestCaller } from '@/agent/testing/caller';
import type { EventKind } from '@/lib/calls/event';
import { PERSON_ATTRIBUTES } from '@/lib/signals';
import { testRule } from '@/lib/testing/rules';
import type { Call } from './support/call';
import { type Cluster, DEPLOYMENTS, startCluster } from './support/many/cluster';
import { HeldCalls, shortCall } from './support/many/held-calls';
import { hasMany } from './support/many/programs';
import { workerPid } from './support/processes';
import { asksFor } from './support/product';
import { soon, within } from './support/until';
import { openPage, watches } from './support/web-process';

/** Calls that are held. */
const CALLS = 10;
/** Most that are begun until each node and each worker has one: they are given away by chance. */
const CALLS_MAX = 26;
/** Calls that a worker takes: all of its deployment's, when the other one is killed. */
const MAX_JOBS = CALLS_MAX;
/** Milliseconds for a step, and to start and end it all, on a busy machine. Limits, not goals. */
const STEP_MS = 300_000;
/** Milliseconds for the last rooms to end: LiveKit waits 15 s for who might come back. */
const EMPTY_MS = 60_000;
const LINE_CHECK = { agent: 'line-check' } as const;
/** Calls that one caller may start. */
const STARTS = 3;

let many: Cluster;
let held: HeldCalls;
/** Calls that began and ended between the faults. */
const short: Call[] = [];

beforeAll(async () => {
  if (!hasMany) return;
  many = await startCluster({
    CALLS_PER_CALLER: String(STARTS),
    AGENT_MAX_JOBS: String(MAX_JOBS),
  });
  held = new HeldCalls(many.product);
}, STEP_MS);
afterAll(async () => {
  await held?.end();
  await many?.close();
}, STEP_MS);

/** Whether a step has failed: those after it, on the same parts, would say little. */
let failed = false;
const step = (title: string, body: () => Promise<void>) =>
  test.skipIf(!hasMany)(title, { timeout: STEP_MS }, async ({ skip, onTestFailed }) => {
    skip(failed, 'a step before it failed');
    onTestFailed(() => {
      failed = true;
      many.keepSaid('test-results/faults/many-of-each.log');
    });
    await body();
  });

/** A call begins and ends, and those that are held go on. */
async function allGoesOn(deployment?: string): Promise<void> {
  short.push(await shortCall(many.product, deployment));
  await held.goOn();
}

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
  for (const call of held.calls) {
    const worker = workerPid(await call.present());
    calls.set(worker, [...(calls.get(worker) ?? []), call]);
  }
  return calls;
}

step('calls are on both nodes and all workers, and each event is there once', async () => {
  const pages = many.webUrls.map(openPage);
  const throughProxy = [openPage(many.url), openPage(many.url)];
  const workers = new Set<number>();
  const nodes = new Set<string>();
  const spread = () => workers.size === 4 && nodes.size === 2;
  while (held.calls.length < CALLS || (!spread() && held.calls.length < CALLS_MAX)) {
    const calls = await Promise.all(DEPLOYMENTS.map((deployment) => held.begin(deployment)));
    const rooms = await many.redis.nodes();
    for (const call of calls) {
      workers.add(workerPid(await call.present()));
      nodes.add(rooms.get(call.room) ?? '');
    }
  }
  expect([workers.size, nodes.size]).toEqual([4, 2]);
  await held.goOn();
  const ids = held.calls.map(({ id }) => id);
  for (const page of [...pages, ...throughProxy]) {
    await soon(() => ids.filter((id) => !page.told.includes(id))).toEqual([]);
  }
  for (const page of [...pages, ...throughProxy]) page.close();
  for (const call of held.calls) {
    for (const kind of ['room_started', 'person_joined', 'agent_joined'] as const) {
      await toldOnce(call, kind, /livekit/);
    }
    for (const kind of ['dispatched', 'job_assigned'] as const) await toldOnce(call, kind);
  }
});

step('rules and limits are the same, whichever web process is asked', async () => {
  const { product } = many;
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
  const asked = {
    ...asksFor(LINE_CHECK.agent),
    participant_attributes: { [PERSON_ATTRIBUTES.caller]: 'the same browser' },
  };
  const statuses: number[] = [];
  for (let at = 0; at < STARTS + 2; at += 1) {
    statuses.push((await product.ask('POST', '/api/token', asked)).status);
  }
  expect(statuses).toEqual([...Array(STARTS).fill(201), 429, 429]);
});

step('the web process that watches is killed', async () => {
  const at = (await watches(many.webUrls[0])) ? 0 : 1;
  await many.webs[at].kill();
  await allGoesOn();
  await soon(() => watches(many.webUrls[1 - at] as string)).toBe(true);
  many.webs[at] = await many.startWeb(at);
});

step('Redis is killed and started again', async () => {
  await many.redis.service.kill();
  await many.redis.service.run();
  await allGoesOn();
});

step('PostgreSQL is killed and started again', async () => {
  await many.postgres.kill();
  await many.postgres.run();
  await allGoesOn();
});

step('a worker is killed: another one of its deployment goes on with its calls', async () => {
  const calls = await callsOf();
  const callsAt = (at: number) => calls.get(many.workers[at]?.part.program ?? 0) ?? [];
  // One with few calls: two cores start an agent for each at once.
  const busy = [0, 1, 2, 3].filter((at) => callsAt(at).length > 0);
  const at = busy.sort((one, other) => callsAt(one).length - callsAt(other).length)[0] ?? 0;
  const its = callsAt(at);
  const lost = many.workers[at];
  if (!lost || its.length === 0) throw new Error('no worker has a call');
  await lost.part.kill();
  await allGoesOn(lost.deployment);
  for (const call of its) await toldOnce(call, 'failover');
  many.workers[at] = many.startWorker(lost.deployment);
  await many.live(2);
});

step('there were never two agents', async () => expect(held.mostAgents).toBe(1));

step('a LiveKit node is killed: its rooms are made again on the other one', async () => {
  await many.nodes[0].kill();
  // For a moment there may be two agents, one of which goes.
  await allGoesOn();
  await many.nodes[0].run();
  await allGoesOn();
});

step('no call, no event and no dispatch was lost', async () => {
  await held.hangUp();
  for (const call of short) {
    await soon(async () => (await call.summary())?.endedBy).toBe('caller');
    await toldOnce(call, 'job_assigned');
  }
  await within(EMPTY_MS, () => many.product.livekit.rooms.listRooms()).toEqual([]);
});
