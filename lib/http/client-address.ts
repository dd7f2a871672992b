// From which address a request comes. Behind a proxy that is the proxy's word; without one nobody's but
// the socket's, and a route handler of Next sees no socket: its `x-forwarded-for` may be the client's own
// invention. So the socket's address is written into a header of ours when a request begins.
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { processSingleton } from '@/lib/core/process-singleton';

/** Header with the address of the socket. What a client sends under this name is replaced. */
export const ADDRESS_HEADER = 'callboard-address';
/** Node's own channel: told of each request before any handler sees it. */
const REQUEST_CHANNEL = 'http.server.request.start';
/** 16-bit groups of an IPv6 address. */
const GROUPS = 8;

/** Whether addresses are noted in this process. */
const noted = processSingleton('client-addresses', () => ({ on: false }));

function note(message: unknown): void {
  const { request } = message as { readonly request: IncomingMessage };
  const raw = request.rawHeaders;
  for (let at = raw.length - 2; at >= 0; at -= 2) {
    if (raw[at]?.toLowerCase() === ADDRESS_HEADER) raw.splice(at, 2);
  }
  const address = request.socket.remoteAddress ?? '';
  raw.push(ADDRESS_HEADER, address);
  request.headers[ADDRESS_HEADER] = address;
}

/** Writes the socket's address into every request of this process from now on. */
export function noteAddresses(): void {
  if (noted().on) return;
  noted().on = true;
  subscribe(REQUEST_CHANNEL, note);
}

/** An address as proxies write it (`1.2.3.4`, `1.2.3.4:567`, `[::1]:567`), without its port. */
function bare(written: string): string | undefined {
  const text = written.trim().replace(/^"|"$/g, '');
  const host = text.match(/^\[(.+)\](?::\d+)?$/)?.[1] ?? text.match(/^([\d.]+):\d+$/)?.[1] ?? text;
  return isIP(host) ? host : undefined;
}

/** The groups of an IPv6 address, each without leading zeros. */
function groups(address: string): string[] {
  // The URL parser writes every spelling of an address in one way.
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : GROUPS - left.length - right.length;
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
}

/**
 * What counts as one address: an IPv4 address, also where it is written as IPv6, or the /56 of an IPv6
 * address: that is what one connection of a home is given (RIPE-690), and whoever has one of them has all.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '');
  if (isIP(plain) !== 6) return plain;
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
 * The address a request comes from; undefined where nothing tells.
 * @param proxies how many proxies stand before this process (`TRUST_PROXY`). Each adds whom it heard to
 * the end of `x-forwarded-for`: what stands before those is whatever the client wrote.
 */
function clientAddress(headers: Headers, proxies: number): string | undefined {
  const told = (headers.get('x-forwarded-for') ?? '').split(',');
  const forwarded = proxies > 0 ? bare(told.at(-proxies) ?? '') : undefined;
  return forwarded ?? bare(headers.get(ADDRESS_HEADER) ?? '');
}

/** The network a request comes from; undefined where nothing tells. @param proxies `TRUST_PROXY` */
export function addressOf({ headers }: Pick<Request, 'headers'>, proxies: number) {
  const address = clientAddress(headers, proxies);
  return address && networkOf(address);
}

/**
 * Whether a request comes from this machine, by its socket. Outside a web process nobody notes that, and nobody but
 * this machine asks.
 */
export function isFromThisMachine(headers: Headers): boolean {
  const address = headers.get(ADDRESS_HEADER);
  if (address === null) return true;
  const network = networkOf(address);
  return network === networkOf('::1') || /^127\.[\d.]+$/.test(network);
}

/** The headers with the address of the client in {@link ADDRESS_HEADER}. @param proxies `TRUST_PROXY` */
export function withClientAddress(headers: Headers, proxies: number): Headers {
  const told = new Headers(headers);
  const address = clientAddress(headers, proxies);
  if (address === undefined) told.delete(ADDRESS_HEADER);
  else told.set(ADDRESS_HEADER, address);
  return told;
}
