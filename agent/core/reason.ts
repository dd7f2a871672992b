// Why something failed, as text.

/**
 * The message of an error, with the innermost cause in parentheses: that of a request is "fetch failed", and its cause has
 * the reason. May contain secrets.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  let inner: Error & { code?: unknown } = error;
  while (inner.cause instanceof Error) inner = inner.cause;
  // That of several refused addresses has a code alone.
  const reason = inner.message || String(inner.code ?? inner.name);
  return inner === error ? reason : `${error.message} (${reason})`;
}
