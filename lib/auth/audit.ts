// The audit log: who did what to which object, and when. Written in one place, after the action (`route.ts`).

import { desc } from 'drizzle-orm';
import type { Visitor } from '@/lib/auth/permissions';
import { auditLog } from '@/lib/auth/tables';
import type { Ground } from '@/lib/cluster/ground';
import { logError } from '@/lib/core/log';
import { withDatabase } from '@/lib/db/database';

/** Maximum length of an object's name. */
const OBJECT_MAX = 300;
/** Maximum number of entries on a page. */
const ENTRIES_MAX = 200;

/** An entry of the audit log. */
export type AuditEntry = Omit<typeof auditLog.$inferSelect, 'account'>;

/**
 * Records an action that has been done. If the database is unavailable, the entry goes to the server log.
 * @param object what the action was applied to; empty if the action implies it
 */
export async function writeAudit(
  server: Ground,
  { account, name, by }: Visitor,
  action: string,
  object: string,
): Promise<void> {
  const entry = { at: Date.now(), account, name, by, action, object: object.slice(0, OBJECT_MAX) };
  try {
    await withDatabase(server, (db) => db.insert(auditLog).values(entry));
  } catch (error) {
    logError(`audit: cannot write ${JSON.stringify(entry)}`, error);
  }
}

/** The latest entries, newest first. @throws {Problem} 503 if the database is unavailable */
export const readAudit = (server: Ground): Promise<readonly AuditEntry[]> =>
  withDatabase(server, (db) => {
    const { id, at, name, by, action, object } = auditLog;
    return db
      .select({ id, at, name, by, action, object })
      .from(auditLog)
      .orderBy(desc(id))
      .limit(ENTRIES_MAX);
  });
