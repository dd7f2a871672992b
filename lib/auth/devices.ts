// Known devices: a browser that signed in to an account may guess its password while others have used up the attempts, so
// that nobody can lock out the owner. A cookie proves it, as OWASP describes ("Slow Down Online Guessing Attacks with Device
// Cookies"). It allows guesses of its own, not a sign-in.

import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { accounts, logins } from '@/lib/auth/tables';
import type { Ground } from '@/lib/cluster/ground';
import { isSame, signatureOf } from '@/lib/core/signature';
import { type Database, withDatabase } from '@/lib/db/database';

/** Name of the cookie, to which better-auth adds its prefix. */
export const DEVICE_COOKIE = 'device';
/** Seconds for which a device is known after signing in. Our own choice: a holiday and more. */
export const DEVICE_SECONDS = 180 * 24 * 3_600;
/** better-auth's provider id of passwords. */
export const PASSWORD_LOGIN = 'credential';

interface Owner {
  readonly account: string;
  readonly hash: string;
}

const OWNER = { account: accounts.id, hash: logins.password };

async function ownerWhere(db: Database, which: ReturnType<typeof eq>): Promise<Owner | undefined> {
  const [row] = await db
    .select(OWNER)
    .from(accounts)
    .innerJoin(logins, eq(logins.userId, accounts.id))
    .where(and(which, eq(logins.providerId, PASSWORD_LOGIN)));
  return row?.hash ? { account: row.account, hash: row.hash } : undefined;
}

/** The hash of the password for an e-mail address; undefined if there is no such account, or it has none. */
export const passwordHash = async (server: Ground, email: string): Promise<string | undefined> =>
  (await withDatabase(server, (db) => ownerWhere(db, eq(accounts.email, email.toLowerCase()))))
    ?.hash;

/** The password is part of it: a new one makes all devices unknown, also those of whoever knew the old one. */
const signed = (server: Ground, id: string, { account, hash }: Owner): string =>
  signatureOf('device', JSON.stringify([id, account, hash]), server.config.AUTH_SECRET ?? '');

/** The id of the device that the cookie proves for the account. */
function deviceOf(server: Ground, cookie: string | undefined, owner: Owner): string | undefined {
  const [id = '', signature = ''] = (cookie ?? '').split('.');
  return isSame(signature, signed(server, id, owner)) ? id : undefined;
}

/**
 * The cookie for a device that signed in; undefined if the account has no password. A known device keeps its id, so that it
 * does not get more guesses by signing in.
 */
export async function deviceCookie(
  server: Ground,
  db: Database,
  account: string,
  before: string | undefined,
): Promise<string | undefined> {
  const owner = await ownerWhere(db, eq(accounts.id, account));
  if (!owner) return undefined;
  const id = deviceOf(server, before, owner) ?? randomUUID();
  return `${id}.${signed(server, id, owner)}`;
}

/** The id of the device if it is known for the account with this e-mail address. */
export async function knownDevice(
  server: Ground,
  email: string,
  cookie: string | undefined,
): Promise<string | undefined> {
  if (cookie === undefined) return undefined;
  const owner = await withDatabase(server, (db) =>
    ownerWhere(db, eq(accounts.email, email.toLowerCase())),
  );
  return owner && deviceOf(server, cookie, owner);
}
