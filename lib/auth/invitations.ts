// Links that let one person make an account, once: the first one, printed when the web process starts
// without any account, and those that an admin makes.
import { createHash, randomBytes } from 'node:crypto';
import { and, count, desc, eq, getTableColumns, gt, isNull, lte } from 'drizzle-orm';
import { Problem } from '@/lib/core/problem';
import { type Database, withDatabase } from '@/lib/db/database';
import type { Role } from './rights';
import { accounts, welcomes } from './tables';

/** Milliseconds for which a link holds: long enough for a weekend. Our own choice. */
const WELCOME_MS = 3 * 24 * 3_600_000;
/** Of the link: 256 bits. */
const BYTES = 32;

/** What a link lets somebody do. Times are milliseconds since 1970. */
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

/** How many accounts there are. */
export async function countAccounts(db: Database): Promise<number> {
  const [row] = await db.select({ all: count() }).from(accounts);
  return row?.all ?? 0;
}

/**
 * Makes a link for whoever has this e-mail address, in place of those made before. Those for the first account
 * stand beside each other, as each web process prints its own. Returns its last part.
 * @param holds milliseconds from now
 */
export async function makeWelcome(
  { role, email }: Pick<Welcome, 'role' | 'email'>,
  now: number,
  holds = WELCOME_MS,
): Promise<string> {
  const link = randomBytes(BYTES).toString('base64url');
  await withDatabase((db) =>
    db.transaction(async (tx) => {
      const first = and(isNull(welcomes.email), lte(welcomes.expiresAt, now));
      await tx.delete(welcomes).where(email === undefined ? first : eq(welcomes.email, email));
      await tx.insert(welcomes).values({
        id: randomBytes(12).toString('hex'),
        hash: hashOf(link),
        role,
        email: email ?? null,
        madeAt: now,
        expiresAt: now + holds,
      });
    }),
  );
  return link;
}

/** Invitations that nobody has used yet, the latest first. */
export async function openWelcomes(now: number): Promise<readonly Welcome[]> {
  const rows = await withDatabase((db) =>
    db
      .select(getTableColumns(welcomes))
      .from(welcomes)
      .leftJoin(accounts, eq(accounts.email, welcomes.email))
      // Whoever has an account was given a link for a new password (`password-links.ts`).
      .where(and(usable(now), isNull(accounts.id)))
      .orderBy(desc(welcomes.madeAt)),
  );
  return rows.map(welcomeOf);
}

export const unknownLink = () =>
  new Problem(
    'unknown-link',
    'It was used, is too old or incomplete. Ask an admin for another one.',
  );

/** A link that holds, and who has its e-mail address already. */
export interface Found {
  readonly welcome: Welcome;
  readonly person: { readonly id: string; readonly name: string; readonly email: string } | null;
}

/** Finds a link that holds, without using it. @throws {Problem} 404 */
export async function findLink(link: string, now: number): Promise<Found> {
  const { id, name, email } = accounts;
  const [found] = await withDatabase((db) =>
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
 * Looks at an invitation without using it. That of the first account holds only while there is none.
 * @throws {Problem} 404
 */
export async function seeWelcome(link: string, now: number): Promise<Welcome> {
  const { welcome, person } = await findLink(link, now);
  const late = welcome.email === undefined && (await withDatabase(countAccounts)) > 0;
  if (person || late) throw unknownLink();
  return welcome;
}

/** The invitation of whoever has this e-mail address; undefined where they have none. */
export async function welcomeByEmail(email: string, now: number): Promise<Welcome | undefined> {
  const [row] = await withDatabase((db) =>
    db
      .select()
      .from(welcomes)
      .where(and(eq(welcomes.email, email.toLowerCase()), usable(now))),
  );
  return row && welcomeOf(row);
}

/**
 * Takes a link for used, from the first moment; with one for the first account, all of them. Resolves to whether
 * it was not, until now.
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

/** Takes a link back. */
export async function removeWelcome(id: string): Promise<boolean> {
  const gone = await withDatabase((db) =>
    db
      .delete(welcomes)
      .where(and(eq(welcomes.id, id), isNull(welcomes.usedAt)))
      .returning(),
  );
  return gone.length > 0;
}
