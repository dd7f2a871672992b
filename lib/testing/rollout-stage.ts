// A stage for roll-outs in tests: their routes over HTTP on a real database in a folder, workers that report
// versions, callers of the page, and calls that were made, as rows.
import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { calls } from '@/lib/calls/store/schema';
import { rehearsalSessions } from '@/lib/calls/test-calls/tables';
import { closeDatabase, withDatabase } from '@/lib/db/database';
import { recordReports } from '@/lib/livekit/workers';
import { lookAtRollouts } from '@/lib/rollouts/look';
import { keepShares } from '@/lib/rollouts/share';
import { rollouts } from '@/lib/rollouts/store/tables';
import { sharedDeployment } from '@/lib/rules/token-share';
import { keepReport } from '@/lib/simulations/store/rehearsals';
import { type Answer, askRoute } from './api';
import { NO_LIVEKIT } from './calls-database';
import { testDatabase } from './databases';
import { serveRoutes } from './serve-routes';

type Row = typeof calls.$inferInsert;

/** The agent that is rolled out. */
export const ROLLED = 'front-desk';

/** What a call of {@link overCalls} is like; else it went well. */
export type Like = Partial<Omit<Row, 'answerMs'>> & { readonly answerMs?: number };

/** So many calls that are over, asked for one second after the other from `at` on (milliseconds since 1970). */
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
      // No two answer at the very same time.
      answerMs: [answerMs + (index % 50)],
      heardAt: requestedAt,
      ...values,
    };
  });
}

/** Versions of the workers, by deployment (wire name). */
let running: Readonly<Record<string, readonly string[]>> = {};

/** Lets the workers report, again and again: a report is worth seconds, and machines that test are busy. */
function report(): void {
  const worker = { agent: ROLLED, activeJobs: 0, maxJobs: 8, state: 'live' } as const;
  const reports = Object.entries(running).flatMap(([deployment, versions]) =>
    versions.map((version) => ({ ...worker, worker: 'w-test', deployment, version })),
  );
  if (reports.length > 0) recordReports(reports);
}

/** What the live workers run from now on: one on production, and each of these on staging. */
export function runVersions(production: string, ...staging: readonly string[]): void {
  running = { '': [production], staging };
  report();
}

/** Of 200 callers of the page, those who are given to staging. */
export function givenAway(): readonly string[] {
  report();
  const callers = Array.from({ length: 200 }, (_, at) => `caller-${at}`);
  return callers.filter((caller) => {
    const attributes = { 'callboard.caller': caller };
    const page = { room: 'r', identity: 'i', agent: ROLLED, attributes };
    return sharedDeployment(page, []) === 'staging';
  });
}

/** The look that the web process takes every few seconds. */
export function look(): Promise<void> {
  report();
  return lookAtRollouts();
}

/** A rehearsal was held on staging, and came to this. */
export async function rehearsed(state: 'passed' | 'failed', call?: string): Promise<void> {
  const at = Date.now();
  const id = randomUUID();
  const where = { agent: ROLLED, deployment: 'staging', number: 1, startedAt: at, endedAt: at };
  const what = { rehearsal: 'hours', title: 'Says when it is open', lines: [], misses: [], state };
  await keepReport({
    session: { id, by: 'page', startedAt: at, endedAt: at, runs: 1 },
    runs: [{ id: `${id}-1`, call, ...where, ...what }],
  });
}

/** The stage. */
export interface RolloutStage {
  readonly url: string;
  /** Asks a route below the agent's roll-out. */
  ask(method: string, path?: string, body?: unknown): Promise<Answer>;
  insert(rows: Row[]): Promise<unknown>;
  /** The history as action, who, percent, kind of reason; what is not set is left out. */
  history(): Promise<unknown[][]>;
  /** Takes away all that is kept, and lets both deployments run: 1.0, and 1.1 on staging. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Sets the stage. @param files the routes, by their path below the agent's roll-out */
export async function rolloutStage(
  files: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Promise<RolloutStage> {
  const database = await testDatabase();
  const env = { ...NO_LIVEKIT, ...database.env };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const paths = Object.entries(files).map(([path, file]) => [
    `/api/agents/[name]/rollout${path}`,
    file,
  ]);
  const web = await serveRoutes(Object.fromEntries(paths));
  const ask = (method: string, path = '', body?: unknown) => {
    report();
    return askRoute(`${web.url}/api/agents/${ROLLED}/rollout${path}`, method, body);
  };
  // The first question opens the database, which may take long.
  await ask('GET');
  return {
    url: web.url,
    ask,
    insert: (rows) => withDatabase((db) => db.insert(calls).values(rows)),
    async history() {
      const { body } = await ask('GET');
      return body.history.map(
        (one: { action: string; by?: string; percent: number; reason?: { kind: string } }) =>
          [one.action, one.by, one.percent, one.reason?.kind].filter((part) => part !== undefined),
      );
    },
    async clear() {
      await withDatabase(async (db) => {
        for (const table of [rollouts, calls, rehearsalSessions]) await db.delete(table);
      });
      keepShares([]);
      runVersions('1.0', '1.1');
    },
    async close() {
      await web.close();
      await closeDatabase();
      await database.remove();
      vi.unstubAllEnvs();
    },
  };
}
