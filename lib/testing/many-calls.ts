// Many stored calls, for tests of what the database reads to find some of them: the plan counts, not the time. On PGlite,
// which has PostgreSQL's planner and must not read much, as it does one thing at a time.
import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import { expect } from 'vitest';
import type { Database } from '@/lib/db/database';
import type { Opened } from '@/lib/db/opened';
import { server } from '@/lib/server';
import { storeOn, testFolder } from '@/lib/testing/calls-database';
import { endServer } from '@/lib/testing/server';
import { waitFor } from '@/lib/testing/wait-for';

/** Calls: so many that PostgreSQL prefers an index, as it does with more. */
const CALLS = 3_000;
/** One call every 40 seconds, the last of them now. */
const EVERY_MS = 40_000;

/** Two of three with front-desk, one of 500 with line-check, one of ten on staging; the last two are in progress. */
const seed = (now: number) => [
  `insert into calls (id, room, origin, caller, account, caller_id, agents, deployments, version,
    requested_at, started_at, joined_at, answered_at, ended_at, ended_by, outcome, turns, errors,
    answer_ms, heard_at, transcript)
  select 'call-' || n, 'room-' || n, 'page', 'Caller ' || n,
    case when n % 10 = 0 then 'account-1' end, 'browser:' || n,
    array[case when n % 500 = 0 then 'line-check' when n % 3 = 0 then 'billing' else 'front-desk' end],
    array[case when n % 10 = 1 then 'staging' else 'production' end], '1.' || n / 1000,
    at, at + 50, at + 300, at + 500, case when n <= ${CALLS - 2} then at + 30000 end,
    case when n <= ${CALLS - 2} then (array['caller', 'agent'])[1 + n % 2] end,
    case when n % 5 = 0 then 'appointment' else 'none' end, 2, 0, array[500, 700], at,
    'could you please book an appointment on tuesday morning rare' || n % 300 || ' thank you ' ||
      repeat('number' || n % 700 || ' ', 20)
  from generate_series(1, ${CALLS}) n,
    lateral (select ${now} - (${CALLS} - n) * ${EVERY_MS}::bigint as at) as times`,
  `insert into call_rooms (sid, name, call)
    select 'RM_' || n, 'room-' || n, 'call-' || n from generate_series(1, ${CALLS}) n`,
  `insert into events (id, call, room, room_sid, source, at, arrived_at, kind, data)
    select id || '-' || nr, id, room, 'RM_' || substr(id, 6), case when nr = 2 then 'livekit' else 'web' end,
      requested_at + nr, requested_at + nr, kind, jsonb_build_object('kind', kind, 'filler', repeat(id, 30))
    from calls, unnest(array['requested', 'room_started', 'dispatched', 'agent_joined', 'turn', 'usage'])
      with ordinality as kinds (kind, nr)`,
  `insert into deleted_rooms (call, name, sid, deleted_at)
    select 'gone-' || n, 'gone-' || n, 'GONE_' || n, ${now} from generate_series(1, ${CALLS}) n`,
  `insert into simulation_sessions (id, by, started_at, heard_at, runs) values ('s', 'page', ${now}, ${now}, 1)`,
  `insert into simulation_runs (id, session, scenario, title, agent, deployment, number, state,
      started_at, call, result)
    select 'run-' || n, 's', 'x', 'x', 'front-desk', 'production', n, 'passed', ${now}, 'call-' || n * 100, '{}'
    from generate_series(1, ${CALLS / 100}) n`,
];

/** Tables that have a row, or many, for each call. */
const LARGE = ['calls', 'call_rooms', 'events', 'deleted_rooms'];

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** What statements read. */
interface Reads {
  /** Large tables that are read whole. */
  readonly whole: readonly string[];
  /** Rows that are read from large tables. */
  readonly rows: number;
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

function readsOf(plans: readonly Plan[]): Reads {
  const scans = plans
    .flatMap(nodesOf)
    .filter(
      (node) => LARGE.includes(node['Relation Name'] ?? '') && /Scan/.test(node['Node Type']),
    );
  const rows = scans.map((node) => {
    const each = (node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0);
    return each * (node['Actual Loops'] ?? 0);
  });
  return {
    whole: scans.flatMap((node) =>
      node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? []) : [],
    ),
    rows: rows.reduce((sum, one) => sum + one, 0),
  };
}

/** A database with {@link CALLS} calls, and the time of the last of them in milliseconds since 1970. */
export async function manyCalls() {
  const place = await testFolder();
  const now = Date.now();
  const store = await storeOn(place);
  await store.hasOpenCalls(server());
  const { $client: made } = await databaseOf();
  for (const statement of seed(now)) await made.query(statement);
  // Statistics are collected after each start.
  await endServer();
  await store.hasOpenCalls(server());
  const opened = await server().database.current?.opening;
  const { $client: client } = await databaseOf();
  await waitFor('statistics', async () => {
    const { rows } = await client.query<{ relname: string }>(
      'select relname from pg_class where reltuples > 0',
    );
    return LARGE.every((table) => rows.some(({ relname }) => relname === table));
  });

  const statements: { readonly query: string; readonly params: unknown[] }[] = [];
  const logger = {
    logQuery: (query: string, params: unknown[]) => void statements.push({ query, params }),
  };
  const db = drizzle(client, { casing: 'snake_case', logger }) as unknown as Database;
  server().database.current = { opening: Promise.resolve({ ...(opened as Opened), db }) };

  /** What the statements of this work read. Those that write are planned, but not carried out again. */
  async function reads(work: () => Promise<unknown>): Promise<Reads> {
    statements.length = 0;
    await work();
    const plans: Plan[] = [];
    for (const { query, params } of [...statements]) {
      if (!/^\s*(with|select|insert|update|delete)\b/i.test(query)) continue;
      const how = /^\s*select\b/i.test(query) ? 'analyze, timing off, format json' : 'format json';
      const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
        `explain (${how}) ${query}`,
        params,
      );
      plans.push(...rows.flatMap((row) => row['QUERY PLAN'].map(({ Plan }) => Plan)));
    }
    expect(plans).not.toEqual([]);
    return readsOf(plans);
  }
  return {
    now,
    store,
    reads,
    async remove() {
      await endServer();
      await place.remove();
    },
  };
}

async function databaseOf(): Promise<{ readonly $client: pg.Pool }> {
  const opened = await server().database.current?.opening;
  return opened?.db as unknown as { readonly $client: pg.Pool };
}
