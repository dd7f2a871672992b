// Signing in: the name of the OIDC provider, and where to go afterwards.

/** Id of the OIDC provider, which is part of better-auth's routes. */
export const OIDC = 'oidc';

/** Where to go after signing in, from a URL parameter: `asked` if it is a path of this server, else the start page. */
export function safeRedirectPath(asked: unknown): string {
  // Browsers treat "\" as "/", and "//" as the beginning of another host.
  if (typeof asked !== 'string' || !/^\/(?![/\\])/.test(asked)) return '/';
  const base = 'http://here.invalid';
  if (!URL.canParse(asked, base)) return '/';
  const { origin, pathname, search } = new URL(asked, base);
  return origin === base && !pathname.startsWith('//') ? pathname + search : '/';
}
