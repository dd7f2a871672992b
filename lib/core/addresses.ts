// Hosts and URLs in settings: what people write is brought into one form or refused in words, and one way to join them
// with a path. Pure.

/**
 * Parses a URL; undefined if it is none. Not `URL.canParse`: once optimized, Node.js 20 takes the bytes of a Latin-1 string,
 * which headers are, for UTF-8, and accepts what `new URL` then throws at.
 */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** Whether a LiveKit server is a project of LiveKit Cloud. */
export const isLiveKitCloud = (url: string): boolean =>
  parseUrl(url)?.hostname.endsWith('.livekit.cloud') ?? false;

/** What a URL in a setting may have. */
interface UrlRules {
  /** Schemes without the colon. */
  readonly schemes: readonly string[];
  /** Whether it may have a path. */
  readonly path?: boolean;
}

const listed = (schemes: readonly string[]) => schemes.map((one) => `${one}://`).join(' or ');

/**
 * A URL in one form: scheme and host in lower case, a host in Unicode as ASCII, and no slash at its end.
 * @returns the URL; or in `problem` what is wrong with it, without its value
 */
export function readUrl(
  text: string,
  { schemes, path = true }: UrlRules,
): { readonly url: string } | { readonly problem: string } {
  const plain = text.trim();
  const begins = `must be a URL that begins with ${listed(schemes)}`;
  if (/^["'`]|["'`]$/.test(plain)) return { problem: `${begins}, without quotation marks` };
  if (/^\w+:\/\/[\da-f]*:[\da-f:]*:[\da-f]*(\/|$)/i.test(plain))
    return { problem: `${begins}. Write an IPv6 address in brackets: http://[::1]:3000` };
  // `localhost:3000` is a URL whose scheme is "localhost", and `https:x` one whose host is "x".
  if (!schemes.some((one) => plain.toLowerCase().startsWith(`${one}://`)))
    return { problem: begins };
  const url = parseUrl(plain);
  if (!url || /[\s\\]/.test(plain)) return { problem: begins };
  // `new URL` takes hosts like `$HOST`, `*.example.com` and `a,https`.
  if (!readHost(url.hostname) || url.port === '0')
    return { problem: 'must be one URL with a valid host and port' };
  if (url.username || url.password) {
    return { problem: 'must not contain a user name or password: there is a setting for the key' };
  }
  if (url.search || url.hash || /[?#]/.test(plain))
    return { problem: 'must not contain "?" or "#"' };
  if (!path && !/^\/+$/.test(url.pathname)) {
    return { problem: 'must not have a path: only the root of a host is supported' };
  }
  // An address to listen on, which browsers do not connect to.
  url.hostname = nearHost(url.hostname);
  return { url: url.href.replace(/\/+$/, '') };
}

/**
 * The address of something below a URL. Keeps the URL's own path and query.
 * @param path relative to the URL, with or without a slash before it, possibly with a query
 * @throws TypeError if `base` is no URL
 */
export function joinUrl(base: string | URL, path: string): string {
  const url = new URL(base);
  const [pathname = '', query = ''] = path.split(/\?(.*)/s);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${pathname.replace(/^\/+/, '')}`;
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.append(name, value);
  url.hash = '';
  return url.href;
}

/** The same address by HTTP. */
export const asHttp = (url: string): string =>
  url.replace(/^ws(s?):/i, (_, s) => `http${s.toLowerCase()}:`);
/** The same address by WebSocket. */
export const asWebSocket = (url: string): string =>
  url.replace(/^http(s?):/i, (_, s) => `ws${s.toLowerCase()}:`);

/**
 * The host of a setting as programs listen on it: an IPv6 address without brackets. Undefined if it is neither a host name
 * nor an address; it has no scheme, port or path.
 */
export function readHost(text: string): string | undefined {
  const bare = text.trim().replace(/^\[(.*)\]$/, '$1');
  const asUrl = `http://${bare.includes(':') ? `[${bare}]` : bare}`;
  if (/[\s/\\?#@%[\]]/.test(bare)) return undefined;
  const host = parseUrl(asUrl)?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
  return /^[\w.:-]+$/.test(host) ? host : undefined;
}

/** Host for URLs with which other processes of this machine reach one that listens on `host`, by default on loopback. */
export function nearHost(host = ''): string {
  const bare = readHost(host) ?? '127.0.0.1';
  if (bare === '0.0.0.0' || bare === '::') return '127.0.0.1';
  return bare.includes(':') ? `[${bare}]` : bare;
}
