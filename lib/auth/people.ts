// Users: created through a link, given a role or a new password, removed. There is always at least one admin.
import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { Problem } from '@/lib/core/problem';
import { type Database, withDatabase } from '@/lib/db/database';
import { accountChanged } from './account-changes';
import { resetAttempts } from './attempts';
import { writeAudit } from './audit';
import { type Auth, headersFor, PASSWORD_MIN, withAuth } from './auth';
import { findLink, makeWelcome, seeWelcome, takeWelcome, unknownLink } from './invitations';
import { ROLES, type Role } from './permissions';
import { accounts, apiKeys, passkeys, welcomes } from './tables';

/** Maximum password length: better-auth's own limit. */
const PASSWORD_MAX = 128;
/** Validity of a password link in milliseconds: somebody is waiting for it. Our own choice. */
const PASSWORD_LINK_MS = 24 * 3_600_000;
/** better-auth's provider id of passwords. */
const PASSWORD_LOGIN = 'credential';
const email = z.email().max(254).toLowerCase();
const password = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX);

export const roleRequest = z.strictObject({ role: z.enum(ROLES) });
export const inviteRequest = z.strictObject({ role: z.enum(ROLES), email });
/** What the owner of a link submits. */
export const accountRequest = z.strictObject({
  name: z.string().trim().min(1).max(100),
  email,
  password,
});
export const passwordLinkRequest = z.strictObject({ id: z.string().min(1).max(100) });
export const newPassword = z.strictObject({ password });

/** A user who can sign in. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

const unknown = () => new Problem('unknown-person', 'The user has been removed.');

/** All users, by name. */
export const listPeople = (): Promise<readonly Person[]> =>
  withDatabase((db) => {
    const { id, name, email: address, role } = accounts;
    return db.select({ id, name, email: address, role }).from(accounts).orderBy(asc(name), asc(id));
  });

/** Whether there is an account with this e-mail address. */
export async function hasAccount(address: string): Promise<boolean> {
  const rows = await withDatabase((db) =>
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
  auth: Auth,
  body: { readonly email: string; readonly password: string },
  headers: Headers,
): Promise<Response> =>
  auth.api.signInEmail({ body, headers: headersFor(headers), asResponse: true });

/**
 * Creates the account of a link and signs the user in.
 * @param headers of the request
 * @returns better-auth's response, which sets the session cookie
 * @throws {Problem} 404 if the link is invalid or has expired, 403 if it is for somebody else, 409 if there is
 *   already an account
 */
export async function acceptWelcome(
  link: string,
  asked: z.output<typeof accountRequest>,
  headers: Headers,
): Promise<Response> {
  const now = Date.now();
  const welcome = await seeWelcome(link, now);
  if (welcome.email !== undefined && welcome.email !== asked.email) {
    throw new Problem('not-permitted', `This link is for ${welcome.email}.`);
  }
  if (await hasAccount(asked.email)) {
    throw new Problem('person-exists', 'Sign in with your password.');
  }
  return withAuth(async (auth, db) => {
    const { password: hashes, internalAdapter } = await auth.$context;
    const hash = await hashes.hash(asked.password);
    if (!(await takeWelcome(db, welcome, now))) {
      throw new Problem('unknown-link', 'It has just been used.');
    }
    const user = await internalAdapter.createUser({
      name: asked.name,
      email: asked.email,
      // The admin vouches for the address; the first account belongs to whoever runs the server.
      emailVerified: true,
      role: welcome.role,
    });
    await addPassword(auth, user.id, hash);
    return signIn(auth, { email: asked.email, password: asked.password }, headers);
  });
}

/**
 * Creates a single-use link for a new password, and invalidates earlier ones. An admin hands it over, because a mail
 * server is optional. It is stored as an invitation for an e-mail address that has an account.
 * @throws {Problem} 404
 */
export async function makePasswordLink(
  id: string,
  now: number,
): Promise<{ readonly link: string; readonly email: string }> {
  const [person] = await withDatabase((db) =>
    db.select().from(accounts).where(eq(accounts.id, id)),
  );
  if (!person) throw unknown();
  return { link: await makeWelcome(person, now, PASSWORD_LINK_MS), email: person.email };
}

/** Finds a password link without using it. @throws {Problem} 404 */
export async function seePasswordLink(link: string, now: number) {
  const { welcome, person } = await findLink(link, now);
  if (!person) throw unknownLink();
  return { welcome, person };
}

/**
 * Sets the password of the link's user, deletes all their sessions, passkeys and API keys, and signs them in.
 * @param headers of the request
 * @returns better-auth's response, which sets the session cookie, and the account
 * @throws {Problem} 404 if the link is invalid or has expired
 */
export async function setPassword(
  link: string,
  { password: secret }: z.output<typeof newPassword>,
  headers: Headers,
): Promise<{ readonly answer: Response; readonly account: string }> {
  const now = Date.now();
  const { welcome, person } = await seePasswordLink(link, now);
  const answer = await withAuth(async (auth, db) => {
    const { password: hashes, internalAdapter } = await auth.$context;
    const hash = await hashes.hash(secret);
    if (!(await takeWelcome(db, welcome, now))) throw unknownLink();
    const logins = await internalAdapter.findAccounts(person.id);
    const hasPassword = logins.some(({ providerId }) => providerId === PASSWORD_LOGIN);
    if (hasPassword) await internalAdapter.updatePassword(person.id, hash);
    // They signed in with the OIDC provider or a passkey so far.
    else await addPassword(auth, person.id, hash);
    await internalAdapter.deleteUserSessions(person.id);
    // An intruder could have created passkeys or keys to get back in.
    await db.delete(passkeys).where(eq(passkeys.userId, person.id));
    await db.delete(apiKeys).where(eq(apiKeys.referenceId, person.id));
    return signIn(auth, { email: person.email, password: secret }, headers);
  });
  await resetAttempts(person.email);
  accountChanged(person.id);
  // Log the link's user as the actor, even if this browser has a session of somebody else.
  const done = { by: 'session', account: person.id, name: person.name } as const;
  await writeAudit(done, 'password set by link', person.email);
  return { answer, account: person.id };
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

/** Changes a user's role, effective immediately. @throws {Problem} 404; 409 if they are the last admin */
export async function changeRole(id: string, role: Role): Promise<void> {
  await withDatabase((db) =>
    db.transaction(async (tx) => {
      if (role !== 'admin') await requireOtherAdmin(tx, id);
      const changed = await tx
        .update(accounts)
        .set({ role, updatedAt: new Date() })
        .where(eq(accounts.id, id))
        .returning({ id: accounts.id });
      if (changed.length === 0) throw unknown();
    }),
  );
  accountChanged(id);
}

/**
 * Removes a user with their sessions, keys and links, and closes their open responses.
 * @throws {Problem} 404; 409 for the last admin
 */
export async function removePerson(id: string): Promise<void> {
  await withDatabase((db) =>
    db.transaction(async (tx) => {
      await requireOtherAdmin(tx, id);
      const [gone] = await tx.delete(accounts).where(eq(accounts.id, id)).returning();
      if (!gone) throw unknown();
      // Without the account, a password link would become an invitation.
      await tx.delete(welcomes).where(eq(welcomes.email, gone.email));
    }),
  );
  accountChanged(id);
}
