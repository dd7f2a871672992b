// Two web processes on one PostgreSQL server, a balancer before them: what one of them knows the other
// one knows, and either is enough. No row of the table: nothing of this is to be seen from outside.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParticipantInfo } from 'livekit-server-sdk';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { TICKET_HEADER } from '@/lib/call/waiting-line';
import { hasPostgres, startPostgres } from '@/lib/testing/databases';
import { type Balancer, balance } from './support/balancer';
import { TEST_MS } from './support/fault';
import type { Part } from './support/part';
import { newPlace, type Place, partsAt, settingsOf } from './support/place';
import { jobOf } from './support/processes';
import { asksFor, Product } from './support/product';
import { STACK_MS } from './support/running';
import { before, soon, within } from './support/until';
import { openPage, watches } from './support/web-process';

/** Milliseconds until both know of a worker that died: less than its last report is worth, which is 6 s. */
const KNOWN_MS = 5_000;
/** Milliseconds for another agent in the place of one whose process has died: LiveKit alone takes 20 s. */
const REPLACED_MS = 12_000;

let postgres: Awaited<ReturnType<typeof startPostgres>> | undefined;
let balancer: Balancer | undefined;
let places: readonly [Place, Place];
const ending: (() => Promise<unknown>)[] = [];
const webs: Part[] = [];
/** The product as each of the two shows it. */
let products: readonly [Product, Product];
let worker: Part | undefined;

beforeAll(async () => {
  if (!hasPostgres) return;
  postgres = await startPostgres();
  const one = await newPlace();
  const two = {
    data: one.data,
    ports: { ...one.ports, web: (await newPlace(one.data)).ports.web },
  };
  places = [one, two];
  balancer = await balance([one.ports.web, two.ports.web]);
  const common = { CALLBOARD_URL: balancer.url, DATABASE_URL: postgres.url, AGENT_MAX_JOBS: '1' };
  const [first, second] = places.map((place) =>
    partsAt(place, { ...settingsOf(place), ...common }),
  );
  if (!first || !second) throw new Error('two places');
  ending.push(first.end, second.end);
  await Promise.all([first.part('livekit'), first.part('speech')]);
  webs.push(...(await Promise.all([first.part('web'), second.part('web')])));
  worker = await first.part('agent');
  const keys = JSON.parse(readFileSync(join(one.data, 'keys.json'), 'utf8'));
  const productAt = ({ ports }: Place) =>
    new Product({
      web: `http://127.0.0.1:${ports.web}`,
      speech: `http://127.0.0.1:${ports.speech}`,
      livekit: `ws://127.0.0.1:${ports.livekit}`,
      apiKey: keys.key,
      apiSecret: keys.secret,
      pid: 0,
    });
  products = [productAt(one), productAt(two)];
  await before(async () => {
    for (const product of products) expect(await countsAt(product)).toEqual({ live: 1, busy: 0 });
  });
}, STACK_MS);
afterEach(async () => {
  for (const product of products ?? []) await product.allHangUp();
});
afterAll(async () => {
  for (const end of ending) await end();
  balancer?.close();
  await postgres?.remove();
}, STACK_MS);

/** Live workers of the line check, and its calls, as a web process shows them. */
async function countsAt(product: Product): Promise<{ live: number; busy: number }> {
  const { agents } = (await product.ask('GET', '/api/agents')).body;
  const check = agents.find(({ name }: { name: string }) => name === 'line-check');
  const { workers, activeJobs } = check.deployments.find(
    ({ name }: { name: string }) => name === 'production',
  );
  return { live: workers, busy: activeJobs };
}

const free = () =>
  soon(() => Promise.all(products.map(countsAt))).toEqual([
    { live: 1, busy: 0 },
    { live: 1, busy: 0 },
  ]);

const both = test.skipIf(!hasPostgres);

both('one of them watches', { timeout: TEST_MS }, async () => {
  await soon(async () =>
    (await Promise.all(products.map(({ stack }) => watches(stack.web)))).sort(),
  ).toEqual([false, true]);
});

both(
  'a call of one is live on the page of the other; so are rules and invitations',
  async () => {
    const [one, two] = products;
    const page = openPage(two.stack.web);
    try {
      const call = await one.call();
      await soon(() => page.told).toContain(call.id);
      const agent = await call.answered();
      expect(agent.identity).toBeTruthy();
      const { body } = await one.ask('POST', `/api/rooms/${call.room}/invitations`, {
        takeover: 'stay',
      });
      const invitation = `/api/invitations/${body.url.split('/').at(-1)}`;
      expect((await two.ask('GET', invitation)).status).toBe(200);
      const joins = await Promise.all(
        products.map((product) => product.ask('POST', invitation, { name: 'Ben' })),
      );
      expect(joins.map(({ status }) => status).sort()).toEqual([201, 410]);
    } finally {
      page.close();
    }
    const { etag } = (await one.ask('GET', '/api/rules')).body;
    const rules = [
      {
        name: 'vip',
        when: 'room_started',
        if: { room: 'vip-*' },
        // biome-ignore lint/suspicious/noThenProperty: the rule's own word
        then: { agent: 'line-check', deployment: 'production' },
      },
    ];
    const saved = await one.ask('PUT', '/api/rules', { rules }, { 'if-match': etag });
    expect(saved.status).toBe(200);
    expect((await two.ask('GET', '/api/rules')).body.etag).toBe(saved.body.etag);
    const late = await two.ask('PUT', '/api/rules', { rules: [] }, { 'if-match': etag });
    expect(late.status).toBe(412);
  },
  TEST_MS,
);

both(
  'they have one line: who waits at one is let in by the other, in turn',
  async () => {
    const [one, two] = products;
    await free();
    const call = await one.call();
    await call.answered();
    const ask = (product: Product, ticket?: string) =>
      product.ask(
        'POST',
        '/api/token',
        asksFor('line-check'),
        ticket ? { [TICKET_HEADER]: ticket } : {},
      );
    await soon(async () => (await countsAt(two)).busy).toBe(1);
    const second = (await ask(one)).body.line;
    const third = (await ask(two)).body.line;
    expect([second.place, third.place]).toEqual([1, 2]);
    await call.caller.hangUp();
    let admitted = 0;
    await soon(async () => {
      const [late, turn] = [await ask(one, third.ticket), await ask(two, second.ticket)];
      if (late.status === 201) throw new Error('the third was let in before the second');
      admitted = turn.status;
      return admitted;
    }).toBe(201);
    expect((await ask(one, third.ticket)).body.line?.place).toBe(1);
  },
  TEST_MS,
);

both(
  'the other one watches when the first is killed, and replaces the agent of a running call',
  async () => {
    await free();
    const leads = (await watches(products[0].stack.web)) ? 0 : 1;
    const stays = products[1 - leads] as Product;
    const call = await stays.call();
    const agent = await call.answered();
    await webs[leads]?.kill();
    await soon(() => watches(stays.stack.web)).toBe(true);
    const most = call.countAgents();
    process.kill(await jobOf(agent), 'SIGKILL');
    const next: ParticipantInfo = await call.replaced(agent, REPLACED_MS);
    expect(next.identity).not.toBe(agent.identity);
    await call.goesOnInTheEnd();
    expect(await most()).toBe(1);
    expect(await call.events('failover')).toHaveLength(1);

    // Started again, it knows within a moment that a worker dies whose lifeline the other one holds.
    const [first, second] = places;
    const parts = partsAt((leads === 0 ? first : second) as Place, {
      ...settingsOf((leads === 0 ? first : second) as Place),
      CALLBOARD_URL: balancer?.url ?? '',
      DATABASE_URL: postgres?.url ?? '',
    });
    ending.push(parts.end);
    await parts.part('web');
    const back = products[leads] as Product;
    await soon(() => countsAt(back)).toMatchObject({ live: 1 });
    expect(await watches(back.stack.web)).toBe(false);
    await worker?.kill();
    await within(KNOWN_MS, async () => (await countsAt(back)).live).toBe(0);
    await soon(async () => (await countsAt(stays)).live).toBe(0);
  },
  TEST_MS,
);
