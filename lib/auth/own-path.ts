// Where to go after signing in: a path of this server, whatever an address asks for.

/** `asked` where it is a path here; the start page where it is anything else. */
export function ownPath(asked: unknown): string {
  // Browsers read "\" as "/", and "//" as another host.
  if (typeof asked !== 'string' || !/^\/(?![/\\])/.test(asked)) return '/';
  const base = 'http://here.invalid';
  if (!URL.canParse(asked, base)) return '/';
  const { origin, pathname, search } = new URL(asked, base);
  return origin === base && !pathname.startsWith('//') ? pathname + search : '/';
}
