// Two LiveKit nodes with Redis, PostgreSQL, two web processes, two workers and a proxy: both web processes share their
// state, and calls continue while one of each part is killed.
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { TestCaller } from '@/agent/testing/caller';
import type { Call } from '@/e2e/faults/support/call';
import { Cluster } from '@/e2e/faults/support/cluster';
import { soon } from '@/e2e/faults/support/poll';
import { jobOf, jobsOf, workerPid } from '@/e2e/faults/support/processes';
import { asksFor, type Product } from '@/e2e/faults/support/product';
import type { EventKind } from '@/lib/calls/event';
import { TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { testRule } from '@/lib/rules/testing/rules';

/** Calls that continue through all steps. */
const CALLS = 2;
/** Calls that a worker takes: enough for all of them and one more when the other worker is killed. */
const MAX_JOBS = CALLS + 1;
/** Calls that one caller may start. */
const STARTS = 2;
const LINE_CHECK = { agent: 'line-check' } as const;

const run = new Cluster('cluster', {
  CALLS_PER_CALLER: String(STARTS),
  AGENT_MAX_JOBS: String(MAX_JOBS),
});

run.step('every page receives every call, and every event is stored once', async () => {
  const { url, webUrls, products } = run.parts;
  const pages = [...webUrls, url, url].map(openPage);
  for (const _ of Array(CALLS)) await run.held.begin();
  await run.held.goOn();
  const ids = run.held.calls.map(({ id }) => id);
  for (const page of pages)
    await soon(() => ids.filter((id) => !page.changed.includes(id))).toEqual([]);
  for (const page of pages) page.close();
  for (const call of run.held.calls) {
    const kinds = ['room_started', 'person_joined', 'agent_joined', 'dispatched'] as const;
    for (const kind of [...kinds, 'job_assigned'] as const) await storedOnce(call, kind);
  }
  const leaders = () => Promise.all(products.map(({ stack }) => isLeader(stack.web)));
  await soon(async () => (await leaders()).sort()).toEqual([false, true]);
});

run.step('rules, invitations and limits are the same at both web processes', async () => {
  const { product, products } = run.parts;
  const [one, two] = products;
  const { etag } = (await one.ask('GET', '/api/rules')).body;
  const rule = testRule({ when: 'participant_joined', if: { room: 'vip-*' }, send: LINE_CHECK });
  const saved = await one.ask('PUT', '/api/rules', { rules: [rule] }, { 'if-match': etag });
  expect(saved.status).toBe(200);
  expect((await two.ask('GET', '/api/rules')).body.etag).toBe(saved.body.etag);
  const late = await two.ask('PUT', '/api/rules', { rules: [] }, { 'if-match': etag });
  expect(late.status).toBe(412);
  const guest = await TestCaller.call(product.env, undefined, { room: 'vip-1' });
  await soon(() => guest.agentNames()).toEqual([LINE_CHECK.agent]);
  const sent = await product.livekit.dispatches.listDispatch(guest.room);
  expect(sent.filter(({ agentName }) => agentName !== '')).toHaveLength(1);
  await guest.hangUp();

  const path = `/api/rooms/${run.held.calls[0]?.room}/invitations`;
  const { url } = (await one.ask('POST', path, { takeover: 'stay' })).body;
  const invitation = `/api/invitations/${url.split('/').at(-1)}`;
  const used = products.map((each) => each.ask('POST', invitation, { name: 'Ben' }));
  expect((await Promise.all(used)).map(({ status }) => status).sort()).toEqual([201, 410]);

  const asked = {
    ...asksFor('front-desk'),
    participant_attributes: { [PERSON_ATTRIBUTES.caller]: 'the same browser' },
  };
  const statuses: number[] = [];
  for (const each of [one, two, one, two]) {
    statuses.push((await each.ask('POST', '/api/token', asked)).status);
  }
  expect(statuses).toEqual([...Array(STARTS).fill(201), 429, 429]);
});

run.step('both web processes have one queue', async () => {
  const [one, two] = run.parts.products;
  // Requests with a ticket are answered at once.
  const ask = (product: Product, ticket = randomUUID() as string) =>
    product.ask('POST', '/api/token', asksFor(LINE_CHECK.agent), { [TICKET_HEADER]: ticket });
  // With the held calls, these take all places of the two workers.
  const places = Array.from({ length: 2 * MAX_JOBS - CALLS });
  const calls = await Promise.all(places.map(() => one.call()));
  for (const call of calls) await call.present();
  const first = await ask(one);
  const second = await ask(two);
  const [{ ticket: ahead }, { ticket: behind }] = [first.body, second.body];
  const again = [await ask(two, ahead), await ask(one, behind)];
  expect([first, second, ...again].map(({ body }) => body.position)).toEqual([1, 2, 1, 2]);
  const waiting = async (product: Product) =>
    (await product.ask('GET', '/api/calls/waiting')).body.waiting;
  for (const each of [one, two])
    expect(await waiting(each)).toMatchObject([{ position: 1 }, { position: 2 }]);
  for (const { caller } of calls) await caller.hangUp();
  await soon(async () => (await ask(two, ahead)).status).toBe(201);
  await soon(async () => (await ask(one, behind)).status).toBe(201);
});

run.step('the leading web process is killed: the other one replaces a lost agent', async () => {
  const { products, webs } = run.parts;
  const at = (await isLeader(products[0].stack.web)) ? 0 : 1;
  const stays = products[1 - at] as Product;
  await webs[at].kill();
  await soon(() => isLeader(stays.stack.web)).toBe(true);
  const call = await stays.call();
  const lost = await call.answered();
  // The newest process is this call's, unless another one is ending.
  const worker = workerPid(lost);
  const held = await Promise.all(run.held.calls.map(async (one) => workerPid(await one.present())));
  const processes = 1 + held.filter((one) => one === worker).length;
  await soon(() => jobsOf(worker, LINE_CHECK.agent).length).toBe(processes);
  process.kill(await jobOf(lost), 'SIGKILL');
  await call.replaced(lost);
  await storedOnce(call, 'failover');
  await call.caller.hangUp();
  await run.allGoesOn();
  run.parts.webs[at] = await run.parts.startWeb(at);
});

run.step('Redis is killed and restarted', async () => {
  await run.parts.redis.kill();
  await run.parts.redis.run();
  await run.allGoesOn();
});

run.step('PostgreSQL is killed and restarted', async () => {
  await run.parts.postgres.kill();
  await run.parts.postgres.run();
  await run.allGoesOn();
});

run.step('a worker is killed: the other one takes over its calls', async () => {
  const { workers, startWorker, live } = run.parts;
  const call = run.held.calls[0] as Call;
  const pid = workerPid(await call.present());
  const at = workers.findIndex(({ program }) => program === pid);
  await workers[at]?.kill();
  await run.allGoesOn();
  await storedOnce(call, 'failover');
  workers[at] = startWorker();
  await live(2);
});

run.step('there were never two agents', async () => expect(run.held.twice).toEqual([]));

run.step('a LiveKit node is killed: its rooms continue on the other one', async () => {
  const node = run.parts.nodes[await run.parts.nodeOf(run.held.calls[0]?.room ?? '')];
  if (!node) throw new Error('the room is on no node');
  await node.kill();
  // For a moment there may be two agents; one leaves.
  await run.allGoesOn();
  await node.run();
  await run.allGoesOn();
});

run.step('no call, no event and no dispatch was lost', async () => {
  await run.end();
  for (const call of run.short) await storedOnce(call, 'job_assigned');
});

/** Events of a call as JSON. */
async function eventsOf(call: Call, kind: EventKind): Promise<string[]> {
  const { marks = [] } = await call.timeline();
  return marks.flatMap((mark) =>
    mark.kind === 'event' && mark.what.kind === kind ? [JSON.stringify(mark.what)] : [],
  );
}

/** Waits for an event of this kind, and checks that each is stored once. */
async function storedOnce(call: Call, kind: EventKind): Promise<void> {
  await soon(async () => (await eventsOf(call, kind)).length).toBeGreaterThan(0);
  const all = await eventsOf(call, kind);
  expect(all).toEqual([...new Set(all)]);
}

/** Whether a web process is the leader, by its metrics. */
async function isLeader(url: string): Promise<boolean> {
  const text = await (await fetch(`${url}/api/metrics`)).text();
  return /^callboard_failover_leader 1$/m.test(text);
}

/** An open page with a list of calls. */
interface OpenPage {
  /** Ids of the changed calls it received. */
  readonly changed: readonly string[];
  close(): void;
}

/** Opens a page at this web process or at the proxy. */
function openPage(url: string): OpenPage {
  const changed: string[] = [];
  const stopping = new AbortController();
  const run = async () => {
    const answer = await fetch(`${url}/api/calls/changes`, { signal: stopping.signal });
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      for (const [, id = ''] of decoder.decode(chunk).matchAll(/data: {"id":"([^"]+)"}/g)) {
        changed.push(id);
      }
    }
  };
  run().catch(() => undefined);
  return { changed, close: () => stopping.abort() };
}
