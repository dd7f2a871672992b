// Environment for tests of rollouts: the routes over HTTP with a real database in a folder, workers that report versions,
// callers of the page, and rows of past calls.

import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { calls } from '@/lib/calls/store/schema';
import { simulationSessions } from '@/lib/calls/test-calls/tables';
import { withDatabase } from '@/lib/db/database';
import { sharedDeployment } from '@/lib/dispatch/share';
import { recordReports } from '@/lib/livekit/workers';
import { checkRollouts } from '@/lib/rollouts/monitor';
import { applyShares } from '@/lib/rollouts/share';
import { rollouts } from '@/lib/rollouts/store/tables';
import { server } from '@/lib/server';
import { saveReport } from '@/lib/simulations/store';
import { askRoute } from '@/lib/testing/api';
import { NO_LIVEKIT } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { serveRoutes } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';

type Row = typeof calls.$inferInsert;

/** The agent that is rolled out. */
export const ROLLED = 'front-desk';

/** Differences of a call of {@link overCalls} from a successful one. */
export type Like = Partial<Omit<Row, 'answerMs'>> & { readonly answerMs?: number };

/** That many ended calls, requested one second apart from `at` on (milliseconds since 1970). */
export function overCalls(many: number, at: number, { answerMs = 700, ...values }: Like): Row[] {
  return Array.from({ length: many }, (_, index): Row => {
    const requestedAt = at + index * 1_000;
    return {
      ...{ id: randomUUID(), room: 'room', origin: 'page', caller: 'Anna' },
      ...{ agents: [ROLLED], deployments: ['production'], version: '1.0' },
      requestedAt,
      joinedAt: requestedAt + 400,
      answeredAt: requestedAt + 900,
      endedAt: requestedAt + 60_000,
      ...{ endedBy: 'caller', outcome: 'none', turns: 4, errors: 0, transcript: '' },
      // All latencies differ.
      answerMs: [answerMs + (index % 50)],
      heardAt: requestedAt,
      ...values,
    };
  });
}

/** Versions of the workers, by deployment. */
let running: Readonly<Record<string, readonly string[]>> = {};

/** Repeats the workers' reports, which are valid for seconds only, because test machines may be busy. */
function report(): void {
  const worker = { agent: ROLLED, activeJobs: 0, maxJobs: 8, state: 'live' } as const;
  const reports = Object.entries(running).flatMap(([deployment, versions]) =>
    versions.map((version) => ({ ...worker, worker: 'w-test', deployment, version })),
  );
  if (reports.length > 0) recordReports(server(), reports);
}

/** Sets the versions of the live workers: one on production, and each of these on staging. */
export function runVersions(production: string, ...staging: readonly string[]): void {
  running = { production: [production], staging };
  report();
}

/** Those of 200 callers of the page who are sent to staging. */
export function givenAway(): readonly string[] {
  report();
  const callers = Array.from({ length: 200 }, (_, at) => `caller-${at}`);
  return callers.filter((caller) => {
    const attributes = { 'callboard.caller': caller };
    const page = { room: 'r', identity: 'i', agent: ROLLED, attributes };
    return sharedDeployment(server(), page) === 'staging';
  });
}

/** Runs the check that the web process does every few seconds. */
export function look(): Promise<void> {
  report();
  return checkRollouts(server());
}

/** Stores the result of a simulation on staging. */
export async function simulated(state: 'passed' | 'failed', call?: string): Promise<void> {
  const at = Date.now();
  const id = randomUUID();
  const where = { agent: ROLLED, deployment: 'staging', number: 1, startedAt: at, endedAt: at };
  const what = { scenario: 'hours', title: 'Says when it is open', lines: [], misses: [], state };
  await saveReport(server(), {
    session: { id, by: 'page', startedAt: at, endedAt: at, runs: 1 },
    runs: [{ id: `${id}-1`, call, ...where, ...what }],
  });
}

/**
 * Creates the environment.
 * @param files the routes, by path below the agent's rollout
 * @param settings more settings, such as sign-in
 */
export async function rolloutStage(
  files: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  settings: Readonly<Record<string, string>> = {},
) {
  const database = await testDatabase();
  const env = { ...NO_LIVEKIT, ...database.env, ...settings };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const paths = Object.entries(files).map(([path, file]) => [
    `/api/agents/[name]/rollout${path}`,
    file,
  ]);
  const web = await serveRoutes(Object.fromEntries(paths));
  /** Sends a request to a route below the agent's rollout. */
  const ask = (method: string, path = '', body?: unknown) => {
    report();
    return askRoute(`${web.url}/api/agents/${ROLLED}/rollout${path}`, method, body);
  };
  // The first request opens the database, which may take long.
  await ask('GET');
  return {
    url: web.url,
    ask,
    insert: (rows: Row[]) => withDatabase(server(), (db) => db.insert(calls).values(rows)),
    /** The history as action, user, percent and kind of reason, without undefined values. */
    async history(): Promise<unknown[][]> {
      const { body } = await ask('GET');
      return body.history.map(
        (one: { action: string; by?: string; percent: number; reason?: { kind: string } }) =>
          [one.action, one.by, one.percent, one.reason?.kind].filter((part) => part !== undefined),
      );
    },
    /** Deletes all data, and runs both deployments: 1.0, and 1.1 on staging. */
    async clear() {
      await withDatabase(server(), async (db) => {
        for (const table of [rollouts, calls, simulationSessions]) await db.delete(table);
      });
      applyShares(server(), []);
      runVersions('1.0', '1.1');
    },
    async close() {
      await web.close();
      await endServer();
      await database.remove();
      vi.unstubAllEnvs();
    },
  };
}

export type RolloutStage = Awaited<ReturnType<typeof rolloutStage>>;
