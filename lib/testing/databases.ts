// Both databases that calls can be kept in, so that one test file runs on each of them.
import { type TestDatabase, testFolder } from './calls-database';
import { postgresPrograms, TestPostgres } from './postgres';

const programs = postgresPrograms();

/** PGlite, and PostgreSQL where it is installed; CI has to have it. */
export const databases: readonly [string, () => Promise<Pick<TestDatabase, 'env' | 'remove'>>][] = [
  ['PGlite', testFolder],
  ...(programs || process.env.CI
    ? [['PostgreSQL', () => startPostgres()] as [string, typeof startPostgres]]
    : []),
];

if (databases.length === 1) {
  console.warn('PostgreSQL is not installed (apt-get install postgresql): tested on PGlite only.');
}

/** @throws Error where no PostgreSQL is installed */
export function startPostgres(): Promise<TestPostgres> {
  if (!programs) throw new Error('CI tests on PostgreSQL too: apt-get install postgresql');
  return TestPostgres.start(programs);
}

/** Whether tests that need a PostgreSQL server of their own can run, or have to. */
export const hasPostgres = databases.length > 1;
