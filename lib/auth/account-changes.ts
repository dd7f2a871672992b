// Open responses that depend on a permission, and notifications that an account was changed by this web process or
// another one.
import { eq } from 'drizzle-orm';
import { publish } from '@/lib/cluster/pubsub';
import { processSingleton } from '@/lib/core/process-singleton';
import { withDatabase } from '@/lib/db/database';
import { accounts } from './tables';

/** A response that stays open, such as a stream of events. */
export interface OpenResponse {
  /** Undefined if the visitor has no account. */
  readonly account: string | undefined;
  /** Checks again whether the visitor may still have it. */
  readonly check: () => Promise<void>;
}

/** The open responses of this process. */
export const openResponses = processSingleton('open-answers', () => new Set<OpenResponse>());

/** Checks the open responses of an account that another web process changed. */
export function recheckOpenResponses(account: string): void {
  for (const answer of openResponses()) if (answer.account === account) void answer.check();
}

/** An account was removed, got another role or password, or lost a key: checks its open responses everywhere. */
export function accountChanged(account: string): void {
  recheckOpenResponses(account);
  publish('accounts', account);
}

/** Whether an account exists, and was not removed. @throws {Problem} 503 if the database does not respond */
export async function accountExists(id: string): Promise<boolean> {
  const found = await withDatabase((db) =>
    db.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, id)),
  );
  return found.length > 0;
}
