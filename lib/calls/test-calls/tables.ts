// The tables of the rehearsals: what was started together, and each run with what came of it.
import { bigint, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { RehearsalRun, RehearsalSession, RunState } from './result';

/** Milliseconds since 1970. */
const time = () => bigint({ mode: 'number' });

/** Rehearsals that were started together: `RehearsalSession`. */
export const rehearsalSessions = pgTable('rehearsal_sessions', {
  id: text().primaryKey(),
  by: text().$type<RehearsalSession['by']>().notNull(),
  startedAt: time().notNull(),
  /** When their program last told something: one that is silent has died. */
  heardAt: time().notNull(),
  endedAt: time(),
  /** When somebody wished that they stop. */
  stopAt: time(),
  runs: integer().notNull(),
});

/** One rehearsal, held once: `RehearsalRun`. */
export const rehearsalRuns = pgTable(
  'rehearsal_runs',
  {
    id: text().primaryKey(),
    session: text()
      .notNull()
      .references(() => rehearsalSessions.id, { onDelete: 'cascade' }),
    rehearsal: text().notNull(),
    title: text().notNull(),
    agent: text().notNull(),
    deployment: text().notNull(),
    number: integer().notNull(),
    state: text().$type<RunState>().notNull(),
    startedAt: time().notNull(),
    endedAt: time(),
    /** No foreign key: a run is told before its call is, and outlives it. */
    call: text(),
    /** What was said and heard, by which version, and what was wrong. */
    result: jsonb().$type<Pick<RehearsalRun, 'lines' | 'misses' | 'version'>>().notNull(),
  },
  (table) => [
    index('rehearsal_runs_started').on(table.startedAt),
    index('rehearsal_runs_session').on(table.session),
  ],
);
