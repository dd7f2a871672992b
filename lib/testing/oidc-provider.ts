// A real OpenID Connect provider for tests, in this process: the certified `oidc-provider`, with users who need no
// password and are not asked for consent.
import { once } from 'node:events';
import { vi } from 'vitest';
import { freePort } from '@/lib/testing/ports';

/** Claims about a user, by their standard names. */
export interface Claims {
  readonly email: string;
  readonly email_verified: boolean;
  readonly name?: string;
  readonly preferred_username?: string;
  /** Not a standard claim, and ignored: the provider must not assign roles. */
  readonly role?: string;
}

export const CLIENT = { id: 'callboard', secret: 'the-secret-of-this-client-at-the-provider' };

/** Validity in seconds of everything it issues: longer than any test. */
const TTL_S = 600;

/** A provider on a loopback port. */
export interface TestProvider {
  readonly issuer: string;
  close(): Promise<void>;
}

/**
 * Starts a provider.
 * @param people users by the name they sign in with
 * @param redirect the only allowed redirect URL
 */
export async function startProvider(
  people: Readonly<Record<string, Claims>>,
  redirect: string,
): Promise<TestProvider> {
  // It warns about production use and about the Node version.
  const quiet = (['warn', 'info', 'log'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation(() => {}),
  );
  const { Provider } = await import('oidc-provider');
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [redirect],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        // As sent by better-auth.
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username', 'role'],
    },
    pkce: { required: () => true },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({
        clientId: oidc.client?.clientId,
        accountId: oidc.session?.accountId,
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    ttl: { Interaction: TTL_S, Grant: TTL_S, Session: TTL_S, AccessToken: TTL_S, IdToken: TTL_S },
    cookies: { keys: ['a key that signs the cookies of this provider'] },
  });
  const server = provider.listen(port, '127.0.0.1');
  await once(server, 'listening');
  for (const spy of quiet) spy.mockRestore();
  return {
    issuer,
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
