// HTTP client for accounts: our own routes, and better-auth's for passkeys.
import { passkeyClient } from '@better-auth/passkey/client';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { createAuthClient } from 'better-auth/client';
import { useTranslations } from 'next-intl';
import { useFailureText } from '@/components/ui/failure';
import { toApiError } from '@/components/ui/request';

/** better-auth's client, which runs the browser's passkey dialogs. */
export const authClient = createAuthClient({ plugins: [passkeyClient()] });

/** Returns the function that says why a request has failed. better-auth answers without a message. */
export function useAccountFailureText(): (error: unknown) => string {
  const t = useTranslations('accounts');
  const failureText = useFailureText();
  return (error) => {
    const { detail, status } = toApiError(error);
    return detail || (status === 0 ? failureText(error) : t('signIn.failed'));
  };
}

/** Changes a list of the page, and loads it again, also if that fails: somebody else may have changed it. */
export function useChange(list: QueryKey) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => client.invalidateQueries({ queryKey: list }),
  });
}

/** Loads a page from the server, so that nothing of the previous account is left in memory. */
export const goTo = (path: string): void => window.location.assign(path);
