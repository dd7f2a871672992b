// Requests that pages of other origins send, and responses that they can read (CORS). Without credentials in either
// direction: such a page has nothing of the visitor's account here.
import { parseUrl } from '@/lib/core/addresses';

/** Seconds that a browser keeps the answer to a preflight: the most that Chromium does. */
const PREFLIGHT_SECONDS = 7_200;
/** Headers of a request that identify its sender. */
const CREDENTIALS = ['cookie', 'authorization'];

/** The origin of the page that sent a request, if it is not that of the requested server; `null` for a sandboxed page. */
export function otherOrigin({ headers }: Request): string | undefined {
  const origin = headers.get('origin');
  if (origin === null) return undefined;
  const host = parseUrl(origin)?.host;
  return host !== undefined && host === headers.get('host') ? undefined : origin;
}

/** Removes what identifies the sender, also if a page sent it without being allowed to. */
export function dropCredentials({ headers }: Request): void {
  for (const name of CREDENTIALS) headers.delete(name);
}

/** The headers without those that name the page. */
export function withoutPage(headers: Headers): Headers {
  const without = new Headers(headers);
  for (const name of ['origin', 'referer']) without.delete(name);
  return without;
}

/**
 * Lets pages of an origin read the response.
 * @param preflight the headers that their requests may have, if it answers a preflight
 */
export function readableBy(
  origin: string,
  response: Response,
  preflight?: readonly string[],
): Response {
  const { headers } = response;
  headers.set('access-control-allow-origin', origin);
  headers.append('vary', 'Origin');
  headers.delete('set-cookie');
  if (preflight) {
    headers.set('access-control-allow-methods', 'POST');
    headers.set('access-control-allow-headers', preflight.join(', '));
    headers.set('access-control-max-age', String(PREFLIGHT_SECONDS));
  } else {
    headers.set('access-control-expose-headers', 'Retry-After');
  }
  return response;
}
