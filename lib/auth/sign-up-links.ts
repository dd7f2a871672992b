// Sign-up links: single-use links with which somebody creates their account. The web process prints the one for the first
// account when it starts without any, and admins make the others.

import { createHash, randomBytes } from 'node:crypto';
import { and, count, desc, eq, getTableColumns, gt, isNull, lte } from 'drizzle-orm';
import type { SignUpLink } from '@/lib/auth/account-views';
import { accounts, signUpLinks } from '@/lib/auth/tables';
import type { Ground } from '@/lib/cluster/ground';
import { Problem } from '@/lib/core/problem';
import { type Database, withDatabase } from '@/lib/db/database';

/** Validity of a sign-up link in milliseconds: long enough for a weekend. Our own choice. */
const VALID_MS = 3 * 24 * 3_600_000;
/** Bytes of randomness in a link: 256 bits. */
const BYTES = 32;

const hashOf = (link: string) => createHash('sha256').update(link).digest('hex');

const usable = (now: number) => and(isNull(signUpLinks.usedAt), gt(signUpLinks.expiresAt, now));

const signUpLinkOf = ({
  id,
  role,
  email,
  expiresAt,
}: typeof signUpLinks.$inferSelect): SignUpLink => ({
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
export async function makeSignUpLink(
  server: Ground,
  { role, email }: Pick<SignUpLink, 'role' | 'email'>,
  now: number,
  madeBy?: string,
  holds = VALID_MS,
): Promise<string> {
  const link = randomBytes(BYTES).toString('base64url');
  await withDatabase(server, (db) =>
    db.transaction(async (tx) => {
      const first = and(isNull(signUpLinks.email), lte(signUpLinks.expiresAt, now));
      await tx
        .delete(signUpLinks)
        .where(email === undefined ? first : eq(signUpLinks.email, email));
      await tx.insert(signUpLinks).values({
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

/** Unused sign-up links, newest first. */
export async function unusedSignUpLinks(
  server: Ground,
  now: number,
): Promise<readonly SignUpLink[]> {
  const rows = await withDatabase(server, (db) =>
    db
      .select(getTableColumns(signUpLinks))
      .from(signUpLinks)
      .leftJoin(accounts, eq(accounts.email, signUpLinks.email))
      // For an address that has an account, the link sets a new password (`people.ts`).
      .where(and(usable(now), isNull(accounts.id)))
      .orderBy(desc(signUpLinks.madeAt)),
  );
  return rows.map(signUpLinkOf);
}

export const unknownLink = () =>
  new Problem(
    'unknown-link',
    'It was already used, has expired or is incomplete. Ask an admin for a new one.',
  );

/** A valid link, and the account that already has its e-mail address. */
interface FoundLink {
  readonly signUpLink: SignUpLink;
  readonly person: { readonly id: string; readonly name: string; readonly email: string } | null;
}

/** Finds a valid link without using it. @throws {Problem} 404 */
export async function findLink(server: Ground, link: string, now: number): Promise<FoundLink> {
  const { id, name, email } = accounts;
  const [found] = await withDatabase(server, (db) =>
    db
      .select({ signUpLink: signUpLinks, person: { id, name, email } })
      .from(signUpLinks)
      .leftJoin(accounts, eq(email, signUpLinks.email))
      .where(and(eq(signUpLinks.hash, hashOf(link)), usable(now))),
  );
  if (!found) throw unknownLink();
  return { ...found, signUpLink: signUpLinkOf(found.signUpLink) };
}

/**
 * Finds a sign-up link without using it. The link for the first account is valid only while there is no account.
 * @throws {Problem} 404
 */
export async function seeSignUpLink(
  server: Ground,
  link: string,
  now: number,
): Promise<SignUpLink> {
  const { signUpLink, person } = await findLink(server, link, now);
  const late = signUpLink.email === undefined && (await withDatabase(server, countAccounts)) > 0;
  if (person || late) throw unknownLink();
  return signUpLink;
}

/** The sign-up link for an e-mail address; undefined if there is none. */
export async function signUpLinkFor(
  server: Ground,
  email: string,
  now: number,
): Promise<SignUpLink | undefined> {
  const [row] = await withDatabase(server, (db) =>
    db
      .select()
      .from(signUpLinks)
      .where(and(eq(signUpLinks.email, email.toLowerCase()), usable(now))),
  );
  return row && signUpLinkOf(row);
}

/**
 * Marks a link as used. For the first account, it marks all links for it. Resolves to false if it was already used
 * or has expired.
 */
export async function takeSignUpLink(
  db: Database,
  { id, email }: Pick<SignUpLink, 'id' | 'email'>,
  now: number,
): Promise<boolean> {
  const these = email === undefined ? isNull(signUpLinks.email) : eq(signUpLinks.id, id);
  const taken = await db
    .update(signUpLinks)
    .set({ usedAt: now })
    .where(and(these, usable(now)))
    .returning({ id: signUpLinks.id });
  return taken.length > 0;
}

/** Revokes a link. */
export async function removeSignUpLink(server: Ground, id: string): Promise<boolean> {
  const gone = await withDatabase(server, (db) =>
    db
      .delete(signUpLinks)
      .where(and(eq(signUpLinks.id, id), isNull(signUpLinks.usedAt)))
      .returning(),
  );
  return gone.length > 0;
}
