// A new password ends all access with the old one, also that of requests which are being handled at that moment: they began with
// a password, passkey or session that is gone when they end, and what they made is deleted again.

import { eq } from 'drizzle-orm';
import type { Guessed } from '@/lib/auth/attempts';
import { passwordHash } from '@/lib/auth/devices';
import { signInNeeded } from '@/lib/auth/refusals';
import type { AuthServer } from '@/lib/auth/server';
import { apiKeys, passkeys, sessions } from '@/lib/auth/tables';
import { visitorOf } from '@/lib/auth/visitor';
import type { Ground } from '@/lib/cluster/ground';
import { withDatabase } from '@/lib/db/database';

/** What a sign-in with a password or passkey is proven with; it changes or disappears with a new password. */
export async function proofFor(server: Ground, { what, of }: Guessed): Promise<string | undefined> {
  if (what !== 'passkey') return passwordHash(server, of);
  const [found] = await withDatabase(server, (db) =>
    db.select({ id: passkeys.id }).from(passkeys).where(eq(passkeys.credentialID, of)),
  );
  return found?.id;
}

const KEPT = { session: sessions, passkey: passkeys, key: apiKeys } as const;

/** Deletes what a request made. @throws {Problem} always: 401 */
async function undo(server: Ground, kind: keyof typeof KEPT, id: string): Promise<never> {
  const table = KEPT[kind];
  await withDatabase(server, (db) => db.delete(table).where(eq(table.id, id)));
  throw signInNeeded();
}

/**
 * Ends the session of a sign-in whose proof is gone.
 * @param token of the session
 * @throws {Problem} 401 if it is gone
 */
export async function requireSameProof(
  server: Ground,
  guessed: Guessed,
  before: string | undefined,
  token: string,
): Promise<void> {
  if ((await proofFor(server, guessed)) === before) return;
  const [made] = await withDatabase(server, (db) =>
    db.select({ id: sessions.id }).from(sessions).where(eq(sessions.token, token)),
  );
  await undo(server, 'session', made?.id ?? '');
}

/** Deletes a passkey or key that was made with a session which has ended. @throws {Problem} 401 if it has */
export async function requireSameSession(
  server: AuthServer,
  headers: Headers,
  account: string,
  kind: 'passkey' | 'key',
  id: string,
): Promise<void> {
  if ((await visitorOf(server, headers)).account !== account) await undo(server, kind, id);
}
