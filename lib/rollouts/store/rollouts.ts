// The roll-outs in the database. Each change is one transaction with its line of the history, and is made
// only where the roll-out still stands as whoever changes it has seen it.
import { and, desc, eq, isNull } from 'drizzle-orm';
import { type Database, withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';
import type { Finding } from '../judge';
import {
  percentOf,
  type Rollout,
  type RolloutAction,
  type RolloutEntry,
  type RolloutReason,
} from '../rollout';
import { rolloutLog, rollouts } from './tables';

/** Lines of the history that are shown. */
const ENTRIES_MAX = 200;

/** Who does something, and why. */
export interface Deed {
  readonly action: RolloutAction;
  /** Undefined where it is done by itself. */
  readonly by?: string;
  readonly reason?: RolloutReason;
  /** Milliseconds since 1970. */
  readonly at: number;
}

type Row = typeof rollouts.$inferSelect;

const rolloutOf = (row: Row): Rollout => ({
  ...row,
  productionVersion: row.productionVersion ?? undefined,
  overridden: row.overridden ?? undefined,
  endedAt: row.endedAt ?? undefined,
  finding: row.finding ?? undefined,
});

async function write(tx: Database, rollout: Rollout, { action, by, reason, at }: Deed) {
  const percent = percentOf(rollout);
  const entry = { rollout: rollout.id, at, action, by, percent, reason };
  await tx.insert(rolloutLog).values(storable(entry));
}

/**
 * Begins one; false where the agent has one going on.
 * @throws {Problem} 503 where the database is away
 */
export async function addRollout(rollout: Rollout, deeds: readonly Deed[]): Promise<boolean> {
  return withDatabase((db) =>
    db.transaction(async (tx) => {
      const added = await tx
        .insert(rollouts)
        .values({ ...storable(rollout), steps: [...rollout.steps] })
        .onConflictDoNothing()
        .returning({ id: rollouts.id });
      if (added.length === 0) return false;
      for (const deed of deeds) await write(tx, rollout, deed);
      return true;
    }),
  );
}

/** What may change of a roll-out. */
type Change = Partial<Pick<Rollout, 'state' | 'step' | 'endedAt'>>;

/**
 * Changes one and writes down who did it; undefined where it stands otherwise by now than `before`.
 * @throws {Problem} 503 where the database is away
 */
export async function changeRollout(
  before: Rollout,
  change: Change,
  deed: Deed,
): Promise<Rollout | undefined> {
  const { id, state, step } = rollouts;
  const same = and(eq(id, before.id), eq(state, before.state), eq(step, before.step));
  return withDatabase((db) =>
    db.transaction(async (tx) => {
      const [row] = await tx.update(rollouts).set(change).where(same).returning();
      if (!row) return undefined;
      await write(tx, rolloutOf(row), deed);
      return rolloutOf(row);
    }),
  );
}

/** Notes what a look found; false where another process had that look. @throws {Problem} 503 */
export async function keepFinding(before: Rollout, finding: Finding, calls: number) {
  const same = and(eq(rollouts.id, before.id), eq(rollouts.looks, before.looks));
  const set = { finding, looks: finding.look, lookedAtCalls: calls };
  const kept = await withDatabase((db) =>
    db.update(rollouts).set(set).where(same).returning({ id: rollouts.id }),
  );
  return kept.length > 0;
}

/** All that go on. @throws {Problem} 503 */
export async function readGoingOn(): Promise<readonly Rollout[]> {
  const rows = await withDatabase((db) =>
    db.select().from(rollouts).where(isNull(rollouts.endedAt)),
  );
  return rows.map(rolloutOf);
}

/** The last of an agent, whether it goes on or is over. @throws {Problem} 503 */
export async function readLast(agent: string): Promise<Rollout | undefined> {
  const [row] = await withDatabase((db) =>
    db
      .select()
      .from(rollouts)
      .where(eq(rollouts.agent, agent))
      .orderBy(desc(rollouts.startedAt))
      .limit(1),
  );
  return row && rolloutOf(row);
}

/** Who did what in an agent's roll-outs, the newest first. @throws {Problem} 503 */
export async function readHistory(agent: string): Promise<readonly RolloutEntry[]> {
  const { id, at, action, by, percent, reason } = rolloutLog;
  const { deployment, version } = rollouts;
  const rows = await withDatabase((db) =>
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
    by: row.by ?? undefined,
    reason: row.reason ?? undefined,
  }));
}
