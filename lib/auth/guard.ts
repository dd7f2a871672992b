// What stands before every route handler: who asks, whether they may, and afterwards a line in the audit
// log. One place for all routes: `routes()` goes through here.

import { Problem } from '@/lib/core/problem';
import { writeAudit } from './audit';
import { type Params, ruleFor } from './match';
import { notPermitted, signInNeeded } from './refusals';
import { may, STRANGER, type Visitor } from './rights';
import type { RouteRule } from './routes';
import { signInIsOn, visitorOf } from './visitor';

/** Who was let in, and by which rule. */
export interface Admitted {
  readonly visitor: Visitor;
  readonly rule?: RouteRule;
}

/**
 * Lets in whoever has the right that this method of the route wants.
 * @throws {Problem} 401 where signing in would help, 403 where it would not, 404 for a route without a rule
 */
export async function admit(request: Request, params: Params): Promise<Admitted> {
  const on = signInIsOn();
  const rule = ruleFor(request.method, new URL(request.url).pathname, params);
  if (on && !rule) throw new Problem('unknown-route', 'No right leads to this address.');
  // Their own signature is all they have to show.
  if (rule?.right === 'signed') return { visitor: STRANGER, rule };
  const visitor = await visitorOf(request.headers);
  if (!on) {
    // Nothing is written into the audit log where everybody is the same one.
    if (visitor.by === 'local') return { visitor };
    throw notPermitted(
      'This server is for its own machine. To let others in, set AUTH_SECRET and PUBLIC_URL in .env.',
    );
  }
  if (!rule || rule.right === 'open' || may(visitor, rule.right)) return { visitor, rule };
  if (visitor.by === 'nobody') throw signInNeeded();
  throw notPermitted(
    visitor.by === 'key'
      ? `It takes the right "${rule.right}", which this key, or its owner, does not have.`
      : 'Your role does not include it. An admin can change that.',
  );
}

/** What something was done to: the parts of the address, or what the answer names. */
async function objectOf(params: Params, response: Response): Promise<string> {
  const named = Object.values(params).join(' ');
  if (named || !response.headers.get('content-type')?.includes('json')) return named;
  const body = await response.clone().json();
  return String(body?.room ?? body?.name ?? body?.email ?? '');
}

/** Writes into the audit log what a person did, once it was done. */
export async function recordDone(
  { visitor, rule }: Admitted,
  params: Params,
  response: Response,
): Promise<void> {
  if (!rule?.audit || !response.ok || visitor.by === 'operator') return;
  const object = rule.ofCaller ? '' : await objectOf(params, response);
  await writeAudit(visitor, rule.audit, object);
}
