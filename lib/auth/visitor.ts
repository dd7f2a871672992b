// Identifies the visitor: by API key, by session, or, where sign-in is not required, by being on this machine.

import { Problem } from '@/lib/core/problem';
import { serverConfig } from '@/lib/core/server-config';
import { isCalledLoopback, whySignIn } from '@/lib/core/sign-in-mode';
import { isFromThisMachine } from '@/lib/http/client-address';
import { isSigned } from '@/lib/livekit/worker-auth';
import { ANONYMOUS, type Role, type Visitor } from './permissions';
import { signInNeeded } from './refusals';

/** The user of this machine. */
const LOCAL: Visitor = { by: 'local', role: 'admin', name: 'local' };
/** A program with the LiveKit secret, which could do everything anyway. */
const OPERATOR: Visitor = { by: 'operator', role: 'admin', name: 'npm start' };

/** The account of the session, or an anonymous visitor. */
async function bySession(headers: Headers): Promise<Visitor> {
  if (!headers.get('cookie')) return ANONYMOUS;
  const { withAuth } = await import('./auth');
  const found = await withAuth((auth) => auth.api.getSession({ headers }));
  if (!found) return ANONYMOUS;
  const { id, name, role } = found.user;
  return { by: 'session', role: role as Role, account: id, name };
}

/**
 * The visitor behind these headers.
 * @throws {Problem} 401 for an invalid key, 429 for too many of them; 503 if the database does not answer
 */
export async function visitorOf(headers: Headers): Promise<Visitor> {
  if (whySignIn(process.env) === undefined) {
    return isCalledLoopback(headers) && isFromThisMachine(headers) ? LOCAL : ANONYMOUS;
  }
  const authorization = headers.get('authorization');
  if (!authorization) return bySession(headers);
  if (await isSigned('operator', authorization, '', serverConfig())) return OPERATOR;
  const key = authorization.match(/^Bearer (\S+)$/i)?.[1];
  const { keyVisitor } = await import('./keys');
  const visitor = key && (await keyVisitor(key, headers));
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
