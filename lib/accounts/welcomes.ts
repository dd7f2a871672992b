// Links that let one person make an account, once: the first one, printed when the web process starts
// without any account, and those that an admin makes.
import { createHash, randomBytes } from 'node:crypto';
import { and, count, desc, eq, gt, isNull } from 'drizzle-orm';
import { type Database, withDatabase } from '../calls/store/database';
import { Problem } from '../problem';
import type { Role } from '../rights/rights';
import { accounts, welcomes } from './store/tables';

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

/** Makes a link for whoever has this e-mail address, in place of those made before. Returns its last part. */
export async function makeWelcome(
  { role, email }: Pick<Welcome, 'role' | 'email'>,
  now: number,
): Promise<string> {
  const link = randomBytes(BYTES).toString('base64url');
  await withDatabase((db) =>
    db.transaction(async (tx) => {
      const same = email === undefined ? isNull(welcomes.email) : eq(welcomes.email, email);
      await tx.delete(welcomes).where(same);
      await tx.insert(welcomes).values({
        id: randomBytes(12).toString('hex'),
        hash: hashOf(link),
        role,
        email: email ?? null,
        madeAt: now,
        expiresAt: now + WELCOME_MS,
      });
    }),
  );
  return link;
}

/** Those that nobody has used yet, the latest first. */
export async function openWelcomes(now: number): Promise<readonly Welcome[]> {
  const rows = await withDatabase((db) =>
    db.select().from(welcomes).where(usable(now)).orderBy(desc(welcomes.madeAt)),
  );
  return rows.map(welcomeOf);
}

/**
 * Looks at a link without using it. That of the first account holds only while there is none.
 * @throws {Problem} 404
 */
export async function seeWelcome(link: string, now: number): Promise<Welcome> {
  const found = await withDatabase(async (db) => {
    const [row] = await db
      .select()
      .from(welcomes)
      .where(and(eq(welcomes.hash, hashOf(link)), usable(now)));
    return row && (row.email !== null || (await countAccounts(db)) === 0) ? row : undefined;
  });
  if (!found) {
    const detail = 'It was used, is too old or incomplete. Ask an admin for another one.';
    throw new Problem('unknown-link', detail);
  }
  return welcomeOf(found);
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

/** Takes a link for used, from the first moment. Resolves to whether it was not, until now. */
export async function takeWelcome(db: Database, id: string, now: number): Promise<boolean> {
  const taken = await db
    .update(welcomes)
    .set({ usedAt: now })
    .where(and(eq(welcomes.id, id), usable(now)))
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
