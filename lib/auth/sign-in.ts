// Signing in: the name of the OIDC provider, and where to go afterwards.
import { parseUrl } from '@/lib/core/addresses';

/** Id of the OIDC provider, which is part of better-auth's routes. */
export const OIDC = 'oidc';

/** Longest path to go to after signing in: it is stored meanwhile. Our own choice: a page with its filters fits. */
export const REDIRECT_MAX = 1_000;

/** Where to go after signing in, from a URL parameter: `asked` if it is a path of this server, else the start page. */
export function safeRedirectPath(asked: unknown): string {
  // Browsers treat "\" as "/", and "//" as the beginning of another host.
  if (typeof asked !== 'string' || asked.length > REDIRECT_MAX || !/^\/(?![/\\])/.test(asked))
    return '/';
  const base = 'http://here.invalid';
  const url = parseUrl(asked, base);
  if (url?.origin !== base || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search;
}
