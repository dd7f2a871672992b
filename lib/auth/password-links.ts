// Single-use links for setting a new password. An admin creates the link and hands it over, because a mail server is
// optional. They are stored as invitations; the difference is that their e-mail address has an account.
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { Problem } from '@/lib/core/problem';
import { withDatabase } from '@/lib/db/database';
import { accountChanged } from './account-changes';
import { resetAttempts } from './attempts';
import { writeAudit } from './audit';
import { headersFor, withAuth } from './auth';
import {
  type FoundLink,
  findLink,
  makeWelcome,
  takeWelcome,
  unknownLink,
  type Welcome,
} from './invitations';
import { password } from './people';
import { accounts, apiKeys, passkeys } from './tables';

/** Validity in milliseconds: somebody is waiting for the link. Our own choice. */
const VALID_MS = 24 * 3_600_000;
/** better-auth's provider id of passwords. */
const PASSWORD_LOGIN = 'credential';

export const passwordLinkRequest = z.strictObject({ id: z.string().min(1).max(100) });
export const newPassword = z.strictObject({ password });

/** Creates a link for a user and invalidates earlier ones. @throws {Problem} 404 */
export async function makePasswordLink(
  id: string,
  now: number,
): Promise<{ readonly link: string; readonly email: string }> {
  const [person] = await withDatabase((db) =>
    db.select().from(accounts).where(eq(accounts.id, id)),
  );
  if (!person) throw new Problem('unknown-person', 'The user has been removed.');
  return { link: await makeWelcome(person, now, VALID_MS), email: person.email };
}

/** Finds a link without using it. @throws {Problem} 404 */
export async function seePasswordLink(
  link: string,
  now: number,
): Promise<{ readonly welcome: Welcome; readonly person: NonNullable<FoundLink['person']> }> {
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
    if (logins.some(({ providerId }) => providerId === PASSWORD_LOGIN)) {
      await internalAdapter.updatePassword(person.id, hash);
    } else {
      // They signed in with the OIDC provider or a passkey so far.
      await internalAdapter.linkAccount({
        userId: person.id,
        accountId: person.id,
        providerId: PASSWORD_LOGIN,
        password: hash,
      });
    }
    await internalAdapter.deleteUserSessions(person.id);
    // An intruder could have created passkeys or keys to get back in.
    await db.delete(passkeys).where(eq(passkeys.userId, person.id));
    await db.delete(apiKeys).where(eq(apiKeys.referenceId, person.id));
    const body = { email: person.email, password: secret };
    return auth.api.signInEmail({ body, headers: headersFor(headers), asResponse: true });
  });
  await resetAttempts(person.email);
  accountChanged(person.id);
  // Log the link's user as the actor, even if this browser has a session of somebody else.
  const done = { by: 'session', account: person.id, name: person.name } as const;
  await writeAudit(done, 'password set by link', person.email);
  return { answer, account: person.id };
}
