// Whether users have to sign in, and whether the settings for that are complete. Pure. On loopback nobody has
// to, because the user of the machine is its admin. Beyond loopback the product does not start without sign-in.
import { parseUrl, readHost } from '@/lib/core/addresses';

/** Minimum length of the secret that signs cookies: 256 bits are 64 characters as hexadecimal, 44 as base64. */
const SECRET_MIN = 32;

type Env = Readonly<Record<string, string | undefined>>;

/** Whether a host name or address is a loopback one. */
export function isLoopback(host: string): boolean {
  const bare = readHost(host) ?? host;
  return (
    bare === 'localhost' ||
    bare.endsWith('.localhost') ||
    bare === '::1' ||
    /^127(\.\d{1,3}){3}$/.test(bare)
  );
}

const isHttps = (url: string) => /^\s*https:/i.test(url);

/** Whether a URL leads to loopback; also true for an invalid one. */
export function namesLoopback(url: string): boolean {
  const hostname = parseUrl(url)?.hostname;
  return hostname === undefined || isLoopback(hostname);
}

/** Why users have to sign in to this web process; undefined if nobody has to. */
export function whySignIn(env: Env): string | undefined {
  const { AUTH, HOST, PUBLIC_URL, CALLBOARD_URL } = env;
  if (AUTH) return `AUTH is ${AUTH}`;
  if (HOST && !isLoopback(HOST)) return `HOST is ${HOST}, which is not a loopback address`;
  if (PUBLIC_URL) return 'PUBLIC_URL is set';
  if (CALLBOARD_URL && !namesLoopback(CALLBOARD_URL)) return `CALLBOARD_URL is ${CALLBOARD_URL}`;
  return undefined;
}

/**
 * Whether the browser used a loopback host name, rather than another name that resolves to this machine. A proxy may
 * change the name in `Host`, but the browser's page has it too.
 */
export function isCalledLoopback(headers: Headers): boolean {
  const names = ['host', 'x-forwarded-host'].map((name) => headers.get(name));
  // The page of another site may link to this one.
  const isLink = ['cross-site', 'same-site'].includes(headers.get('sec-fetch-site') ?? '');
  const pages = [headers.get('origin'), isLink ? null : headers.get('referer')];
  const urls = [...names.map((name) => name && `http://${name}`), ...pages];
  return urls.every((url) => url === null || (parseUrl(url) !== undefined && namesLoopback(url)));
}

/**
 * Problems with the sign-in settings, one line each; none if nobody has to sign in.
 * @param env environment of the web process
 */
export function signInProblems(env: Env): readonly string[] {
  const why = whySignIn(env);
  if (why === undefined) return [];
  const { AUTH_SECRET = '', PUBLIC_URL } = env;
  const problems: string[] = [];
  if (AUTH_SECRET.length < SECRET_MIN) {
    const how = 'for example from openssl rand -base64 32';
    problems.push(
      `AUTH_SECRET must have at least ${SECRET_MIN} characters (${how}), because sign-in is required: ${why}`,
    );
  }
  if (!PUBLIC_URL) {
    const what = 'the URL of the page for browsers, such as https://calls.example.com';
    problems.push(`PUBLIC_URL must be ${what}, because sign-in is required: ${why}`);
  } else if (!isHttps(PUBLIC_URL) && !namesLoopback(PUBLIC_URL)) {
    problems.push(
      'PUBLIC_URL must begin with https://: without it browsers deny the microphone, and anybody on the ' +
        'network path can read cookies',
    );
  }
  const { OIDC_ISSUER } = env;
  if (OIDC_ISSUER && !isHttps(OIDC_ISSUER) && !namesLoopback(OIDC_ISSUER)) {
    problems.push(
      'OIDC_ISSUER must begin with https://: otherwise anybody on the network path could sign in as any user',
    );
  }
  const oidc = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'];
  const missing = oidc.filter((name) => !env[name]);
  if (missing.length > 0 && missing.length < oidc.length) {
    problems.push(`${missing.join(' and ')} must be set too, for sign-in with OIDC`);
  }
  return problems;
}

/** The names in `PUBLIC_AGENTS`. */
export const namesOfPublic = ({
  PUBLIC_AGENTS = '',
}: {
  PUBLIC_AGENTS?: string | undefined;
}): readonly string[] =>
  PUBLIC_AGENTS.split(',')
    .map((name) => name.trim())
    .filter(Boolean);
