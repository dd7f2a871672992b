// Users: created through a link, given a role, removed. There is always at least one admin.
import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { Problem } from '@/lib/core/problem';
import { type Database, withDatabase } from '@/lib/db/database';
import { accountChanged } from './account-changes';
import { headersFor, PASSWORD_MIN, withAuth } from './auth';
import { seeWelcome, takeWelcome } from './invitations';
import { ROLES, type Role } from './permissions';
import { accounts, welcomes } from './tables';

/** Maximum password length: better-auth's own limit. */
const PASSWORD_MAX = 128;
const email = z.email().max(254).toLowerCase();
export const password = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX);

export const roleRequest = z.strictObject({ role: z.enum(ROLES) });
export const inviteRequest = z.strictObject({ role: z.enum(ROLES), email });
/** What the owner of a link submits. */
export const accountRequest = z.strictObject({
  name: z.string().trim().min(1).max(100),
  email,
  password,
});

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
    const context = await auth.$context;
    const hash = await context.password.hash(asked.password);
    if (!(await takeWelcome(db, welcome, now))) {
      throw new Problem('unknown-link', 'It has just been used.');
    }
    const { internalAdapter } = context;
    const user = await internalAdapter.createUser({
      name: asked.name,
      email: asked.email,
      // The admin vouches for the address; the first account belongs to whoever runs the server.
      emailVerified: true,
      role: welcome.role,
    });
    await internalAdapter.linkAccount({
      userId: user.id,
      accountId: user.id,
      providerId: 'credential',
      password: hash,
    });
    const { email: address, password: secret } = asked;
    return auth.api.signInEmail({
      body: { email: address, password: secret },
      headers: headersFor(headers),
      asResponse: true,
    });
  });
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
