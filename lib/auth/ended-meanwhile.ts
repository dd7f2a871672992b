// A new password ends all access with the old one, also that of requests which are being handled at that moment: they began with
// a password, passkey or session that is gone when they end, and what they made is deleted again.
import { eq } from 'drizzle-orm';
import { withDatabase } from '@/lib/db/database';
import type { Guessed } from './attempts';
import { passwordHash } from './devices';
import { signInNeeded } from './refusals';
import { apiKeys, passkeys, sessions } from './tables';
import { visitorOf } from './visitor';

/** What a sign-in with a password or passkey is proven with; it changes or disappears with a new password. */
export async function proofFor({ what, of }: Guessed): Promise<string | undefined> {
  if (what !== 'passkey') return passwordHash(of);
  const [found] = await withDatabase((db) =>
    db.select({ id: passkeys.id }).from(passkeys).where(eq(passkeys.credentialID, of)),
  );
  return found?.id;
}

const KEPT = { session: sessions, passkey: passkeys, key: apiKeys } as const;

/** Deletes what a request made. @throws {Problem} always: 401 */
async function undo(kind: keyof typeof KEPT, id: string): Promise<never> {
  const table = KEPT[kind];
  await withDatabase((db) => db.delete(table).where(eq(table.id, id)));
  throw signInNeeded();
}

/**
 * Ends the session of a sign-in whose proof is gone.
 * @param token of the session
 * @throws {Problem} 401 if it is gone
 */
export async function requireSameProof(
  guessed: Guessed,
  before: string | undefined,
  token: string,
): Promise<void> {
  if ((await proofFor(guessed)) === before) return;
  const [made] = await withDatabase((db) =>
    db.select({ id: sessions.id }).from(sessions).where(eq(sessions.token, token)),
  );
  await undo('session', made?.id ?? '');
}

/** Deletes a passkey or key that was made with a session which has ended. @throws {Problem} 401 if it has */
export async function requireSameSession(
  headers: Headers,
  account: string,
  kind: 'passkey' | 'key',
  id: string,
): Promise<void> {
  if ((await visitorOf(headers)).account !== account) await undo(kind, id);
}
