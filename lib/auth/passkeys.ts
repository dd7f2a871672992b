// The passkeys of whoever is signed in, for their page.
import { withAuth } from './auth';

/** Those of the session's account. */
export async function listPasskeys(
  headers: Headers,
): Promise<readonly { readonly id: string; readonly name: string | undefined }[]> {
  const passkeys = await withAuth((auth) => auth.api.listPasskeys({ headers }));
  return passkeys.map(({ id, name }) => ({ id, name }));
}
