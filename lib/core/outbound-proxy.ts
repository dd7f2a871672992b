// The proxy variables of the environment, as companies set them (`HTTPS_PROXY` and others). LiveKit's native client uses
// them for every connection, also for 127.0.0.1, and does not read `NO_PROXY` for its signalling connection.
import { BlockList, isIP } from 'node:net';
import { parseUrl } from './addresses';
import { isLoopback } from './sign-in-mode';

type Env = Readonly<Record<string, string | undefined>>;

/** Names of the variables; programs read them in lower case too. */
const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'];
const SECURE = new Set(['https:', 'wss:']);

const bothCases = (name: string) => [name.toLowerCase(), name];

/** The first of these variables that is set. */
const setIn = (env: Env, ...names: readonly string[]) =>
  names.flatMap(bothCases).find((name) => env[name]);

/** Entries of `NO_PROXY`. */
const exceptions = (env: Env): string[] =>
  bothCases('NO_PROXY').flatMap((name) => env[name]?.split(/[\s,]+/).filter(Boolean) ?? []);

/** Whether an entry of `NO_PROXY` covers a host: a name with its subdomains, an address, a network, or `*`. */
function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [network = '', bits] = entry.split('/');
  if (bits !== undefined) {
    const kind = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    if (!isIP(network) || !isIP(host) || !/^\d{1,3}$/.test(bits)) return false;
    if (Number(bits) > (kind === 'ipv6' ? 128 : 32)) return false;
    const list = new BlockList();
    list.addSubnet(network, Number(bits), kind);
    return list.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
  }
  const [, bare = entry, only] =
    /^\[?(.*?)\]?(?::(\d+))?$/.exec(isIP(entry) ? `[${entry}]` : entry) ?? [];
  if (only && only !== port) return false;
  const name = bare.replace(/^\*?\./, '').toLowerCase();
  return name !== '' && (host === name || host.endsWith(`.${name}`));
}

/** Whether connections to a URL need no proxy: it is on this machine, or `NO_PROXY` names it. */
export function isDirect(url: string, env: Env): boolean {
  const parsed = parseUrl(url);
  if (!parsed) return false;
  const { hostname, port, protocol } = parsed;
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (isLoopback(host) || host === '0.0.0.0' || host === '::') return true;
  const actual = port || (SECURE.has(protocol) ? '443' : '80');
  return exceptions(env).some((entry) => covers(entry, host, actual));
}

/**
 * Name of the variable whose proxy LiveKit's client uses for a server that is not {@link isDirect direct}; undefined if it
 * uses none.
 */
export function proxyVariable(url: string, env: Env): string | undefined {
  const parsed = parseUrl(url);
  if (!parsed || isDirect(url, env)) return undefined;
  return setIn(env, SECURE.has(parsed.protocol) ? 'HTTPS_PROXY' : 'HTTP_PROXY');
}

/**
 * `NO_PROXY` with this machine's hosts, for processes that reach each other there; empty if no proxy is set. Node uses
 * proxies with `NODE_USE_ENV_PROXY`, and only `NO_PROXY` keeps it from using them for 127.0.0.1.
 */
export function noProxyFor(host: string, env: Env): Record<string, string> {
  if (!setIn(env, ...NAMES)) return {};
  const own = ['localhost', '127.0.0.1', '::1', host];
  const entries = [...new Set([...exceptions(env), ...own])].join(',');
  return Object.fromEntries(bothCases('NO_PROXY').map((name) => [name, entries]));
}

/**
 * Removes the variables from this process, if LiveKit's client should connect to a server without a proxy. It reads them at
 * each connection; Node has read them at its start, so Node's own requests still use the proxy. Child processes inherit the
 * removal.
 * @param url the LiveKit server
 */
export function withholdProxy(
  url: string,
  env: Record<string, string | undefined> = process.env,
): void {
  if (!isDirect(url, env)) return;
  for (const name of NAMES.flatMap(bothCases)) delete env[name];
}
