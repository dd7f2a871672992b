// HTTP client for accounts: our own routes, and better-auth's for passkeys.
import { passkeyClient } from '@better-auth/passkey/client';
import { createAuthClient } from 'better-auth/client';
import { useState } from 'react';
import { pageMessages } from '@/components/language/page-messages';
import { toApiError } from '@/components/ui/request';
import { accountsMessages } from '@/lib/messages/accounts';

/** better-auth's client, which runs the browser's passkey dialogs. */
export const authClient = createAuthClient({ plugins: [passkeyClient()] });

/** The message for the user. better-auth answers without one. */
export function messageOf(error: unknown): string {
  const { message, detail, status } = toApiError(error);
  return (
    detail || (status === 0 ? message : pageMessages(accountsMessages).accountsText.signIn.failed)
  );
}

/** Changes a list and loads it again; `problem` is why the last change failed. */
export function useChange(reload: () => Promise<unknown>) {
  const [problem, setProblem] = useState<string>();
  const change = async (work: () => Promise<unknown>) => {
    setProblem(undefined);
    await work().catch((error: unknown) => setProblem(messageOf(error)));
    await reload().catch(() => undefined);
  };
  return { problem, change };
}

/** Loads a page from the server, so that nothing of the previous account is left in memory. */
export const goTo = (path: string): void => window.location.assign(path);
