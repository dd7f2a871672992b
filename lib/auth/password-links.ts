// Links by which somebody who forgot their password sets a new one, once: made by an admin, who gives it to
// them, for there need not be a mail server. They are kept as invitations are: what tells them apart is that
// their e-mail address has an account.
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { Problem } from '@/lib/core/problem';
import { withDatabase } from '@/lib/db/database';
import { accountChanged } from './account-changes';
import { forgetAttempts } from './attempts';
import { writeAudit } from './audit';
import { headersFor, withAuth } from './auth';
import {
  type Found,
  findLink,
  makeWelcome,
  takeWelcome,
  unknownLink,
  type Welcome,
} from './invitations';
import { password } from './people';
import { accounts, apiKeys, passkeys } from './tables';

/** Milliseconds for which one holds: it is given to somebody who waits for it. Our own choice. */
const HOLDS_MS = 24 * 3_600_000;
/** How better-auth calls sign-in by password. */
const PASSWORD_LOGIN = 'credential';

export const passwordLinkRequest = z.strictObject({ id: z.string().min(1).max(100) });
export const newPassword = z.strictObject({ password });

/** A link for somebody, in place of those made before. @throws {Problem} 404 */
export async function makePasswordLink(
  id: string,
  now: number,
): Promise<{ readonly link: string; readonly email: string }> {
  const [person] = await withDatabase((db) =>
    db.select().from(accounts).where(eq(accounts.id, id)),
  );
  if (!person) throw new Problem('unknown-person', 'They were removed before.');
  return { link: await makeWelcome(person, now, HOLDS_MS), email: person.email };
}

/** Looks at a link without using it. @throws {Problem} 404 */
export async function seePasswordLink(
  link: string,
  now: number,
): Promise<{ readonly welcome: Welcome; readonly person: NonNullable<Found['person']> }> {
  const { welcome, person } = await findLink(link, now);
  if (!person) throw unknownLink();
  return { welcome, person };
}

/**
 * Sets the password of whoever the link is for, ends all their sessions, passkeys and API keys, and signs them in.
 * @param headers of the request
 * @returns better-auth's answer, which sets the session's cookie, and whose account it is
 * @throws {Problem} 404 where the link does not hold
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
      // So far they came by the organisation's provider, or by passkey.
      await internalAdapter.linkAccount({
        userId: person.id,
        accountId: person.id,
        providerId: PASSWORD_LOGIN,
        password: hash,
      });
    }
    await internalAdapter.deleteUserSessions(person.id);
    // Whoever took the account over may have made themselves a way back.
    await db.delete(passkeys).where(eq(passkeys.userId, person.id));
    await db.delete(apiKeys).where(eq(apiKeys.referenceId, person.id));
    const body = { email: person.email, password: secret };
    return auth.api.signInEmail({ body, headers: headersFor(headers), asResponse: true });
  });
  await forgetAttempts(person.email);
  accountChanged(person.id);
  // Whoever else may be signed in with this browser has not done it.
  const done = { by: 'session', account: person.id, name: person.name } as const;
  await writeAudit(done, 'password set by link', person.email);
  return { answer, account: person.id };
}
