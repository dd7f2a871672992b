// Brings a database to this code's schema: forward only. One that a newer version of this software
// has changed is left alone, since nobody knows what writing into it by old rules would do.
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { bigint, type PgDatabase, type PgQueryResultHKT, pgSchema } from 'drizzle-orm/pg-core';
import { Problem } from '@/lib/core/problem';

/** Where drizzle-kit writes the migrations: from the root of the software, as it is started. */
const MIGRATIONS = 'lib/db/migrations';

/** Drizzle's own record of what was done. */
const done = pgSchema('drizzle').table('__drizzle_migrations', {
  madeAt: bigint('created_at', { mode: 'number' }),
});

/**
 * Does the migrations that are not done yet. Whoever calls has to be the only one.
 * @param migrate the driver's migrator
 * @throws {Problem} 503 where the database is newer than this code
 */
export async function migrateForward(
  db: PgDatabase<PgQueryResultHKT>,
  migrate: (config: { migrationsFolder: string }) => Promise<void>,
  folder = MIGRATIONS,
): Promise<void> {
  const known = new Set(
    readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis }) => folderMillis),
  );
  const recorded = await db
    .select({ there: sql<boolean>`to_regclass('drizzle.__drizzle_migrations') is not null` })
    .from(sql`(select 1) as one`);
  if (recorded[0]?.there) {
    const rows = await db.select().from(done);
    const unknown = rows.filter(({ madeAt }) => madeAt !== null && !known.has(madeAt));
    if (unknown.length > 0) throw newer(unknown.length);
    // Nothing to do: so one that takes no writes can be read.
    if (rows.length === known.size) return;
  }
  await migrate({ migrationsFolder: folder });
}

function newer(changes: number): Problem {
  return new Problem(
    'database-unavailable',
    `The database was changed by a newer version of Callboard (${changes} migration` +
      `${changes === 1 ? '' : 's'} unknown to this one). Start that version again, or give this ` +
      'one a database of its own: DATABASE_URL, or another DATA_DIR.',
  );
}
