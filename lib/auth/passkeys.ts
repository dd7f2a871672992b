// The passkeys of the signed-in user, for the account page.
import { withAuth } from './auth';

/** The passkeys of the session's account. */
export async function listPasskeys(
  headers: Headers,
): Promise<readonly { readonly id: string; readonly name: string | undefined }[]> {
  const passkeys = await withAuth((auth) => auth.api.listPasskeys({ headers }));
  return passkeys.map(({ id, name }) => ({ id, name }));
}
