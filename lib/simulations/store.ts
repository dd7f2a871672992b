// Results of simulations in the database: written by the program's reports, read by the page.

import { and, desc, eq, gte, inArray, isNull, sql } from 'drizzle-orm';
import { notPermitted } from '@/lib/auth/refusals';
import type { CallsServer } from '@/lib/calls/server';
import { notifyChanged, notifyOthers } from '@/lib/calls/store/call-feed';
import { calls } from '@/lib/calls/store/schema';
import type { SimulationReport } from '@/lib/calls/test-calls/report';
import {
  readResult,
  type SessionOrigin,
  type SimulationRun,
  type SimulationSession,
} from '@/lib/calls/test-calls/result';
import { simulationRuns, simulationSessions } from '@/lib/calls/test-calls/tables';
import type { Ground } from '@/lib/cluster/ground';
import { type Database, withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';
import type { LiveSession, StoredRun } from '@/lib/simulations/answers';

/** Milliseconds without a report after which a program has died: it reports each second. */
const DEAD_MS = 15_000;
/** Most runs that the page gets: some tens of each scenario. */
const RUNS_MAX = 1_000;
/** Sent to pages instead of a call's ID when simulations have changed. */
const CHANGED = 'simulations';

const excluded = (column: string) => sql.raw(`excluded.${column}`);

/** Somebody who may run simulations but not change the rules: see `SessionOrigin`. */
export interface Developer {
  readonly account: string | undefined;
}

const notTheirs = () => notPermitted('These simulations were started by somebody else.');

async function saveSession(tx: Database, session: SimulationSession, developer?: Developer) {
  const heardAt = Date.now();
  const by: SessionOrigin = developer ? 'developer' : session.by;
  const values = { ...session, by, endedAt: session.endedAt ?? null, heardAt };
  const [row] = await tx
    .insert(simulationSessions)
    .values(values)
    .onConflictDoUpdate({
      target: simulationSessions.id,
      set: { heardAt, endedAt: values.endedAt, runs: values.runs },
      ...(developer && { setWhere: eq(simulationSessions.by, 'developer') }),
    })
    .returning({ stopAt: simulationSessions.stopAt });
  if (!row) throw notTheirs();
  return row.stopAt !== null;
}

/**
 * The calls of a report that are its sender's own: calls of simulations are not judged in a rollout, so nobody may pass
 * another's call off as one.
 */
async function ownCalls(tx: Database, runs: readonly SimulationRun[], { account }: Developer) {
  const named = runs.flatMap(({ call }) => call ?? []);
  if (named.length === 0 || account === undefined) return [];
  const own = and(inArray(calls.id, named), eq(calls.account, account));
  return (await tx.select({ id: calls.id }).from(calls).where(own)).map(({ id }) => id);
}

/**
 * Stores a program's report. Returns whether it should stop.
 * @param developer the sender, if the report must not count for a rollout
 * @throws {Problem} 403 for the session or the runs of others; 503 if the database is unavailable
 */
export async function saveReport(
  server: CallsServer,
  report: SimulationReport,
  developer?: Developer,
): Promise<boolean> {
  const { session, runs } = storable(report);
  const stop = await withDatabase(server, (db) =>
    db.transaction(async (tx) => {
      const wanted = await saveSession(tx, session, developer);
      if (runs.length > 0) {
        const own = developer && (await ownCalls(tx, runs, developer));
        const rows = runs.map(({ lines, misses, version, call, ...run }) => ({
          ...run,
          call: call !== undefined && own?.includes(call) === false ? undefined : call,
          session: session.id,
          result: { lines, misses, version },
        }));
        const saved = await tx
          .insert(simulationRuns)
          .values(rows)
          .onConflictDoUpdate({
            target: simulationRuns.id,
            set: {
              state: excluded('state'),
              deployment: excluded('deployment'),
              endedAt: excluded('ended_at'),
              call: excluded('call'),
              result: excluded('result'),
            },
            setWhere: eq(simulationRuns.session, session.id),
          })
          .returning({ id: simulationRuns.id });
        if (saved.length < rows.length) throw notTheirs();
      }
      if (runs.length > 0 || session.endedAt) await notifyOthers(server, tx, [CHANGED]);
      return wanted;
    }),
  );
  if (runs.length > 0 || session.endedAt) notifyChanged(server, [CHANGED]);
  return stop;
}

/** The running session, if any. @throws {Problem} 503 */
export async function liveSession(server: Ground): Promise<LiveSession | undefined> {
  const { endedAt, heardAt, startedAt } = simulationSessions;
  const [row] = await withDatabase(server, (db) =>
    db
      .select()
      .from(simulationSessions)
      .where(and(isNull(endedAt), gte(heardAt, Date.now() - DEAD_MS)))
      .orderBy(desc(startedAt))
      .limit(1),
  );
  if (!row) return undefined;
  const { id, by, runs, startedAt: at, stopAt } = row;
  return { id, by, runs, startedAt: at, stopping: stopAt !== null };
}

/** The latest runs, newest first. They have their call's ID while it is stored. @throws {Problem} 503 */
export async function latestRuns(server: Ground): Promise<readonly StoredRun[]> {
  const rows = await withDatabase(server, (db) =>
    db
      .select({ run: simulationRuns, call: calls.id, heardAt: simulationSessions.heardAt })
      .from(simulationRuns)
      .innerJoin(simulationSessions, eq(simulationSessions.id, simulationRuns.session))
      .leftJoin(calls, eq(calls.id, simulationRuns.call))
      .orderBy(desc(simulationRuns.startedAt))
      .limit(RUNS_MAX),
  );
  return rows.map(({ run, call, heardAt }) => {
    const { result, endedAt, state, ...others } = run;
    // Its program has died.
    const lost = state === 'running' && heardAt < Date.now() - DEAD_MS;
    return {
      ...others,
      ...readResult(result),
      state: lost ? 'stopped' : state,
      endedAt: endedAt ?? undefined,
      call: call ?? undefined,
    };
  });
}

/** Asks a session to stop; false if it is not running. @throws {Problem} 503 */
export async function requestStop(server: CallsServer, id: string): Promise<boolean> {
  const rows = await withDatabase(server, (db) =>
    db
      .update(simulationSessions)
      .set({ stopAt: Date.now() })
      .where(and(eq(simulationSessions.id, storable(id)), isNull(simulationSessions.endedAt)))
      .returning({ id: simulationSessions.id }),
  );
  notifyChanged(server, [CHANGED]);
  return rows.length > 0;
}

/** Ends a session whose program has ended without a report. */
export async function closeSession(server: CallsServer, id: string): Promise<void> {
  const endedAt = Date.now();
  await withDatabase(server, async (db) => {
    await db
      .update(simulationSessions)
      .set({ endedAt })
      .where(and(eq(simulationSessions.id, id), isNull(simulationSessions.endedAt)));
    await db
      .update(simulationRuns)
      .set({ state: 'stopped', endedAt })
      .where(and(eq(simulationRuns.session, id), eq(simulationRuns.state, 'running')));
  });
  notifyChanged(server, [CHANGED]);
}
