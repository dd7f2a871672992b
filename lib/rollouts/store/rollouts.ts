// Rollouts in the database. Each change is one transaction with its history entry, and fails if the rollout was
// changed since it was read.

import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Ground } from '@/lib/cluster/ground';
import { type Database, withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';
import type {
  Finding,
  Rollout,
  RolloutAction,
  RolloutEntry,
  RolloutReason,
} from '@/lib/rollouts/answers';
import { percentOf } from '@/lib/rollouts/rollout';
import { rolloutLog, rollouts } from '@/lib/rollouts/store/tables';

/** Most history entries that are shown. */
const ENTRIES_MAX = 200;

/** An action, with who did it and why. */
export interface ActionEntry {
  readonly action: RolloutAction;
  /** Undefined for automatic actions. */
  readonly by?: string;
  readonly reason?: RolloutReason | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
}

type Row = typeof rollouts.$inferSelect;

const rolloutOf = (row: Row): Rollout => ({
  ...row,
  version: row.version ?? undefined,
  productionVersion: row.productionVersion ?? undefined,
  overridden: row.overridden ?? undefined,
  endedAt: row.endedAt ?? undefined,
  finding: row.finding ?? undefined,
});

async function write(tx: Database, rollout: Rollout, { action, by, reason, at }: ActionEntry) {
  const percent = percentOf(rollout);
  const entry = { rollout: rollout.id, at, action, by, percent, reason };
  await tx.insert(rolloutLog).values(storable(entry));
}

/**
 * Adds a rollout; false if the agent has an active one.
 * @throws {Problem} 503 if the database is unavailable
 */
export async function addRollout(
  server: Ground,
  rollout: Rollout,
  entries: readonly ActionEntry[],
): Promise<boolean> {
  return withDatabase(server, (db) =>
    db.transaction(async (tx) => {
      const added = await tx
        .insert(rollouts)
        .values({ ...storable(rollout), steps: [...rollout.steps] })
        .onConflictDoNothing()
        .returning({ id: rollouts.id });
      if (added.length === 0) return false;
      for (const entry of entries) await write(tx, rollout, entry);
      return true;
    }),
  );
}

type Change = Partial<Pick<Rollout, 'state' | 'step' | 'endedAt'>>;

/**
 * Changes a rollout and records the action; undefined if it no longer equals `before`.
 * @throws {Problem} 503 if the database is unavailable
 */
export async function changeRollout(
  server: Ground,
  before: Rollout,
  change: Change,
  entry: ActionEntry,
): Promise<Rollout | undefined> {
  const { id, state, step } = rollouts;
  const same = and(eq(id, before.id), eq(state, before.state), eq(step, before.step));
  return withDatabase(server, (db) =>
    db.transaction(async (tx) => {
      const [row] = await tx.update(rollouts).set(change).where(same).returning();
      if (!row) return undefined;
      await write(tx, rolloutOf(row), entry);
      return rolloutOf(row);
    }),
  );
}

/** Stores the result of a check; false if another process did that check. @throws {Problem} 503 */
export async function saveFinding(
  server: Ground,
  before: Rollout,
  finding: Finding,
  calls: number,
) {
  const same = and(eq(rollouts.id, before.id), eq(rollouts.looks, before.looks));
  const set = { finding, looks: finding.look, lookedAtCalls: calls };
  const saved = await withDatabase(server, (db) =>
    db.update(rollouts).set(set).where(same).returning({ id: rollouts.id }),
  );
  return saved.length > 0;
}

/** When its current step was taken, in milliseconds since 1970. @throws {Problem} 503 */
export async function stepTakenAt(server: Ground, rollout: string): Promise<number> {
  const steps = ['started', 'stepped'] as const;
  const [row] = await withDatabase(server, (db) =>
    db
      .select({ at: rolloutLog.at })
      .from(rolloutLog)
      .where(and(eq(rolloutLog.rollout, rollout), inArray(rolloutLog.action, steps)))
      .orderBy(desc(rolloutLog.id))
      .limit(1),
  );
  return row?.at ?? Number.POSITIVE_INFINITY;
}

/** All active rollouts. @throws {Problem} 503 */
export async function readActive(server: Ground): Promise<readonly Rollout[]> {
  const rows = await withDatabase(server, (db) =>
    db.select().from(rollouts).where(isNull(rollouts.endedAt)),
  );
  return rows.map(rolloutOf);
}

/** An agent's last rollout, active or ended. @throws {Problem} 503 */
export async function readLast(server: Ground, agent: string): Promise<Rollout | undefined> {
  const [row] = await withDatabase(server, (db) =>
    db
      .select()
      .from(rollouts)
      .where(eq(rollouts.agent, agent))
      .orderBy(desc(rollouts.startedAt))
      .limit(1),
  );
  return row && rolloutOf(row);
}

/** A stored reason. Before 0.2, simulations were called rehearsals; that name is read for one release. */
const readReason = (stored: RolloutReason | null): RolloutReason | undefined =>
  stored && 'failed' in stored ? { ...stored, kind: 'simulations' } : (stored ?? undefined);

/** The history of an agent's rollouts, newest first. @throws {Problem} 503 */
export async function readHistory(server: Ground, agent: string): Promise<readonly RolloutEntry[]> {
  const { id, at, action, by, percent, reason } = rolloutLog;
  const { deployment, version } = rollouts;
  const rows = await withDatabase(server, (db) =>
    db
      .select({ id, at, action, by, percent, reason, deployment, version })
      .from(rolloutLog)
      .innerJoin(rollouts, eq(rollouts.id, rolloutLog.rollout))
      .where(eq(rollouts.agent, agent))
      .orderBy(desc(id))
      .limit(ENTRIES_MAX),
  );
  return rows.map((row) => ({
    ...row,
    version: row.version ?? undefined,
    by: row.by ?? undefined,
    reason: readReason(row.reason),
  }));
}
