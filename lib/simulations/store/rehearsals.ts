// The results of rehearsals in the database: written as their program tells them, read by the page.
import { and, desc, eq, gte, isNull, lt, sql } from 'drizzle-orm';
import { notifyOthers, tellChanged } from '@/lib/calls/store/call-feed';
import { calls } from '@/lib/calls/store/schema';
import type {
  RehearsalReport,
  RehearsalRun,
  RehearsalSession,
} from '@/lib/calls/test-calls/result';
import { rehearsalRuns, rehearsalSessions } from '@/lib/calls/test-calls/tables';
import { type Database, withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';

/** Milliseconds of silence after which a program has died: it tells something each second. */
const DEAD_MS = 15_000;
/** Runs that the page gets: some tens of each rehearsal. */
const RUNS_MAX = 1_000;
/** What pages are told when something of the rehearsals has changed, in place of a call's id. */
const CHANGED = 'rehearsals';

/** Rehearsals that go on now. */
export interface LiveSession extends RehearsalSession {
  /** Whether somebody wished that they stop. */
  readonly stopping: boolean;
}

async function tell(tx: Database): Promise<void> {
  await notifyOthers(tx, [CHANGED]);
}

const excluded = (column: string) => sql.raw(`excluded.${column}`);

async function saveSession(tx: Database, session: RehearsalSession, now: number) {
  const values = { ...session, endedAt: session.endedAt ?? null, heardAt: now };
  const [row] = await tx
    .insert(rehearsalSessions)
    .values(values)
    .onConflictDoUpdate({
      target: rehearsalSessions.id,
      set: { heardAt: now, endedAt: values.endedAt, runs: values.runs },
    })
    .returning({ stopAt: rehearsalSessions.stopAt });
  return row?.stopAt != null;
}

/**
 * Keeps what a program told; resolves with whether somebody wants it to stop.
 * @throws {Problem} 503 where the database is away
 */
export async function keepReport(told: RehearsalReport, now = Date.now()): Promise<boolean> {
  const { session, runs } = storable(told);
  const stop = await withDatabase((db) =>
    db.transaction(async (tx) => {
      const wanted = await saveSession(tx, session, now);
      if (runs.length > 0) {
        const rows = runs.map(({ lines, misses, version, ...run }) => ({
          ...run,
          session: session.id,
          result: { lines, misses, version },
        }));
        await tx
          .insert(rehearsalRuns)
          .values(rows)
          .onConflictDoUpdate({
            target: rehearsalRuns.id,
            set: {
              state: excluded('state'),
              deployment: excluded('deployment'),
              endedAt: excluded('ended_at'),
              call: excluded('call'),
              result: excluded('result'),
            },
          });
      }
      if (runs.length > 0 || session.endedAt) await tell(tx);
      return wanted;
    }),
  );
  if (runs.length > 0 || session.endedAt) tellChanged([CHANGED]);
  return stop;
}

/** Those that go on now; undefined where there are none. @throws {Problem} 503 */
export async function liveSession(now = Date.now()): Promise<LiveSession | undefined> {
  const { endedAt, heardAt, startedAt } = rehearsalSessions;
  const [row] = await withDatabase((db) =>
    db
      .select()
      .from(rehearsalSessions)
      .where(and(isNull(endedAt), gte(heardAt, now - DEAD_MS)))
      .orderBy(desc(startedAt))
      .limit(1),
  );
  if (!row) return undefined;
  const { id, by, runs, startedAt: at, stopAt } = row;
  return { id, by, runs, startedAt: at, stopping: stopAt !== null };
}

/** A run as the page has it. */
export interface KeptRun extends RehearsalRun {
  readonly session: string;
}

/** The latest runs, the newest first; a call is named while it is kept. @throws {Problem} 503 */
export async function latestRuns(now = Date.now()): Promise<readonly KeptRun[]> {
  const rows = await withDatabase((db) =>
    db
      .select({ run: rehearsalRuns, call: calls.id, heardAt: rehearsalSessions.heardAt })
      .from(rehearsalRuns)
      .innerJoin(rehearsalSessions, eq(rehearsalSessions.id, rehearsalRuns.session))
      .leftJoin(calls, eq(calls.id, rehearsalRuns.call))
      .orderBy(desc(rehearsalRuns.startedAt))
      .limit(RUNS_MAX),
  );
  return rows.map(({ run, call, heardAt }) => {
    const { result, endedAt, state, ...others } = run;
    // Its program has died.
    const lost = state === 'running' && heardAt < now - DEAD_MS;
    return {
      ...others,
      ...result,
      state: lost ? 'stopped' : state,
      endedAt: endedAt ?? undefined,
      call: call ?? undefined,
    };
  });
}

/** Wishes that a session stops; false where it does not go on. @throws {Problem} 503 */
export async function wishStop(id: string, now = Date.now()): Promise<boolean> {
  const rows = await withDatabase((db) =>
    db
      .update(rehearsalSessions)
      .set({ stopAt: now })
      .where(and(eq(rehearsalSessions.id, storable(id)), isNull(rehearsalSessions.endedAt)))
      .returning({ id: rehearsalSessions.id }),
  );
  tellChanged([CHANGED]);
  return rows.length > 0;
}

/** Notes that a session is over whose program has ended without saying so. */
export async function closeSession(id: string, now = Date.now()): Promise<void> {
  await withDatabase(async (db) => {
    await db
      .update(rehearsalSessions)
      .set({ endedAt: now })
      .where(and(eq(rehearsalSessions.id, id), isNull(rehearsalSessions.endedAt)));
    await db
      .update(rehearsalRuns)
      .set({ state: 'stopped', endedAt: now })
      .where(and(eq(rehearsalRuns.session, id), eq(rehearsalRuns.state, 'running')));
  });
  tellChanged([CHANGED]);
}

/** Deletes rehearsals that began before that moment. */
export async function deleteRehearsals(db: Database, before: number): Promise<void> {
  await db.delete(rehearsalSessions).where(lt(rehearsalSessions.startedAt, before));
}
