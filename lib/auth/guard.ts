// Authorization before each route handler, and the audit log after it. One place for all routes: `routes()` calls
// it.

import { Problem } from '@/lib/core/problem';
import { writeAudit } from './audit';
import { type Params, ruleFor } from './match';
import { notPermitted, signInNeeded } from './refusals';
import { may, STRANGER, type Visitor } from './rights';
import type { RouteRule } from './routes';
import { signInIsOn, visitorOf } from './visitor';

/** An authorized visitor, and the rule that applied. */
export interface Admitted {
  readonly visitor: Visitor;
  readonly rule?: RouteRule;
}

/**
 * Authorizes a request by the permission that its route and method require.
 * @throws {Problem} 401 if signing in would help, 403 if it would not, 404 for a route without a rule
 */
export async function admit(request: Request, params: Params): Promise<Admitted> {
  const on = signInIsOn();
  const rule = ruleFor(request.method, new URL(request.url).pathname, params);
  if (on && !rule) throw new Problem('unknown-route', 'There is no API route at this address.');
  // The signature is their only credential; the route checks it.
  if (rule?.right === 'signed') return { visitor: STRANGER, rule };
  const visitor = await visitorOf(request.headers);
  if (!on) {
    // No audit log without accounts: all entries would name the same person.
    if (visitor.by === 'local') return { visitor };
    throw notPermitted(
      'This server accepts requests from its own machine only. To let others in, set AUTH_SECRET and PUBLIC_URL in .env.',
    );
  }
  if (!rule || rule.right === 'open' || may(visitor, rule.right)) return { visitor, rule };
  if (visitor.by === 'nobody') throw signInNeeded();
  throw notPermitted(
    visitor.by === 'key'
      ? `This requires the permission "${rule.right}", which the key or its owner does not have.`
      : 'Your role does not have this permission. An admin can change your role.',
  );
}

/** The object of an action: the path parameters, or the name in the response. */
async function objectOf(params: Params, response: Response): Promise<string> {
  const named = Object.values(params).join(' ');
  if (named || !response.headers.get('content-type')?.includes('json')) return named;
  const body = await response.clone().json();
  return String(body?.room ?? body?.name ?? body?.email ?? '');
}

/** Records a person's action in the audit log, after it was done. */
export async function recordDone(
  { visitor, rule }: Admitted,
  params: Params,
  response: Response,
): Promise<void> {
  if (!rule?.audit || !response.ok || visitor.by === 'operator') return;
  const object = rule.ofCaller ? '' : await objectOf(params, response);
  await writeAudit(visitor, rule.audit, object);
}
