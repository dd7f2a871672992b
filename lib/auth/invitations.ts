// Single-use links for creating an account: the link for the first account, printed when the web process starts
// without any account, and invitations by an admin.

import { createHash, randomBytes } from 'node:crypto';
import { and, count, desc, eq, getTableColumns, gt, isNull, lte } from 'drizzle-orm';
import type { Ground } from '@/lib/cluster/ground';
import { Problem } from '@/lib/core/problem';
import { type Database, withDatabase } from '@/lib/db/database';
import type { Role } from './permissions';
import { accounts, welcomes } from './tables';

/** Validity of an invitation in milliseconds: long enough for a weekend. Our own choice. */
const VALID_MS = 3 * 24 * 3_600_000;
/** Bytes of randomness in a link: 256 bits. */
const BYTES = 32;

/** An invitation. Times are milliseconds since 1970. */
export interface Welcome {
  readonly id: string;
  readonly role: Role;
  /** Undefined for the first account. */
  readonly email: string | undefined;
  readonly expiresAt: number;
}

const hashOf = (link: string) => createHash('sha256').update(link).digest('hex');

const usable = (now: number) => and(isNull(welcomes.usedAt), gt(welcomes.expiresAt, now));

const welcomeOf = ({ id, role, email, expiresAt }: typeof welcomes.$inferSelect): Welcome => ({
  id,
  role,
  email: email ?? undefined,
  expiresAt,
});

/** Number of accounts. */
export async function countAccounts(db: Database): Promise<number> {
  const [row] = await db.select({ all: count() }).from(accounts);
  return row?.all ?? 0;
}

/**
 * Creates a link for an e-mail address and invalidates earlier ones for it. Links for the first account coexist,
 * because each web process prints its own. Returns the link's last part.
 * @param madeBy account of the admin; without it the link is not valid any more
 * @param holds validity in milliseconds
 */
export async function makeWelcome(
  server: Ground,
  { role, email }: Pick<Welcome, 'role' | 'email'>,
  now: number,
  madeBy?: string,
  holds = VALID_MS,
): Promise<string> {
  const link = randomBytes(BYTES).toString('base64url');
  await withDatabase(server, (db) =>
    db.transaction(async (tx) => {
      const first = and(isNull(welcomes.email), lte(welcomes.expiresAt, now));
      await tx.delete(welcomes).where(email === undefined ? first : eq(welcomes.email, email));
      await tx.insert(welcomes).values({
        id: randomBytes(12).toString('hex'),
        hash: hashOf(link),
        role,
        email: email ?? null,
        madeBy,
        madeAt: now,
        expiresAt: now + holds,
      });
    }),
  );
  return link;
}

/** Unused invitations, newest first. */
export async function openWelcomes(server: Ground, now: number): Promise<readonly Welcome[]> {
  const rows = await withDatabase(server, (db) =>
    db
      .select(getTableColumns(welcomes))
      .from(welcomes)
      .leftJoin(accounts, eq(accounts.email, welcomes.email))
      // For an address that has an account, the link sets a new password (`people.ts`).
      .where(and(usable(now), isNull(accounts.id)))
      .orderBy(desc(welcomes.madeAt)),
  );
  return rows.map(welcomeOf);
}

export const unknownLink = () =>
  new Problem(
    'unknown-link',
    'It was already used, has expired or is incomplete. Ask an admin for a new one.',
  );

/** A valid link, and the account that already has its e-mail address. */
interface FoundLink {
  readonly welcome: Welcome;
  readonly person: { readonly id: string; readonly name: string; readonly email: string } | null;
}

/** Finds a valid link without using it. @throws {Problem} 404 */
export async function findLink(server: Ground, link: string, now: number): Promise<FoundLink> {
  const { id, name, email } = accounts;
  const [found] = await withDatabase(server, (db) =>
    db
      .select({ welcome: welcomes, person: { id, name, email } })
      .from(welcomes)
      .leftJoin(accounts, eq(email, welcomes.email))
      .where(and(eq(welcomes.hash, hashOf(link)), usable(now))),
  );
  if (!found) throw unknownLink();
  return { ...found, welcome: welcomeOf(found.welcome) };
}

/**
 * Finds an invitation without using it. The link for the first account is valid only while there is no account.
 * @throws {Problem} 404
 */
export async function seeWelcome(server: Ground, link: string, now: number): Promise<Welcome> {
  const { welcome, person } = await findLink(server, link, now);
  const late = welcome.email === undefined && (await withDatabase(server, countAccounts)) > 0;
  if (person || late) throw unknownLink();
  return welcome;
}

/** The invitation for an e-mail address; undefined if there is none. */
export async function welcomeByEmail(
  server: Ground,
  email: string,
  now: number,
): Promise<Welcome | undefined> {
  const [row] = await withDatabase(server, (db) =>
    db
      .select()
      .from(welcomes)
      .where(and(eq(welcomes.email, email.toLowerCase()), usable(now))),
  );
  return row && welcomeOf(row);
}

/**
 * Marks a link as used. For the first account, it marks all links for it. Resolves to false if it was already used
 * or has expired.
 */
export async function takeWelcome(
  db: Database,
  { id, email }: Pick<Welcome, 'id' | 'email'>,
  now: number,
): Promise<boolean> {
  const these = email === undefined ? isNull(welcomes.email) : eq(welcomes.id, id);
  const taken = await db
    .update(welcomes)
    .set({ usedAt: now })
    .where(and(these, usable(now)))
    .returning({ id: welcomes.id });
  return taken.length > 0;
}

/** Revokes a link. */
export async function removeWelcome(server: Ground, id: string): Promise<boolean> {
  const gone = await withDatabase(server, (db) =>
    db
      .delete(welcomes)
      .where(and(eq(welcomes.id, id), isNull(welcomes.usedAt)))
      .returning(),
  );
  return gone.length > 0;
}
