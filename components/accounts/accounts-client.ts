// HTTP client for accounts: our own routes, and better-auth's for passkeys.
import { passkeyClient } from '@better-auth/passkey/client';
import { createAuthClient } from 'better-auth/client';
import { pageMessages } from '@/components/language/page-messages';
import { accountsMessages } from '@/lib/messages/accounts';

/** An error with a message for the user. */
export class AccountsProblem extends Error {
  constructor(
    detail: string,
    /** HTTP status; 0 without a response. */
    readonly status: number,
  ) {
    super(detail);
  }
}

/** better-auth's client, which runs the browser's passkey dialogs. */
export const authClient = createAuthClient({ plugins: [passkeyClient()] });

/**
 * Sends a request.
 * @throws {AccountsProblem}
 */
export async function ask<T>(method: string, path: string, body: unknown = {}): Promise<T> {
  const { accountsText } = pageMessages(accountsMessages);
  const response = await fetch(path, {
    method,
    cache: 'no-store',
    ...(method !== 'GET' && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  }).catch(() => {
    throw new AccountsProblem(accountsText.unreachable, 0);
  });
  const answer = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  throw new AccountsProblem(answer?.detail ?? '', response.status);
}

/** Loads a page from the server, so that nothing of the previous account is left in memory. */
export const goTo = (path: string): void => window.location.assign(path);
