// The better-auth routes that are used: signing in and out, passwords and passkeys. All others are disabled, and of these only
// the requests that our pages send are accepted. All errors are problem documents.

import { sql } from 'drizzle-orm';
import { routes } from '@/app/api/routes';
import { countGuess, countRequest, forgetGuesses, REQUESTS, SIGN_INS } from '@/lib/auth/attempts';
import { AUTH_PATH, deviceOf, headersFor, withAuth } from '@/lib/auth/auth';
import {
  AUTH_BODY_MAX,
  BODIES,
  CHANGE_PASSWORD,
  DELETE_PASSKEY,
  FROM_PROVIDER,
  QUERIES,
  REGISTER_PASSKEY,
  SIGN_IN,
  SIGN_IN_BY_PASSKEY,
  TO_PROVIDER,
} from '@/lib/auth/auth-requests';
import { proofFor, requireSameProof, requireSameSession } from '@/lib/auth/ended-meanwhile';
import { changePassword } from '@/lib/auth/people';
import { signInNeeded } from '@/lib/auth/refusals';
import type { Ground } from '@/lib/cluster/ground';
import { Problem, type ProblemKind, problemResponse } from '@/lib/core/problem';
import { withDatabase } from '@/lib/db/database';
import { removeFromCalls } from '@/lib/dispatch/remove-from-calls';
import { parseJson, readBody } from '@/lib/http/read-json';

/** What begins a sign-in stores a row for anybody, so it counts as one. */
const BEGINS: readonly string[] = [TO_PROVIDER, '/passkey/generate-authenticate-options'];
const limitOf = (path: string) => (BEGINS.includes(path) ? SIGN_INS : REQUESTS);

/** better-auth's part of the path. @throws {Problem} 404 if it is not one of these */
function within<T extends string>(request: Request, allowed: Readonly<Record<T, unknown>>): T {
  const path = new URL(request.url).pathname.slice(AUTH_PATH.length);
  if (!Object.hasOwn(allowed, path)) {
    throw new Problem('unknown-route', 'This address does not exist.');
  }
  return path as T;
}

/** The kind of problem of an error of better-auth. */
function kindOf(status: number, path: string): ProblemKind {
  if (status === 401)
    return path === SIGN_IN_BY_PASSKEY || path === SIGN_IN ? 'sign-in-failed' : 'sign-in-needed';
  if (status === 403) return 'not-permitted';
  if (status === 404) return path === DELETE_PASSKEY ? 'unknown-passkey' : 'unknown-route';
  return status < 500 ? 'invalid-request' : 'internal';
}

/** better-auth's response, or the problem document for its error. */
async function withProblem(server: Ground, answer: Response, path: string): Promise<Response> {
  if (answer.status < 400) return answer;
  // better-auth has logged it.
  if (answer.status >= 500) await withDatabase(server, (db) => db.execute(sql`select 1`));
  // The database works, so the passkey was to blame: better-auth does not tell them apart.
  const kind =
    path === REGISTER_PASSKEY && answer.status >= 500
      ? 'invalid-request'
      : kindOf(answer.status, path);
  const { message } = await answer.json().catch(() => ({}));
  const detail =
    kind === 'internal'
      ? 'See the server log for details.'
      : `${message ?? 'The request was refused'}.`;
  const response = problemResponse(new Problem(kind, detail));
  for (const cookie of answer.headers.getSetCookie()) response.headers.append('set-cookie', cookie);
  return response;
}

/** The query string, with repeated parameters as lists. */
const queryOf = ({ searchParams }: URL) =>
  Object.fromEntries(
    [...searchParams.keys()].map((name) => {
      const [value, ...others] = searchParams.getAll(name);
      return [name, others.length > 0 ? [value, ...others] : value];
    }),
  );

/** A redirect to the sign-in page, which shows the error. */
const toSignIn = (server: Ground, error: string): Response => {
  const location = new URL(`/sign-in?error=${error}`, server.config.PUBLIC_URL).href;
  return new Response(null, { status: 302, headers: { location } });
};

/** What a request to guess a password or passkey guesses. */
async function guessIn(server: Ground, path: string, body: unknown, headers: Headers) {
  if (path === SIGN_IN) {
    const { email } = body as { readonly email: string };
    return { what: 'sign-in', of: email, device: await deviceOf(server, email, headers) } as const;
  }
  if (path !== SIGN_IN_BY_PASSKEY) return undefined;
  const { response } = body as { readonly response: { readonly id: string } };
  return { what: 'passkey', of: response.id } as const;
}

/** The checked body. An invalid one counts as an attempt too. */
async function bodyOf(server: Ground, request: Request, path: keyof typeof BODIES) {
  const text = await readBody(server, request, { maxBytes: AUTH_BODY_MAX });
  try {
    return parseJson(text || '{}', BODIES[path]);
  } catch (error) {
    if (path === SIGN_IN) await countRequest(server, 'sign-in', request.headers, SIGN_INS);
    throw error;
  }
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request, { server }) => {
    const path = within(request, QUERIES);
    await countRequest(server, path, request.headers, limitOf(path));
    const query = QUERIES[path].safeParse(queryOf(new URL(request.url)));
    // People open this route in their browser, and should not end on an empty page.
    if (!query.success && path === FROM_PROVIDER) return toSignIn(server, 'state_mismatch');
    if (!query.success) throw new Problem('invalid-request', 'A query parameter is not allowed.');
    const answer = await withAuth(server, (auth) =>
      auth.handler(new Request(request, { headers: headersFor(server, request.headers) })),
    );
    // A provider that does not respond: better-auth logs the error and returns nothing.
    if (path === FROM_PROVIDER && answer.status >= 500) return toSignIn(server, 'provider_away');
    return withProblem(server, answer, path);
  },
  POST: async (request, { server, visitor }) => {
    const path = within(request, BODIES);
    // These are counted with what is guessed.
    if (path !== SIGN_IN) await countRequest(server, path, request.headers, limitOf(path));
    const body = await bodyOf(server, request, path);
    if (path === CHANGE_PASSWORD) {
      if (visitor.by !== 'session') throw signInNeeded();
      const answer = await changePassword(
        server,
        visitor,
        BODIES[path].parse(body),
        request.headers,
      );
      // Somebody who took over the account may be listening to a call.
      await removeFromCalls(server, visitor.account ?? '', 'listening');
      return answer;
    }
    const guess = await guessIn(server, path, body, request.headers);
    if (guess) await countGuess(server, guess, request.headers);
    const headers = headersFor(server, request.headers);
    headers.delete('content-length');
    const { url, method } = request;
    const asked = new Request(url, { method, headers, body: JSON.stringify(body) });
    const proof = guess && (await proofFor(server, guess));
    const answer = await withAuth(server, (auth) => auth.handler(asked));
    if (guess && answer.ok) {
      const { token, session } = await answer.clone().json();
      await requireSameProof(server, guess, proof, token ?? session.token);
      await forgetGuesses(server, guess);
    }
    if (path === REGISTER_PASSKEY && answer.ok) {
      const { id } = await answer.clone().json();
      await requireSameSession(server, request.headers, visitor.account ?? '', 'passkey', id);
    }
    if (path === TO_PROVIDER && answer.status >= 500) {
      throw new Problem(
        'provider-unavailable',
        'Sign in by password or passkey, or try again later. Details are in the server log.',
      );
    }
    return withProblem(server, answer, path);
  },
});
