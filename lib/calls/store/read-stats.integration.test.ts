// Statistics computed by a real database, from known calls.

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readLiveCounts } from '@/lib/calls/store/read-stats';
import { calls, events } from '@/lib/calls/store/schema';
import { type AgentStats, windowAt } from '@/lib/calls/view/agent-stats';
import { server } from '@/lib/server';
import { storeOn } from '@/lib/testing/calls-database';
import { databases } from '@/lib/testing/databases';
import { endServer } from '@/lib/testing/server';

vi.mock('@/lib/calls/prices', () => ({
  CURRENCY: 'USD',
  prices: [{ model: 'gpt', inputTokens: 2 }],
}));

const NOW = Date.UTC(2026, 10, 20, 12, 7);
const window = windowAt('hour', NOW);

let number = 0;
type Insert = typeof calls.$inferInsert;
/** An ended call of the front desk on production, requested at the beginning of the window. */
function call(values: Partial<Insert> = {}): Insert {
  number += 1;
  const requestedAt = values.requestedAt ?? window.since;
  return {
    id: `call-${number}`,
    room: 'room',
    origin: 'page',
    caller: 'Anna',
    agents: ['front-desk'],
    deployments: ['production'],
    requestedAt,
    endedAt: requestedAt + 60_000,
    endedBy: 'caller',
    outcome: 'none',
    turns: 0,
    errors: 0,
    answerMs: [],
    heardAt: requestedAt,
    transcript: '',
    ...values,
  };
}

describe.each(databases)('statistics on %s', (_name, start) => {
  let place: Awaited<ReturnType<typeof start>>;
  let store: Awaited<ReturnType<typeof storeOn>>;
  /** Uses the settings of this database. */
  let withDatabase: typeof import('@/lib/db/database')['withDatabase'];
  const insert = (rows: readonly Insert[]) =>
    withDatabase(server(), (db) => db.insert(calls).values([...rows]));

  beforeAll(async () => {
    place = await start();
    store = await storeOn(place);
    ({ withDatabase } = await import('@/lib/db/database'));
    await store.listCalls(server());
  });
  afterAll(async () => {
    await endServer();
    await place?.remove();
  });
  beforeEach(() => withDatabase(server(), (db) => db.delete(calls)));

  async function statsOf(agent: string, deployment: string): Promise<AgentStats> {
    const all = await store.agentStats(server(), window);
    const found = all.find((one) => one.agent === agent && one.deployment === deployment);
    if (!found) throw new Error(`no statistics of ${agent} on ${deployment}`);
    return found;
  }

  it('counts nothing if there are no calls', async () => {
    const nothing = await statsOf('billing', 'staging');
    expect(nothing).toMatchObject({ calls: 0, joined: 0, missed: 0, errors: 0, endedBy: {} });
    expect(nothing.answer).toEqual({ measured: 0, p50Ms: undefined, p95Ms: undefined });
    expect(nothing.steps).toHaveLength(12);
  });

  it('interpolates percentiles between the two nearest values', async () => {
    const { since } = window;
    // 100, 200 … 2000 ms: the median lies between the tenth and the eleventh, 95 % at 19.05.
    const times = Array.from({ length: 20 }, (_, index) => (index + 1) * 100);
    await insert(
      times.map((ms) =>
        call({ joinedAt: since + ms, answeredAt: since + 2 * ms, answerMs: [ms * 3] }),
      ),
    );
    const stats = await statsOf('front-desk', 'production');
    expect(stats.timeToJoin).toEqual({ measured: 20, p50Ms: 1_050, p95Ms: 1_905 });
    expect(stats.timeToFirstAudio).toEqual({ measured: 20, p50Ms: 2_100, p95Ms: 3_810 });
    expect(stats.answer).toEqual({ measured: 20, p50Ms: 3_150, p95Ms: 5_715 });
  });

  it('counts each answer, however many a call has', async () => {
    await insert([call({ answerMs: [100, 200, 300, 400] }), call({ answerMs: [500] })]);
    const stats = await statsOf('front-desk', 'production');
    expect(stats.answer).toEqual({ measured: 5, p50Ms: 300, p95Ms: 480 });
    expect(stats.calls).toBe(2);
  });

  it('separates agents, deployments and steps', async () => {
    const { since, stepMs } = window;
    const joinedAt = since + 500;
    await insert([
      call({ joinedAt, agents: ['front-desk', 'billing'], answerMs: [100] }),
      call({ joinedAt, deployments: ['staging', 'production'], answerMs: [900] }),
      call({ requestedAt: since + stepMs - 1, answerMs: [300] }),
      call({ requestedAt: since + stepMs, answerMs: [700] }),
      call({ agents: ['line-check'] }),
      call({ agents: ['gone'], deployments: [] }),
      call({ agents: [] }),
    ]);
    const all = await store.agentStats(server(), window);
    const counted = all.filter((one) => one.calls > 0);
    expect(counted.map((one) => [one.agent, one.deployment, one.calls, one.answer.p50Ms])).toEqual([
      ['front-desk', 'production', 3, 300],
      ['front-desk', 'staging', 1, 900],
      ['line-check', 'production', 1, undefined],
      ['gone', '', 1, undefined],
    ]);
    const [first, second, third] = counted[0]?.steps ?? [];
    expect([first?.at, first?.calls, first?.joined, first?.missed]).toEqual([since, 2, 1, 1]);
    expect(first?.answer).toEqual({ measured: 2, p50Ms: 200, p95Ms: 290 });
    expect([second?.at, second?.calls, second?.answer.p50Ms]).toEqual([since + stepMs, 1, 700]);
    expect([third?.calls, third?.answer.measured]).toEqual([0, 0]);
  });

  it('divides calls into joined, missed and still waiting', async () => {
    const on = { endedAt: null, endedBy: null };
    await insert([
      call({ joinedAt: window.since + 1 }),
      call({ joinedAt: window.since + 1, ...on }),
      call({ endedBy: 'no agent' }),
      call(on),
    ]);
    const { calls: all, joined, missed } = await statsOf('front-desk', 'production');
    expect([all, joined, missed]).toEqual([4, 2, 1]);
    expect(await withDatabase(server(), readLiveCounts)).toEqual([
      { agent: 'front-desk', deployment: 'production', calls: 2 },
    ]);
  });

  it('counts ends and outcomes of ended calls, and errors of all calls', async () => {
    await insert([
      call({ outcome: 'appointment', errors: 1 }),
      call({ outcome: 'message', endedBy: 'agent' }),
      call({ outcome: 'message', endedBy: 'agent' }),
      call({ outcome: 'appointment', endedAt: null, endedBy: null, errors: 2 }),
    ]);
    const stats = await statsOf('front-desk', 'production');
    expect(stats.endedBy).toEqual({ caller: 1, agent: 2 });
    expect(stats.outcomes).toEqual({ appointment: 1, message: 2 });
    expect(stats.errors).toBe(3);
  });

  it('counts outcomes with any name', async () => {
    await insert([call({ outcome: 'constructor' }), call({ outcome: 'constructor' })]);
    const { outcomes } = await statsOf('front-desk', 'production');
    expect(outcomes).toEqual({ constructor: 2 });
  });

  it('adds the cost of the models that have a price, where they were used', async () => {
    await insert([call({ id: 'used' }), call({ agents: ['billing'] })]);
    const used = (agent: string, at: number, model: string, inputTokens: number) => ({
      ...{ id: `${agent} ${at} ${model}`, call: 'used', room: 'room', source: 'worker:w' },
      ...{ at, arrivedAt: at, kind: 'usage' as const },
      data: {
        ...{ kind: 'usage' as const, agent, deployment: 'production' },
        models: [
          { type: 'llm' as const, provider: 'openai', model, inputTokens },
          { type: 'stt' as const, provider: 'local', model: 'small', audioMs: 10 },
        ],
      },
    });
    const { since, until } = window;
    await withDatabase(server(), (db) =>
      db
        .insert(events)
        .values([
          used('front-desk', since, 'gpt', 1_000_000),
          used('front-desk', until - 1, 'gpt', 500_000),
          used('front-desk', until, 'gpt', 9_000_000),
          used('billing', since, 'free', 1_000_000),
        ]),
    );
    expect((await statsOf('front-desk', 'production')).cost).toBe(3);
    expect((await statsOf('billing', 'production')).cost).toBeUndefined();
  });

  it('adds what was counted in calls, and leaves out calls that were stored without', async () => {
    const counted = { agentTurns: 4, interruptions: 1, toolCalls: 2, toolFailures: 1 };
    await insert([call(counted), call({ ...counted, interruptions: 0 }), call()]);
    const stats = await statsOf('front-desk', 'production');
    expect(stats.interruptions).toEqual({ count: 1, of: 8 });
    expect(stats.toolFailures).toEqual({ count: 2, of: 4 });
    expect((await statsOf('billing', 'production')).interruptions).toEqual({ count: 0, of: 0 });
  });

  it('compares the latest versions of a deployment that has several', async () => {
    const { since } = window;
    const of = (version: string | null, ms: number, values: Partial<Insert> = {}) =>
      call({ version, requestedAt: since + ms, joinedAt: since + ms + 100, ...values });
    await insert([
      of('1.0', 1),
      of('1.1', 2, { answerMs: [100, 300], agentTurns: 4, interruptions: 1, errors: 2 }),
      of('1.3', 3, { id: 'newest', outcome: 'fail' }),
      of('1.2', 4, { toolCalls: 2, toolFailures: 1 }),
      of('1.1', 5, { answerMs: [500], agentTurns: 1, interruptions: 1, endedBy: 'agent' }),
      of('1.3', 6, { agents: ['front-desk', 'billing'] }),
      // Not known, one version only, and before the window.
      of(null, 7),
      of('1.3', 8, { deployments: ['staging'] }),
      of('0.9', -1, { deployments: ['staging'] }),
    ]);
    const usage = (agent: string, id: string) => ({
      ...{ id, call: 'newest', room: 'room', source: 'agent:AJ_1', at: since, arrivedAt: since },
      kind: 'usage' as const,
      data: {
        ...{ kind: 'usage' as const, agent, deployment: 'production' },
        models: [{ type: 'llm' as const, provider: 'p', model: 'gpt', inputTokens: 500_000 }],
      },
    });
    await withDatabase(server(), (db) =>
      db.insert(events).values([usage('front-desk', 'own'), usage('billing', 'other')]),
    );
    const { versions, ...stats } = await statsOf('front-desk', 'production');
    expect(stats.calls).toBe(7);
    expect(versions.map((one) => [one.version, one.calls, one.wrong, one.cost])).toEqual([
      ['1.3', 2, 1, 1],
      ['1.1', 2, 1, undefined],
      ['1.2', 1, 0, undefined],
    ]);
    expect(versions[1]).toMatchObject({
      ...{ deployment: 'production', lastAt: since + 5, joined: 2, missed: 0, errors: 2 },
      ...{ timeToJoin: { measured: 2, p50Ms: 100 }, answer: { measured: 3, p50Ms: 300 } },
      ...{ interruptions: { count: 2, of: 5 }, toolFailures: { count: 0, of: 0 } },
      ...{ endedBy: { caller: 1, agent: 1 }, outcomes: { none: 2 } },
    });
    expect((await statsOf('front-desk', 'staging')).versions).toEqual([]);
  });

  it('uses calls of the window only', async () => {
    await insert([
      call({ requestedAt: window.since - 1 }),
      call({ requestedAt: window.since }),
      call({ requestedAt: window.until - 1 }),
      call({ requestedAt: window.until }),
    ]);
    expect((await statsOf('front-desk', 'production')).calls).toBe(2);
  });
});
