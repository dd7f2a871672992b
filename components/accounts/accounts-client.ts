// Accounts over HTTP, as their pages ask for them: our own routes, and better-auth's for passkeys.
import { passkeyClient } from '@better-auth/passkey/client';
import { createAuthClient } from 'better-auth/client';
import { pageMessages } from '@/components/language/page-messages';
import { accountsMessages } from '@/lib/messages/accounts';

/** Why something was not done, in words. */
export class AccountsProblem extends Error {
  constructor(
    detail: string,
    /** HTTP status; 0 where there was no answer. */
    readonly status: number,
  ) {
    super(detail);
  }
}

/** better-auth's client: it knows how browsers are asked for a passkey. */
export const authClient = createAuthClient({ plugins: [passkeyClient()] });

/** Asks the server. @throws {AccountsProblem} */
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

/** Goes to a page anew, so that nothing is left of what somebody else was shown. */
export const goTo = (path: string): void => window.location.assign(path);
