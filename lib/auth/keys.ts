// A user's passkeys, and their API keys: created for a script with some of the user's permissions, and shown once.
import { createHash } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { Problem } from '@/lib/core/problem';
import { processSingleton } from '@/lib/core/process-singleton';
import { withDatabase } from '@/lib/db/database';
import { accountChanged } from './account-changes';
import { limitGuesses } from './attempts';
import { KEY_PREFIX, withAuth } from './auth';
import { KEY_PERMISSIONS, roleHasPermission, type Visitor } from './permissions';
import { accounts, apiKeys } from './tables';

/** Request for a new key. */
export const keyRequest = z.strictObject({
  /** What the key is for. */
  name: z.string().trim().min(1).max(32),
  rights: z.array(z.enum(KEY_PERMISSIONS)).min(1),
  /** Validity in days; unlimited if omitted. */
  days: z.int().min(1).max(365).optional(),
});

/** A key as listed for its owner. Times are ISO 8601. */
export interface KeyView {
  readonly id: string;
  readonly name: string;
  /** The first characters of the key. */
  readonly start: string;
  readonly rights: readonly string[];
  readonly made_at: string;
  readonly expires_at: string | undefined;
  readonly used_at: string | undefined;
}

const kept = z.object({ callboard: z.array(z.string()) });
const SECONDS_A_DAY = 24 * 3_600;

/** better-auth stores permissions as JSON. */
const permissionsOf = (permissions: string | null): readonly string[] =>
  permissions === null ? [] : kept.parse(JSON.parse(permissions)).callboard;

/** Creates a key for this user. @throws {Problem} 403 for a permission that the user does not have */
export async function makeKey(
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
  const { id, key } = await withAuth((auth) => auth.api.createApiKey({ body }));
  return { id, key };
}

/** The keys of an account, newest first. */
export async function listKeys(account: string): Promise<readonly KeyView[]> {
  const rows = await withDatabase((db) =>
    db
      .select()
      .from(apiKeys)
      .where(eq(apiKeys.referenceId, account))
      .orderBy(desc(apiKeys.createdAt)),
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name ?? '',
    start: row.start ?? '',
    rights: permissionsOf(row.permissions),
    made_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt?.toISOString(),
    used_at: row.lastRequest?.toISOString(),
  }));
}

/** Deletes a key of this account. @throws {Problem} 404 */
export async function deleteKey(account: string, id: string): Promise<void> {
  const gone = await withDatabase((db) =>
    db
      .delete(apiKeys)
      .where(and(eq(apiKeys.id, id), eq(apiKeys.referenceId, account)))
      .returning({ id: apiKeys.id }),
  );
  if (gone.length === 0)
    throw new Problem('unknown-key', 'It was already deleted, or it belongs to another user.');
  accountChanged(account);
}

/** Maximum number of keys that are remembered as valid. Our own choice: more than a team has in use. */
const VALID_MAX = 1_000;
/** Hashes of keys that were valid, which strangers at the same address cannot lock out. */
const validKeys = processSingleton('valid-keys', () => new Set<string>());

/**
 * The visitor behind a key; undefined if the key is invalid or has expired.
 * @param headers of the request
 * @throws {Problem} 429 after too many invalid ones from the address; 503
 */
export async function keyVisitor(key: string, headers: Headers): Promise<Visitor | undefined> {
  if (!key.startsWith(KEY_PREFIX)) return undefined;
  const hash = createHash('sha256').update(key).digest('base64url');
  const find = () => findKeyVisitor(key);
  const visitor = validKeys().has(hash)
    ? await find()
    : await limitGuesses(headers, find, (found) => found === undefined);
  if (!visitor) validKeys().delete(hash);
  else if (validKeys().size < VALID_MAX) validKeys().add(hash);
  return visitor;
}

function findKeyVisitor(key: string): Promise<Visitor | undefined> {
  return withAuth(async (auth, db) => {
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
  headers: Headers,
): Promise<readonly { readonly id: string; readonly name: string | undefined }[]> {
  const passkeys = await withAuth((auth) => auth.api.listPasskeys({ headers }));
  return passkeys.map(({ id, name }) => ({ id, name }));
}
