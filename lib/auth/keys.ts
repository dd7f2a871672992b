// A user's passkeys, and their API keys: created for a script with some of the user's permissions, and shown once.

import { createHash } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { accountChanged } from '@/lib/auth/account-changes';
import type { KeyView, OwnedKeyView, PasskeyView } from '@/lib/auth/account-views';
import { limitGuesses } from '@/lib/auth/attempts';
import { KEY_PREFIX, withAuth } from '@/lib/auth/auth';
import { KEY_PERMISSIONS, roleHasPermission, type Visitor } from '@/lib/auth/permissions';
import type { AuthServer } from '@/lib/auth/server';
import { accounts, apiKeys } from '@/lib/auth/tables';
import type { Ground } from '@/lib/cluster/ground';
import { Problem } from '@/lib/core/problem';
import { withDatabase } from '@/lib/db/database';

/** Request for a new key. */
export const keyRequest = z.strictObject({
  /** What the key is for. */
  name: z.string().trim().min(1).max(32),
  rights: z.array(z.enum(KEY_PERMISSIONS)).min(1),
  /** Validity in days; unlimited if omitted. */
  days: z.int().min(1).max(365).optional(),
});

const kept = z.object({ callboard: z.array(z.string()) });
const SECONDS_A_DAY = 24 * 3_600;

/** better-auth stores permissions as JSON. */
const permissionsOf = (permissions: string | null): readonly string[] =>
  permissions === null ? [] : kept.parse(JSON.parse(permissions)).callboard;

/** Creates a key for this user. @throws {Problem} 403 for a permission that the user does not have */
export async function makeKey(
  server: Ground,
  { account = '', role = 'caller' }: Visitor,
  { name, rights, days }: z.output<typeof keyRequest>,
): Promise<{ readonly id: string; readonly key: string }> {
  const beyond = rights.filter((right) => !roleHasPermission(role, right));
  if (beyond.length > 0) {
    throw new Problem('not-permitted', `You do not have these permissions: ${beyond.join(', ')}.`);
  }
  const body = {
    userId: account,
    name,
    permissions: { callboard: rights },
    expiresIn: days && days * SECONDS_A_DAY,
  };
  const { id, key } = await withAuth(server, (auth) => auth.api.createApiKey({ body }));
  return { id, key };
}

const viewOf = (row: typeof apiKeys.$inferSelect): KeyView => ({
  id: row.id,
  name: row.name ?? '',
  start: row.start ?? '',
  rights: permissionsOf(row.permissions),
  made_at: row.createdAt.toISOString(),
  expires_at: row.expiresAt?.toISOString(),
  used_at: row.lastRequest?.toISOString(),
});

/** The keys of an account, newest first. */
export async function listKeys(server: Ground, account: string): Promise<readonly KeyView[]> {
  const rows = await withDatabase(server, (db) =>
    db
      .select()
      .from(apiKeys)
      .where(eq(apiKeys.referenceId, account))
      .orderBy(desc(apiKeys.createdAt)),
  );
  return rows.map(viewOf);
}

/** The keys of all accounts, newest first, with the names of their owners. */
export async function listAllKeys(server: Ground): Promise<readonly OwnedKeyView[]> {
  const rows = await withDatabase(server, (db) =>
    db
      .select({ key: apiKeys, owner: accounts.name })
      .from(apiKeys)
      .innerJoin(accounts, eq(accounts.id, apiKeys.referenceId))
      .orderBy(desc(apiKeys.createdAt)),
  );
  return rows.map(({ key, owner }) => ({ ...viewOf(key), owner }));
}

/**
 * Deletes a key.
 * @param account that it must belong to; undefined for any
 * @returns the account that it belonged to
 * @throws {Problem} 404
 */
export async function deleteKey(
  server: AuthServer,
  account: string | undefined,
  id: string,
): Promise<string> {
  const owned = account === undefined ? undefined : eq(apiKeys.referenceId, account);
  const [gone] = await withDatabase(server, (db) =>
    db
      .delete(apiKeys)
      .where(and(eq(apiKeys.id, id), owned))
      .returning({ account: apiKeys.referenceId }),
  );
  if (!gone) {
    throw new Problem('unknown-key', 'It was already deleted, or it belongs to another user.');
  }
  accountChanged(server, gone.account);
  return gone.account;
}

/** Maximum number of keys that are remembered as valid. Our own choice: more than a team has in use. */
const VALID_MAX = 1_000;

/**
 * The visitor behind a key; undefined if the key is invalid or has expired.
 * @param headers of the request
 * @throws {Problem} 429 after too many invalid ones from the address; 503
 */
export async function keyVisitor(
  server: AuthServer,
  key: string,
  headers: Headers,
): Promise<Visitor | undefined> {
  if (!key.startsWith(KEY_PREFIX)) return undefined;
  const hash = createHash('sha256').update(key).digest('base64url');
  const find = () => findKeyVisitor(server, key);
  const visitor = server.validKeys.has(hash)
    ? await find()
    : await limitGuesses(server, headers, find, (found) => found === undefined);
  if (!visitor) server.validKeys.delete(hash);
  else if (server.validKeys.size < VALID_MAX) server.validKeys.add(hash);
  return visitor;
}

function findKeyVisitor(server: Ground, key: string): Promise<Visitor | undefined> {
  return withAuth(server, async (auth, db) => {
    const { valid, key: found } = await auth.api.verifyApiKey({ body: { key } });
    if (!valid || !found) return undefined;
    const [owner] = await db.select().from(accounts).where(eq(accounts.id, found.referenceId));
    if (!owner) return undefined;
    const scopes = kept.safeParse(found.permissions).data?.callboard ?? [];
    const name = `${owner.name} (${found.name ?? found.start})`;
    return { by: 'key', role: owner.role, account: owner.id, name, scopes };
  });
}

/** The passkeys of the session's account. */
export async function listPasskeys(
  server: Ground,
  headers: Headers,
): Promise<readonly PasskeyView[]> {
  const passkeys = await withAuth(server, (auth) => auth.api.listPasskeys({ headers }));
  return passkeys.map(({ id, name }) => ({ id, name }));
}
