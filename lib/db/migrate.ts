// Migrates a database to this version's schema, forward only. A database that a newer version has changed is
// refused, because writing to it with an older schema could damage it.
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { bigint, pgSchema } from 'drizzle-orm/pg-core';
import { Problem } from '@/lib/core/problem';
import type { Database } from '@/lib/db/opened';

/** Folder where drizzle-kit writes the migrations, relative to the working directory. */
const MIGRATIONS = 'lib/db/migrations';

/** Drizzle's record of completed migrations. */
const done = pgSchema('drizzle').table('__drizzle_migrations', {
  madeAt: bigint('created_at', { mode: 'number' }),
});

/**
 * Runs all pending migrations. The caller must make sure that nobody else does.
 * @throws {Problem} 503 if the schema is newer than this code
 */
export async function migrateForward(db: Database, folder = MIGRATIONS): Promise<void> {
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
    // Skipped, so that a read-only database can be opened.
    if (rows.length === known.size) return;
  }
  await migrate(db, { migrationsFolder: folder });
}

function newer(changes: number): Problem {
  return new Problem(
    'database-unavailable',
    `The database was changed by a newer version of Callboard (${changes} migration` +
      `${changes === 1 ? '' : 's'} unknown to this version). Start the newer version again, or give this ` +
      'version its own database with DATABASE_URL or another DATA_DIR.',
  );
}
