// Both kinds of databases, so that a test file can run on each of them.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type TestDatabase, testFolder } from '@/lib/testing/calls-database';
import { onPostgres, postgresPrograms, TEMPLATE, TestPostgres } from '@/lib/testing/postgres';

const programs = postgresPrograms();

/** Whether to run tests that need a PostgreSQL server. Always true in CI, which must have one. */
export const hasPostgres = Boolean(programs || process.env.CI);

if (!hasPostgres) {
  console.warn('PostgreSQL is not installed (apt-get install postgresql): tested on PGlite only.');
}

/** Starts a server for tests that kill it. @throws Error if PostgreSQL is not installed */
export function startPostgres(): Promise<TestPostgres> {
  if (!programs) throw new Error('CI tests on PostgreSQL too: apt-get install postgresql');
  return TestPostgres.start(programs);
}

/** Creates a database from a template, by default the one with the schema, on the server of this test run. */
export async function postgresDatabase(template = TEMPLATE): Promise<TestDatabase> {
  const url = new URL(inject('stack').postgres ?? 'missing:apt-get install postgresql');
  const name = `test_${randomUUID()}`;
  const run = (statement: string) => onPostgres(url.href, (client) => client.query(statement));
  await run(`create database "${name}" template "${template}"`);
  const folder = mkdtempSync(join(tmpdir(), 'callboard-data-'));
  const own = new URL(name, url);
  return {
    folder,
    env: { DATA_DIR: folder, DATABASE_URL: own.href },
    async remove() {
      // Disconnects whatever a test left connected.
      await run(`drop database if exists "${name}" with (force)`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PGlite, and PostgreSQL if it is installed. */
export const databases: readonly [string, () => Promise<TestDatabase>][] = [
  ['PGlite', testFolder],
  ...(hasPostgres
    ? [['PostgreSQL', () => postgresDatabase()] as [string, () => Promise<TestDatabase>]]
    : []),
];

/** A database for tests that run on either kind: PostgreSQL starts twenty times faster than PGlite. */
export const testDatabase = (): Promise<TestDatabase> =>
  hasPostgres ? postgresDatabase() : testFolder();
