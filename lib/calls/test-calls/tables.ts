// Tables of simulations: sessions, and the runs of each with their results.
import { bigint, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { RunState, SessionOrigin, SimulationRun } from '@/lib/calls/test-calls/result';

/** Milliseconds since 1970. */
const time = () => bigint({ mode: 'number' });

/** Simulations that were started together: `SimulationSession`, with a `SessionOrigin`. */
export const simulationSessions = pgTable('simulation_sessions', {
  id: text().primaryKey(),
  by: text().$type<SessionOrigin>().notNull(),
  startedAt: time().notNull(),
  /** When its program last reported; a silent one has died. */
  heardAt: time().notNull(),
  endedAt: time(),
  /** When somebody asked it to stop. */
  stopAt: time(),
  runs: integer().notNull(),
});

/** One run of a scenario: `SimulationRun`. */
export const simulationRuns = pgTable(
  'simulation_runs',
  {
    id: text().primaryKey(),
    session: text()
      .notNull()
      .references(() => simulationSessions.id, { onDelete: 'cascade' }),
    scenario: text().notNull(),
    title: text().notNull(),
    agent: text().notNull(),
    deployment: text().notNull(),
    number: integer().notNull(),
    state: text().$type<RunState>().notNull(),
    startedAt: time().notNull(),
    endedAt: time(),
    /** No foreign key: a run is reported before its call, and outlives it. */
    call: text(),
    /** The dialogue, the agent's version, and what failed. */
    result: jsonb().$type<Pick<SimulationRun, 'lines' | 'misses' | 'version'>>().notNull(),
  },
  (table) => [
    index('simulation_runs_started').on(table.startedAt),
    index('simulation_runs_session').on(table.session),
    index('simulation_runs_call').on(table.call),
  ],
);
