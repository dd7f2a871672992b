// Every row of every table of the database that tests have open: for tests that look for what must be
// nowhere, also in tables that are made later.
import { sql } from 'drizzle-orm';

export type Row = Readonly<Record<string, unknown>>;

/** By the table's name; rows with the database's own names of columns. */
export async function allRows(): Promise<ReadonlyMap<string, readonly Row[]>> {
  const { withDatabase } = await import('@/lib/db/database');
  return withDatabase(async (db) => {
    const rowsOf = async (query: string): Promise<readonly Row[]> => {
      // PGlite answers with the rows in an object, postgres.js with the rows.
      const answer: unknown = await db.execute(sql.raw(query));
      return Array.isArray(answer) ? answer : (answer as { readonly rows: Row[] }).rows;
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
