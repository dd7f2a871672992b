// The audit log: who did what, on what, when. Written in one place, after it was done (`guard.ts`).
import { inspect } from 'node:util';
import { desc } from 'drizzle-orm';
import { redact } from '@/lib/core/redact';
import { withDatabase } from '@/lib/db/database';
import type { Visitor } from './rights';
import { auditLog } from './tables';

/** Longest name of what it was done to that is kept. */
const OBJECT_MAX = 300;
/** Most entries of a page. */
const ENTRIES_MAX = 200;

/** One entry. */
export type AuditEntry = Omit<typeof auditLog.$inferSelect, 'account'>;

/**
 * Writes that something was done. It is done already: where the database is away, the server's log has
 * what could not be written.
 * @param object what it was done to; empty where that goes without saying
 */
export async function writeAudit(
  { account, name, by }: Visitor,
  action: string,
  object: string,
): Promise<void> {
  const entry = { at: Date.now(), account, name, by, action, object: object.slice(0, OBJECT_MAX) };
  try {
    await withDatabase((db) => db.insert(auditLog).values(entry));
  } catch (error) {
    const said = `audit: not written: ${JSON.stringify(entry)}: ${inspect(error)}`;
    console.error(redact(said));
  }
}

/** The latest entries, the newest first. @throws {Problem} 503 where the database is away */
export const readAudit = (): Promise<readonly AuditEntry[]> =>
  withDatabase((db) => {
    const { id, at, name, by, action, object } = auditLog;
    return db
      .select({ id, at, name, by, action, object })
      .from(auditLog)
      .orderBy(desc(id))
      .limit(ENTRIES_MAX);
  });
