// The Content-Security-Policy of pages: what a page may load, run and connect to, and who may frame it. Pure;
// `proxy.ts` sends it with a new nonce for each page.

interface PolicyOf {
  /** Random for each page; scripts must carry it to run. */
  readonly nonce: string;
  /** The LiveKit server's URL for browsers (`ws://` or `wss://`); undefined while it is not set. */
  readonly liveKit: string | undefined;
  /** Sites that may show the page in a frame. */
  readonly ancestors: readonly string[];
  /** Whether the page is a file in `public/`, whose scripts have no nonce. */
  readonly isFile?: boolean;
  /** In development, React and hot reloading need what is forbidden in production. */
  readonly dev: boolean;
}

/** Domains of LiveKit Cloud: livekit-client asks them for regions and is sent to other hosts of the domain. */
const CLOUD = ['livekit.cloud', 'livekit.run'] as const;

/**
 * What livekit-client connects to: the WebSocket, and the same host over HTTP, where it asks why a connection
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
export function contentPolicy({ nonce, liveKit, ancestors, isFile, dev }: PolicyOf): string {
  const directives: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'none'"],
    // Scripts with the nonce may load more; 'self' is for browsers that do not know 'strict-dynamic'.
    'script-src': [
      "'self'",
      `'nonce-${nonce}'`,
      ...(isFile ? [] : ["'strict-dynamic'"]),
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
