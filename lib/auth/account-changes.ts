// Open responses that depend on a permission, and notifications that an account was changed by this web process or
// another one.

import { eq } from 'drizzle-orm';
import type { AuthServer } from '@/lib/auth/server';
import { accounts } from '@/lib/auth/tables';
import type { Ground } from '@/lib/cluster/ground';
import { publish } from '@/lib/cluster/pubsub';
import { withDatabase } from '@/lib/db/database';

/** Checks the open responses of an account that another web process changed. */
export function recheckOpenResponses(server: AuthServer, account: string): void {
  for (const answer of server.openResponses) if (answer.account === account) void answer.check();
}

/** An account was removed, got another role or password, or lost a key: checks its open responses everywhere. */
export function accountChanged(server: AuthServer, account: string): void {
  recheckOpenResponses(server, account);
  publish(server, 'accounts', account);
}

/** Whether an account exists, and was not removed. @throws {Problem} 503 if the database does not respond */
export async function accountExists(server: Ground, id: string): Promise<boolean> {
  const found = await withDatabase(server, (db) =>
    db.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, id)),
  );
  return found.length > 0;
}
