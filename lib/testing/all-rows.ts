// All rows of all tables, for tests that check that some data is nowhere in the database, including tables added later.

import { sql } from 'drizzle-orm';
import { server } from '@/lib/server';

export type Row = Readonly<Record<string, unknown>>;

/** By table name; rows with the database's column names. */
export async function allRows(): Promise<ReadonlyMap<string, readonly Row[]>> {
  const { withDatabase } = await import('@/lib/db/database');
  return withDatabase(server(), async (db) => {
    const rowsOf = async (query: string): Promise<readonly Row[]> => {
      const answer: unknown = await db.execute(sql.raw(query));
      return (answer as { readonly rows: Row[] }).rows;
    };
    const found = new Map<string, readonly Row[]>();
    for (const { tablename } of await rowsOf(
      `select tablename from pg_tables where schemaname = 'public'`,
    )) {
      const rows = await rowsOf(`select to_jsonb(t) as row from "${tablename}" t`);
      found.set(
        String(tablename),
        rows.map(({ row }) => row as Row),
      );
    }
    return found;
  });
}
