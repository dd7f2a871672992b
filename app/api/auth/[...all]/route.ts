// The better-auth routes that are used: signing in and out, passwords and passkeys. All others are disabled.
import { countAttempt, signedIn } from '@/lib/auth/attempts';
import { AUTH_PATH, headersFor, withAuth } from '@/lib/auth/auth';
import { routes } from '@/lib/auth/route';
import { OIDC } from '@/lib/auth/sign-in';
import { requireSignIn } from '@/lib/auth/visitor';
import { Problem } from '@/lib/core/problem';
import { serverConfig } from '@/lib/core/server-config';
import { readBody } from '@/lib/http/read-json';

export const dynamic = 'force-dynamic';

const SIGN_IN = '/sign-in/email';
const TO_PROVIDER = '/sign-in/oauth2';
const FROM_PROVIDER = `/oauth2/callback/${OIDC}`;
const GETS = [
  FROM_PROVIDER,
  '/passkey/generate-authenticate-options',
  '/passkey/generate-register-options',
  '/passkey/list-user-passkeys',
];
const POSTS = [
  SIGN_IN,
  TO_PROVIDER,
  '/sign-out',
  '/change-password',
  '/passkey/verify-authentication',
  '/passkey/verify-registration',
  '/passkey/delete-passkey',
];

/** better-auth's part of the path. @throws {Problem} 404 if it is not one of these */
function within(request: Request, allowed: readonly string[]): string {
  requireSignIn();
  const path = new URL(request.url).pathname.slice(AUTH_PATH.length);
  if (!allowed.includes(path)) throw new Problem('unknown-route', 'This address does not exist.');
  return path;
}

/** Handles a provider that does not respond: better-auth logs the error and returns nothing. */
const isFailure = ({ status }: Response): boolean => status >= 500;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request) => {
    const path = within(request, GETS);
    const answer = await withAuth((auth) =>
      auth.handler(new Request(request, { headers: headersFor(request.headers) })),
    );
    if (path !== FROM_PROVIDER || !isFailure(answer)) return answer;
    // People open this route in their browser, and should not end on an empty page.
    const location = new URL('/sign-in?error=provider_away', serverConfig().PUBLIC_URL).href;
    return new Response(null, { status: 302, headers: { location } });
  },
  POST: async (request) => {
    const path = within(request, POSTS);
    const body = await readBody(request);
    if (path === SIGN_IN) await countAttempt(body);
    const { url, method } = request;
    const asked = new Request(url, { method, headers: headersFor(request.headers), body });
    const answer = await withAuth((auth) => auth.handler(asked));
    if (path === SIGN_IN && answer.ok) await signedIn(body);
    if (path === TO_PROVIDER && isFailure(answer)) {
      throw new Problem(
        'provider-unavailable',
        'Sign in by password or passkey, or try again later. Details are in the server log.',
      );
    }
    return answer;
  },
});
