// Identifies the visitor: by API key, by session, or, where sign-in is not required, by being on this machine.

import { ANONYMOUS, type Role, type Visitor } from '@/lib/auth/permissions';
import { signInNeeded } from '@/lib/auth/refusals';
import type { AuthServer } from '@/lib/auth/server';
import type { Ground } from '@/lib/cluster/ground';
import { Problem } from '@/lib/core/problem';
import { isCalledLoopback, whySignIn } from '@/lib/core/sign-in-mode';
import { isFromThisMachine } from '@/lib/http/client-address';
import { isSigned } from '@/lib/livekit/worker-auth';

/** The user of this machine. */
const LOCAL: Visitor = { by: 'local', role: 'admin', name: 'local' };
/** A program with the LiveKit secret, which could do everything anyway. */
const OPERATOR: Visitor = { by: 'operator', role: 'admin', name: 'npm start' };

/** The account of the session, or an anonymous visitor. */
async function bySession(server: Ground, headers: Headers): Promise<Visitor> {
  if (!headers.get('cookie')) return ANONYMOUS;
  const { withAuth } = await import('@/lib/auth/auth');
  const found = await withAuth(server, (auth) => auth.api.getSession({ headers }));
  if (!found) return ANONYMOUS;
  const { id, name, role } = found.user;
  return { by: 'session', role: role as Role, account: id, name };
}

/** The visitor where nobody has to sign in. */
export const localVisitor = (headers: Headers): Visitor =>
  isCalledLoopback(headers) && isFromThisMachine(headers) ? LOCAL : ANONYMOUS;

/**
 * The visitor behind these headers.
 * @throws {Problem} 401 for an invalid key, 429 for too many of them; 503 if the database does not answer
 */
export async function visitorOf(server: AuthServer, headers: Headers): Promise<Visitor> {
  if (!signInIsOn()) return localVisitor(headers);
  const authorization = headers.get('authorization');
  if (!authorization) return bySession(server, headers);
  if (await isSigned('operator', authorization, '', server.config)) return OPERATOR;
  const key = authorization.match(/^Bearer (\S+)$/i)?.[1];
  const { keyVisitor } = await import('@/lib/auth/keys');
  const visitor = key && (await keyVisitor(server, key, headers));
  if (!visitor) throw signInNeeded();
  return visitor;
}

/** Whether users have to sign in. */
export const signInIsOn = (): boolean => whySignIn(process.env) !== undefined;

/** @throws {Problem} 404 if sign-in is not required, because then there are no accounts */
export function requireSignIn(): void {
  if (signInIsOn()) return;
  throw new Problem('unknown-route', 'Sign-in is off. To turn it on, see docs/accounts.md.');
}
