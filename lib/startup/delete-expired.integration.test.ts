// Expired rows are deleted from every table that has an expiry, also without any call.

import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { server } from '@/lib/server';
import { endSignIn, requireSignIn, signUp } from '@/lib/testing/accounts';
import { allRows } from '@/lib/testing/all-rows';
import type { TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';

const NOW = Date.UTC(2030, 0, 2);
const DAY_MS = 24 * 3_600_000;
/** The expiry of the provider's tokens, which are a part of the login and not used again. */
const NO_EXPIRY_OF_THE_ROW = ['account_logins'];

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  requireSignIn(database);
});
afterAll(() => endSignIn(database));

/** Rows by table: one that has just expired and one that has not. `at` is when a row expires. */
async function rowsOf(account: string) {
  const auth = await import('@/lib/auth/tables');
  const { rateLimits } = await import('@/lib/calls/store/schema');
  const { sharedStateTable } = await import('@/lib/cluster/shared-state');
  const { ATTEMPTS_KEPT_MS } = await import('@/lib/auth/attempts');
  const made = (at: number) => ({ createdAt: new Date(at), updatedAt: new Date(at) });
  const invitation = { id: 'i', room: 'r', takeover: 'listen', expiresAt: 0, used: false };
  return [
    [
      auth.sessions,
      (id: string, at: number) => ({
        ...{ id, token: id, userId: account, expiresAt: new Date(at), ...made(at) },
      }),
    ],
    [
      auth.verifications,
      (id: string, at: number) => ({
        ...{ id, identifier: id, value: '{}', expiresAt: new Date(at), ...made(at) },
      }),
    ],
    [
      auth.apiKeys,
      (id: string, at: number) => ({
        ...{ id, configId: 'default', referenceId: account, key: id },
        ...{ expiresAt: new Date(at), ...made(at) },
      }),
    ],
    [
      auth.signUpLinks,
      (id: string, at: number) => ({ id, hash: id, role: 'caller', madeAt: 0, expiresAt: at }),
    ],
    [
      auth.attempts,
      (id: string, at: number) => ({ id, key: id, count: 1, lastRequest: at - ATTEMPTS_KEPT_MS }),
    ],
    [rateLimits, (id: string, at: number) => ({ key: id, points: 1, expire: at })],
    [
      sharedStateTable,
      // Invitations are remembered for a day after they were made.
      (id: string, at: number) => ({
        ...{ kind: 'invitation', key: id, value: invitation },
        changedAt: at - DAY_MS,
      }),
    ],
  ] as const satisfies readonly (readonly [PgTable, (id: string, at: number) => unknown])[];
}

it('deletes the rows of every table with an expiry', async () => {
  const { account = '' } = await (await import('@/lib/auth/visitor')).visitorOf(
    server(),
    new Headers({ cookie: await signUp('admin') }),
  );
  const rows = await rowsOf(account);
  // All tables, as `lib/db/drizzle.config.ts` names them.
  const schemas = Object.values(
    (
      import.meta as unknown as { glob(files: string[], eager: object): Record<string, object> }
    ).glob(['/lib/calls/store/schema.ts', '/lib/cluster/shared-state.ts', '/lib/**/tables.ts'], {
      eager: true,
    }),
  );
  const expiring = schemas
    .flatMap((schema) => Object.values(schema as Record<string, unknown>))
    .filter((one): one is PgTable => is(one, PgTable))
    .filter((table) =>
      /expire|lastRequest"/i.test(JSON.stringify(Object.keys(getTableColumns(table)))),
    )
    .map(getTableName)
    .filter((name) => !NO_EXPIRY_OF_THE_ROW.includes(name));
  const covered = rows.map(([table]) => getTableName(table));
  // Add the rows of a new table above, and delete them in `delete-expired.ts`.
  expect(covered).toEqual(expect.arrayContaining(expiring));
  expect(expiring.length).toBeGreaterThanOrEqual(6);

  const { withDatabase } = await import('@/lib/db/database');
  await withDatabase(server(), async (db) => {
    for (const [table, row] of rows) {
      for (const one of [row('expired', NOW - 1), row('valid', NOW + 1)]) {
        await db.insert(table).values(one as never);
      }
    }
  });
  const { deleteExpired } = await import('@/lib/startup/delete-expired');
  await deleteExpired(server(), NOW);
  const left = await allRows();
  const shared = Boolean(database.env.DATABASE_URL);
  for (const name of covered) {
    // A single process keeps these in memory.
    if (name === 'shared_state' && !shared) continue;
    const ids = (left.get(name) ?? []).map(({ id, key }) => id ?? key);
    expect([name, ids.filter((id) => id === 'expired' || id === 'valid')]).toEqual([
      name,
      ['valid'],
    ]);
  }
});
