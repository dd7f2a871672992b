// Users: created through a link, given a role or a new password, removed. There is always at least one admin.

import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { accountChanged } from '@/lib/auth/account-changes';
import type { Person, SignUpLink } from '@/lib/auth/account-views';
import { countGuess, forgetGuesses } from '@/lib/auth/attempts';
import { writeAudit } from '@/lib/auth/audit';
import { type Auth, deviceOf, headersFor, withAuth } from '@/lib/auth/auth';
import {
  type BODIES,
  type CHANGE_PASSWORD,
  email,
  newPassword as newPasswordText,
  storableText,
} from '@/lib/auth/auth-requests';
import { PASSWORD_LOGIN } from '@/lib/auth/devices';
import { ROLES, type Role, roleHasPermission, type Visitor } from '@/lib/auth/permissions';
import type { AuthServer } from '@/lib/auth/server';
import {
  findLink,
  makeSignUpLink,
  seeSignUpLink,
  takeSignUpLink,
  unknownLink,
} from '@/lib/auth/sign-up-links';
import { accounts, apiKeys, logins, passkeys, sessions, signUpLinks } from '@/lib/auth/tables';
import type { Ground } from '@/lib/cluster/ground';
import { oneAtATime } from '@/lib/cluster/one-at-a-time';
import { Problem } from '@/lib/core/problem';
import { type Database, withDatabase } from '@/lib/db/database';

/** Validity of a password link in milliseconds: somebody is waiting for it. Our own choice. */
const PASSWORD_LINK_MS = 24 * 3_600_000;

export const roleRequest = z.strictObject({ role: z.enum(ROLES) });
export const inviteRequest = z.strictObject({ role: z.enum(ROLES), email });
/** What the owner of a link submits. */
export const accountRequest = z.strictObject({
  // A name that cannot be stored would use up the link.
  name: storableText(100).trim().min(1),
  email,
  password: newPasswordText,
});
export const passwordLinkRequest = z.strictObject({ id: z.string().min(1).max(100) });
export const newPassword = z.strictObject({ password: newPasswordText });

const unknown = () => new Problem('unknown-person', 'The user has been removed.');

const wrongPassword = () => new Problem('invalid-request', 'The current password is wrong.');

/** All users, by name. */
export const listPeople = (server: Ground): Promise<readonly Person[]> =>
  withDatabase(server, (db) => {
    const { id, name, email: address, role } = accounts;
    return db.select({ id, name, email: address, role }).from(accounts).orderBy(asc(name), asc(id));
  });

/** Whether there is an account with this e-mail address. */
export async function hasAccount(server: Ground, address: string): Promise<boolean> {
  const rows = await withDatabase(server, (db) =>
    db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, address)),
  );
  return rows.length > 0;
}

/** Gives an account without a password one. */
async function addPassword(auth: Auth, userId: string, hash: string): Promise<void> {
  const { internalAdapter } = await auth.$context;
  const login = { userId, accountId: userId, providerId: PASSWORD_LOGIN, password: hash };
  await internalAdapter.linkAccount(login);
}

/** Signs a user in; resolves to better-auth's response, which sets the session cookie. */
const signIn = (
  server: Ground,
  auth: Auth,
  body: { readonly email: string; readonly password: string },
  headers: Headers,
): Promise<Response> =>
  auth.api.signInEmail({ body, headers: headersFor(server, headers), asResponse: true });

/**
 * Creates the account of a link and signs the user in.
 * @param headers of the request
 * @returns better-auth's response, which sets the session cookie
 * @throws {Problem} 404 if the link is invalid or has expired, 403 if it is for somebody else, 409 if there is
 *   already an account
 */
export async function signUp(
  server: Ground,
  link: string,
  asked: z.output<typeof accountRequest>,
  headers: Headers,
): Promise<Response> {
  const check = async () => {
    const signUpLink = await seeSignUpLink(server, link, Date.now());
    if (signUpLink.email !== undefined && signUpLink.email !== asked.email) {
      throw new Problem('not-permitted', `This link is for ${signUpLink.email}.`);
    }
    if (await hasAccount(server, asked.email)) {
      throw new Problem('person-exists', 'Sign in with your password.');
    }
    return signUpLink;
  };
  // Hashing is slow, so it is done before the lock, and only for a valid link.
  await check();
  const hash = await withAuth(server, async (auth) =>
    (await auth.$context).password.hash(asked.password),
  );
  // Two links for the first account, or for one address, must not both create an account.
  return oneAtATime(server, 'new account', async () => {
    const signUpLink = await check();
    return createAccount(server, signUpLink, asked, hash, headers);
  });
}

/** Uses up the sign-up link, creates its account and signs the user in. */
function createAccount(
  server: Ground,
  signUpLink: SignUpLink,
  asked: z.output<typeof accountRequest>,
  hash: string,
  headers: Headers,
): Promise<Response> {
  return withAuth(server, async (auth, db) => {
    const { internalAdapter } = await auth.$context;
    if (!(await takeSignUpLink(db, signUpLink, Date.now()))) {
      throw new Problem('unknown-link', 'It has just been used.');
    }
    const user = await internalAdapter.createUser({
      name: asked.name,
      email: asked.email,
      // The admin vouches for the address; the first account belongs to whoever runs the server.
      emailVerified: true,
      role: signUpLink.role,
    });
    await addPassword(auth, user.id, hash);
    return signIn(server, auth, { email: asked.email, password: asked.password }, headers);
  });
}

/**
 * Creates a single-use link for a new password, and invalidates earlier ones. An admin passes it on, because a mail
 * server is optional. It is stored as a sign-up link for an e-mail address that has an account.
 * @throws {Problem} 404
 */
export async function makePasswordLink(
  server: Ground,
  id: string,
  now: number,
  madeBy?: string,
): Promise<{ readonly link: string; readonly email: string }> {
  const [person] = await withDatabase(server, (db) =>
    db.select().from(accounts).where(eq(accounts.id, id)),
  );
  if (!person) throw unknown();
  return {
    link: await makeSignUpLink(server, person, now, madeBy, PASSWORD_LINK_MS),
    email: person.email,
  };
}

/** Finds a password link without using it. @throws {Problem} 404 */
export async function seePasswordLink(server: Ground, link: string, now: number) {
  const { signUpLink, person } = await findLink(server, link, now);
  if (!person) throw unknownLink();
  return { signUpLink, person };
}

/**
 * Replaces an account's password, and ends all access that somebody else may have got with the old one: sessions, passkeys,
 * API keys, and links for other accounts. All or nothing.
 * @param before the hash of the password that was shown; undefined if none was
 * @throws {Problem} 400 if somebody else has changed it meanwhile
 */
async function replacePassword(
  tx: Database,
  userId: string,
  hash: string,
  before?: string,
): Promise<void> {
  const now = new Date();
  const changed = await tx
    .update(logins)
    .set({ password: hash, updatedAt: now })
    .where(
      and(
        eq(logins.userId, userId),
        eq(logins.providerId, PASSWORD_LOGIN),
        before === undefined ? undefined : eq(logins.password, before),
      ),
    )
    .returning({ id: logins.id });
  if (changed.length === 0 && before !== undefined) throw wrongPassword();
  if (changed.length === 0) {
    // They signed in with the OIDC provider or a passkey so far.
    const made = { id: randomUUID(), createdAt: now, updatedAt: now };
    const login = { accountId: userId, providerId: PASSWORD_LOGIN, userId, password: hash };
    await tx.insert(logins).values({ ...made, ...login });
  }
  await tx.delete(sessions).where(eq(sessions.userId, userId));
  await tx.delete(passkeys).where(eq(passkeys.userId, userId));
  await tx.delete(apiKeys).where(eq(apiKeys.referenceId, userId));
  await tx.delete(signUpLinks).where(eq(signUpLinks.madeBy, userId));
}

/**
 * Sets the password of the link's user, deletes all their sessions, passkeys and API keys, and signs them in.
 * @param headers of the request
 * @returns better-auth's response, which sets the session cookie, and the account
 * @throws {Problem} 404 if the link is invalid or has expired
 */
export async function setPassword(
  server: AuthServer,
  link: string,
  { password: secret }: z.output<typeof newPassword>,
  headers: Headers,
): Promise<{ readonly answer: Response; readonly account: string }> {
  const now = Date.now();
  const { signUpLink, person } = await seePasswordLink(server, link, now);
  const answer = await withAuth(server, async (auth, db) => {
    const hash = await (await auth.$context).password.hash(secret);
    await db.transaction(async (tx) => {
      if (!(await takeSignUpLink(tx, signUpLink, now))) throw unknownLink();
      await replacePassword(tx, person.id, hash);
    });
    return signIn(server, auth, { email: person.email, password: secret }, headers);
  });
  await forgetGuesses(server, { what: 'sign-in', of: person.email });
  accountChanged(server, person.id);
  // Log the link's user as the actor, even if this browser has a session of somebody else.
  const done = { by: 'session', account: person.id, name: person.name } as const;
  await writeAudit(server, done, 'password set by link', person.email);
  return { answer, account: person.id };
}

/**
 * Changes the password of a signed-in user, deletes all their sessions, passkeys and API keys, and signs them in again.
 * @returns better-auth's response, which sets the session cookie
 * @throws {Problem} 400 if the current password is wrong, 403 if the account has none, 429 after too many wrong ones
 */
export async function changePassword(
  server: AuthServer,
  visitor: Visitor,
  { currentPassword, newPassword: secret }: z.output<(typeof BODIES)[typeof CHANGE_PASSWORD]>,
  headers: Headers,
): Promise<Response> {
  const { account = '' } = visitor;
  const [person] = await withDatabase(server, (db) =>
    db
      .select({ email: accounts.email, hash: logins.password })
      .from(accounts)
      .innerJoin(logins, eq(logins.userId, accounts.id))
      .where(and(eq(accounts.id, account), eq(logins.providerId, PASSWORD_LOGIN))),
  );
  if (!person?.hash) {
    throw new Problem('not-permitted', 'The account has no password. An admin can create a link.');
  }
  const { email: of, hash: before } = person;
  const guessed = {
    what: 'password change',
    of,
    device: await deviceOf(server, of, headers),
  } as const;
  await countGuess(server, guessed, headers);
  const answer = await withAuth(server, async (auth, db) => {
    const { password } = await auth.$context;
    if (!(await password.verify({ hash: before, password: currentPassword }))) {
      throw wrongPassword();
    }
    const hash = await password.hash(secret);
    await db.transaction((tx) => replacePassword(tx, account, hash, before));
    return signIn(server, auth, { email: of, password: secret }, headers);
  });
  await forgetGuesses(server, guessed);
  accountChanged(server, account);
  await writeAudit(server, visitor, 'password changed', of);
  return answer;
}

/**
 * Locks the admins until the transaction ends. Otherwise two admins who remove each other would both still find the
 * other one.
 * @throws {Problem} 409 if nobody else is an admin
 */
async function requireOtherAdmin(tx: Database, id: string): Promise<void> {
  const admins = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(eq(accounts.role, 'admin'))
    .orderBy(asc(accounts.id))
    .for('update');
  if (admins.some((admin) => admin.id !== id)) return;
  throw new Problem('last-admin', 'Make somebody else an admin first.');
}

/** Changes a user's role, effective immediately, also for links that they made. @throws {Problem} 404; 409 if they are the last admin */
export async function changeRole(server: AuthServer, id: string, role: Role): Promise<void> {
  await withDatabase(server, (db) =>
    db.transaction(async (tx) => {
      if (role !== 'admin') await requireOtherAdmin(tx, id);
      const changed = await tx
        .update(accounts)
        .set({ role, updatedAt: new Date() })
        .where(eq(accounts.id, id))
        .returning({ id: accounts.id });
      if (changed.length === 0) throw unknown();
      if (!roleHasPermission(role, 'people')) {
        await tx.delete(signUpLinks).where(eq(signUpLinks.madeBy, id));
      }
    }),
  );
  accountChanged(server, id);
}

/**
 * Removes a user with their sessions, keys, links, and the links that they made, and closes their open responses.
 * @throws {Problem} 404; 409 for the last admin
 */
export async function removePerson(server: AuthServer, id: string): Promise<void> {
  await withDatabase(server, (db) =>
    db.transaction(async (tx) => {
      await requireOtherAdmin(tx, id);
      const [gone] = await tx.delete(accounts).where(eq(accounts.id, id)).returning();
      if (!gone) throw unknown();
      // Without the account, a password link would become a sign-up link.
      await tx.delete(signUpLinks).where(eq(signUpLinks.email, gone.email));
    }),
  );
  accountChanged(server, id);
}
