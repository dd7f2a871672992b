// The tables of rollouts and their history.
import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  real,
  serial,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Rollout, RolloutAction, RolloutReason, RolloutState } from '@/lib/rollouts/answers';

/** Milliseconds since 1970. */
const time = () => bigint({ mode: 'number' });

/** `Rollout`. */
export const rollouts = pgTable(
  'rollouts',
  {
    id: text().primaryKey(),
    agent: text().notNull(),
    deployment: text().notNull(),
    /** Null if it is not known. */
    version: text(),
    productionVersion: text(),
    state: text().$type<RolloutState>().notNull(),
    steps: real().array().notNull(),
    step: integer().notNull(),
    limits: jsonb().$type<Rollout['limits']>().notNull(),
    overridden: text(),
    startedAt: time().notNull(),
    endedAt: time(),
    looks: integer().notNull(),
    lookedAtCalls: integer().notNull(),
    finding: jsonb().$type<Rollout['finding']>(),
  },
  (table) => [
    index('rollouts_agent').on(table.agent, table.startedAt),
    // An agent has one at a time, across all web processes.
    uniqueIndex('rollouts_going_on').on(table.agent).where(sql`${table.endedAt} is null`),
  ],
);

/** `RolloutEntry`. It outlives the calls and accounts that it mentions. */
export const rolloutLog = pgTable(
  'rollout_log',
  {
    id: serial().primaryKey(),
    rollout: text()
      .notNull()
      .references(() => rollouts.id, { onDelete: 'cascade' }),
    at: time().notNull(),
    action: text().$type<RolloutAction>().notNull(),
    /** Null for automatic actions. */
    by: text(),
    percent: real().notNull(),
    reason: jsonb().$type<RolloutReason>(),
  },
  (table) => [index('rollout_log_rollout').on(table.rollout, table.id)],
);
