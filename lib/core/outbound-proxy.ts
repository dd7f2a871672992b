// The proxy variables of the environment, as companies set them (`HTTPS_PROXY` and others). LiveKit's native client uses
// them for every connection, also for 127.0.0.1, and does not read `NO_PROXY` for its signalling connection.
import { BlockList, isIP } from 'node:net';
import { parseUrl } from '@/lib/core/addresses';
import { isLoopback } from '@/lib/core/sign-in-mode';

type Env = Readonly<Record<string, string | undefined>>;

/** Names of the variables; programs read them in lower case too. */
const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'];
const SECURE = new Set(['https:', 'wss:']);

/** LiveKit's client takes the first one that is set. */
const bothCases = (name: string) => [name, name.toLowerCase()];

/** The first of these variables that is set. */
const setIn = (env: Env, ...names: readonly string[]) =>
  names.flatMap(bothCases).find((name) => env[name]);

/** A proxy may be written without its scheme, as for curl. LiveKit's client and Node take none without it. */
const withScheme = (proxy: string) => (proxy.includes('://') ? proxy : `http://${proxy}`);

/** The variables in the form with a scheme. */
const completed = (env: Env): Record<string, string> =>
  Object.fromEntries(
    NAMES.flatMap(bothCases).flatMap((name) => {
      const proxy = env[name]?.trim();
      return proxy ? [[name, withScheme(proxy)]] : [];
    }),
  );

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

interface Proxies {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
}

/** The proxies for downloads: those of the environment, or of npm's settings, which npm passes to what it runs. */
export function downloadProxies(env: Env): Proxies {
  const { npm_config_proxy: npm, npm_config_https_proxy: npmSecure } = env;
  const of = (name: string) => env[setIn(env, name) ?? ''];
  const plain = of('HTTP_PROXY') || npm;
  const secure = of('HTTPS_PROXY') || npmSecure || plain;
  return {
    ...(plain && { httpProxy: withScheme(plain) }),
    ...(secure && { httpsProxy: withScheme(secure) }),
  };
}

/**
 * The proxy variables for processes that reach each other on this machine: proxies with a scheme, and `NO_PROXY` with this
 * machine's hosts; empty if no proxy is set. Node uses proxies with `NODE_USE_ENV_PROXY`, and only `NO_PROXY` keeps it from
 * using them for 127.0.0.1.
 */
export function proxySettings(host: string, env: Env): Record<string, string> {
  if (!setIn(env, ...NAMES)) return {};
  const own = ['localhost', '127.0.0.1', '::1', host];
  const entries = [...new Set([...exceptions(env), ...own])].join(',');
  const direct = bothCases('NO_PROXY').map((name) => [name, entries]);
  return { ...completed(env), ...Object.fromEntries(direct) };
}

/**
 * Prepares the variables of this process for LiveKit's client: removes them if it should connect to a server without a proxy,
 * else completes them. It reads them at each connection; Node has read them at its start, so Node's own requests still use
 * the proxy. Child processes inherit the change.
 * @param url the LiveKit server
 */
export function withholdProxy(
  url: string,
  env: Record<string, string | undefined> = process.env,
): void {
  if (!isDirect(url, env)) Object.assign(env, completed(env));
  else for (const name of NAMES.flatMap(bothCases)) delete env[name];
}
