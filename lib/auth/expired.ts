// Deletes what has expired: sessions, begun sign-ins, links, API keys and counters of attempts. Begun sign-ins are also limited
// in number, because anybody can begin one.

import { desc, inArray, lt, lte, or } from 'drizzle-orm';
import { deleteOldAttempts } from '@/lib/auth/attempts';
import { apiKeys, sessions, signUpLinks, verifications } from '@/lib/auth/tables';
import type { Ground } from '@/lib/cluster/ground';
import { type Database, withDatabase } from '@/lib/db/database';

/**
 * Maximum number of begun sign-ins. Our own choice: with the longest values they take 50 MB, and to push out that of a person
 * who is signing in, an attacker needs a thousand addresses.
 */
const PENDING_MAX = 10_000;

/** Makes room for another begun sign-in: deletes the expired ones, and the oldest if there are too many. */
export async function keepPendingFew(
  db: Database,
  now: number,
  max: number = PENDING_MAX,
): Promise<void> {
  const { id, createdAt, expiresAt } = verifications;
  const tooMany = db
    .select({ id })
    .from(verifications)
    .orderBy(desc(createdAt), desc(id))
    .offset(max - 1);
  await db.delete(verifications).where(or(lt(expiresAt, new Date(now)), inArray(id, tooMany)));
}

/** Deletes what has expired. @param now milliseconds since 1970 @throws {Problem} 503 */
export async function deleteExpiredAccess(server: Ground, now: number): Promise<void> {
  const date = new Date(now);
  await withDatabase(server, async (db) => {
    await db.delete(sessions).where(lt(sessions.expiresAt, date));
    await db.delete(verifications).where(lt(verifications.expiresAt, date));
    await db.delete(apiKeys).where(lt(apiKeys.expiresAt, date));
    await db.delete(signUpLinks).where(lte(signUpLinks.expiresAt, now));
  });
  await deleteOldAttempts(server, now);
}
