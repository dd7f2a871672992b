// The Content-Security-Policy of pages: what a page may load, run and reach, and who may frame it. Pure;
// `proxy.ts` sends it, with a nonce of its own for each page.

/** What one page's policy depends on. */
export interface PolicyOf {
  /** Unguessable, and new for each page: what runs has to carry it. */
  readonly nonce: string;
  /** The LiveKit server as the browser is told of it (`ws://` or `wss://`); undefined while it is not set. */
  readonly liveKit: string | undefined;
  /** Sites that may show the page in a frame. */
  readonly ancestors: readonly string[];
  /** While code is changed, React and the reloading of pages need what is refused otherwise. */
  readonly dev: boolean;
}

/** Hosts of LiveKit Cloud: livekit-client asks them for regions, and is sent to hosts beside the one set. */
const CLOUD = ['livekit.cloud', 'livekit.run'] as const;

/**
 * What livekit-client connects to: the socket, and over HTTP the same host, which it asks why a socket
 * failed (`/rtc/validate`).
 */
export function liveKitSources(url: string): string[] {
  const { protocol, host, hostname } = new URL(url);
  const secure = protocol === 'wss:' || protocol === 'https:';
  const cloud = CLOUD.find((domain) => hostname.endsWith(`.${domain}`));
  const hosts = cloud ? [host, `*.${cloud}`] : [host];
  const schemes = secure ? ['wss', 'https'] : ['ws', 'http'];
  return hosts.flatMap((one) => schemes.map((scheme) => `${scheme}://${one}`));
}

/** The value of the header. */
export function contentPolicy({ nonce, liveKit, ancestors, dev }: PolicyOf): string {
  const directives: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'none'"],
    // What carries the nonce may load more; 'self' is for browsers that do not know 'strict-dynamic'.
    'script-src': [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(dev ? ["'unsafe-eval'"] : []),
    ],
    'style-src': ["'self'", dev ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'manifest-src': ["'self'"],
    'media-src': ["'self'", 'blob:'],
    'worker-src': ["'self'"],
    'connect-src': ["'self'", ...(liveKit ? liveKitSources(liveKit) : [])],
    'object-src': ["'none'"],
    'frame-src': ["'none'"],
    'frame-ancestors': ancestors.length > 0 ? ancestors : ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
