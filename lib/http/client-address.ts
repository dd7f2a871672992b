// The client address of a request. Behind a proxy, the proxy reports it. Without one only the socket can be
// trusted, and a route handler of Next does not see the socket: its `x-forwarded-for` may come from the client.
// So the socket's address is written into a header of our own when a request begins, and whether a proxy sent it: Next
// adds forwarding headers to all requests.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isLoopback } from '@/lib/core/sign-in-mode';
import { proxyTrace } from '@/lib/http/proxy-trace';

/** Header with the address of the socket. A client's value of this header is overwritten. */
export const ADDRESS_HEADER = 'callboard-address';
/** Header that names the trace of a proxy in a request. A client's value of this header is removed. */
export const PROXIED_HEADER = 'callboard-proxied';
/** Name that a client's headers of these names get. */
const IGNORED_HEADER = 'callboard-ignored';
/** Node's diagnostics channel, which publishes each request before any handler runs. */
const REQUEST_CHANNEL = 'http.server.request.start';
/** Number of 16-bit groups in an IPv6 address. */
const GROUPS = 8;

function note(message: unknown): void {
  const { request } = message as { readonly request: IncomingMessage };
  const own = {
    [ADDRESS_HEADER]: request.socket.remoteAddress ?? '',
    [PROXIED_HEADER]: proxyTrace(request),
  };
  // Node reads the raw headers once, when they are first used, and expects as many as it has parsed.
  const { headers, rawHeaders: raw } = request;
  for (let at = 0; at < raw.length; at += 2) {
    if (Object.hasOwn(own, raw[at]?.toLowerCase() ?? '')) raw[at] = IGNORED_HEADER;
  }
  for (const [name, value] of Object.entries(own)) {
    delete headers[name];
    if (value === undefined) continue;
    raw.push(name, value);
    headers[name] = value;
  }
}

/** Writes {@link ADDRESS_HEADER} and {@link PROXIED_HEADER} into every request of this process from now on. */
export function recordAddresses(): void {
  // Only once, if it is called again.
  unsubscribe(REQUEST_CHANNEL, note);
  subscribe(REQUEST_CHANNEL, note);
}

/** Removes the port from an address as proxies write it (`1.2.3.4`, `1.2.3.4:567`, `[::1]:567`). */
function withoutPort(written: string): string | undefined {
  const text = written.trim().replace(/^"|"$/g, '');
  const host = text.match(/^\[(.+)\](?::\d+)?$/)?.[1] ?? text.match(/^([\d.]+):\d+$/)?.[1] ?? text;
  return isIP(host) ? host : undefined;
}

/** The groups of an IPv6 address, each without leading zeros. */
function groups(address: string): string[] {
  // The URL parser normalizes the spelling of the address.
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : GROUPS - left.length - right.length;
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
}

/**
 * The network that counts as one client: an IPv4 address, also if it is written as IPv6, or the /56 of an IPv6
 * address, because that is what one home connection is assigned (RIPE-690).
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '');
  if (isIP(plain) !== 6 || isLoopback(plain)) return plain;
  const all = groups(plain);
  if (all.slice(0, 5).every((one) => one === '0') && all[5] === 'ffff') {
    const bytes = all
      .slice(6)
      .flatMap((one) => [Number.parseInt(one, 16) >> 8, Number.parseInt(one, 16) & 255]);
    return bytes.join('.');
  }
  const [first, second, third, fourth = '0'] = all;
  const upper = (Number.parseInt(fourth, 16) & 0xff00).toString(16);
  return `${[first, second, third, upper].join(':')}::/56`;
}

/**
 * The client address of a request; undefined if it is unknown.
 * @param proxies number of proxies in front of this process (`TRUST_PROXY`). Each appends the address of its
 * client to `x-forwarded-for`; everything before those entries is written by the client.
 */
function clientAddress(headers: Headers, proxies: number): string | undefined {
  const chain = (headers.get('x-forwarded-for') ?? '').split(',');
  const forwarded = proxies > 0 ? withoutPort(chain.at(-proxies) ?? '') : undefined;
  return forwarded ?? withoutPort(headers.get(ADDRESS_HEADER) ?? '');
}

/** The client network of a request; undefined if it is unknown. @param proxies `TRUST_PROXY` */
export function addressOf({ headers }: Pick<Request, 'headers'>, proxies: number) {
  const address = clientAddress(headers, proxies);
  return address && networkOf(address);
}

/** The trace of a proxy in a request, such as one of its headers; undefined without one. */
export const proxiedBy = (headers: Headers): string | undefined =>
  headers.get(PROXIED_HEADER) ?? undefined;

/**
 * Whether a request comes from this machine: by its socket, and not through a proxy, whose clients may be anywhere.
 * Outside the web process addresses are not recorded, and all requests come from this machine.
 */
export function isFromThisMachine(headers: Headers): boolean {
  if (proxiedBy(headers) !== undefined) return false;
  const address = headers.get(ADDRESS_HEADER);
  return address === null || isLoopback(networkOf(address));
}

/** The headers with the client address in {@link ADDRESS_HEADER}. @param proxies `TRUST_PROXY` */
export function withClientAddress(headers: Headers, proxies: number): Headers {
  const forwarded = new Headers(headers);
  const address = clientAddress(headers, proxies);
  if (address === undefined) forwarded.delete(ADDRESS_HEADER);
  else forwarded.set(ADDRESS_HEADER, address);
  return forwarded;
}
