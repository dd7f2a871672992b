// What shows that a proxy sent a request. Nobody on this machine sends through one, so its clients may be anywhere.
import type { IncomingMessage } from 'node:http';

/** Headers that proxies, load balancers and CDNs add, with hyphens. Browsers and programs on this machine send none. */
const OF_PROXIES = new RegExp(
  `^(${[
    'forwarded|via|cdn-loop|max-forwards|proxy-.+|front-end-https',
    'x-(forwarded|forwarder|original|originating|real|rewrite|proxy|proxyuser|scheme|url-scheme)(-.+)?',
    '(http-)?(x-)?(host|http-host-override|remote-(ip|addr|host|port)|coming-from)',
    '(wl-)?(proxy-)?(x-)?(true-|cluster-|real-|forwarded-)?client-(ip|addr|address|host|port)',
    '(cf|fly|fastly|akamai|ali|tailscale|ngrok|incap)-.+',
    'x-(amzn|amz-cf|appengine|arr|azure|cloud-trace|envoy|fastly|nf|ngrok|sucuri|vercel|varnish)(-.+)?',
  ].join('|')})$`,
);

/** A header of every request, which proxies replace. */
const HOST = 'host';

type Request = Pick<IncomingMessage, 'rawHeaders' | 'httpVersion'>;

/**
 * What shows that a proxy sent this request; undefined if nothing does. nginx adds no header of its own unless it is told
 * to: it sends HTTP/1.0, which no browser does, and since 1.29.7 HTTP/1.1 without the `Connection: keep-alive` that each
 * browser sends.
 */
export function proxyTrace({ rawHeaders, httpVersion }: Request): string | undefined {
  const all = new Map<string, string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    // Some proxies write underscores.
    const name = (rawHeaders[at] ?? '').toLowerCase().replaceAll('_', '-');
    if (name !== HOST && OF_PROXIES.test(name)) return rawHeaders[at];
    all.set(name, rawHeaders[at + 1] ?? '');
  }
  if (httpVersion !== '1.1') return `HTTP/${httpVersion}`;
  const isBrowser = all.get('user-agent')?.startsWith('Mozilla/') && all.has('accept-language');
  const keepsOpen = /keep-alive|upgrade/i.test(all.get('connection') ?? '');
  return isBrowser && !keepsOpen ? 'no Connection: keep-alive' : undefined;
}
