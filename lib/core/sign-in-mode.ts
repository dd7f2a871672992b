// Whether people have to sign in, and whether what that takes is set. Pure. On loopback nobody has to:
// whoever sits at the machine is its admin. Beyond it nothing starts without sign-in.
import type { Config } from './config';

/** Lowest length of the secret that signs cookies: 256 bits as hexadecimal are 64, as base64 44. */
const SECRET_MIN = 32;

type Env = Readonly<Record<string, string | undefined>>;

/** Whether an address listens on, or names, this machine alone. */
function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  return (
    bare === 'localhost' ||
    bare.endsWith('.localhost') ||
    bare === '::1' ||
    /^127(\.\d{1,3}){3}$/.test(bare)
  );
}

/** Whether an address leads to this machine alone; so does one that cannot be read. */
export const namesLoopback = (url: string) =>
  !URL.canParse(url) || isLoopback(new URL(url).hostname);

/** Why people have to sign in at this web process; undefined where nobody has to. */
export function whySignIn(env: Env): string | undefined {
  const { AUTH, HOST, PUBLIC_URL, CALLBOARD_URL } = env;
  if (AUTH) return `AUTH is ${AUTH}`;
  if (HOST && !isLoopback(HOST)) return `HOST is ${HOST}, which is not this machine alone`;
  if (PUBLIC_URL) return 'PUBLIC_URL is set';
  if (CALLBOARD_URL && !namesLoopback(CALLBOARD_URL)) return `CALLBOARD_URL is ${CALLBOARD_URL}`;
  return undefined;
}

/** Whether this visitor's browser calls the server by a name of this machine, not by one led to it. */
export function isCalledLoopback(headers: Headers): boolean {
  const names = [headers.get('host'), headers.get('x-forwarded-host')];
  return names.every(
    (name) => name === null || (URL.canParse(`http://${name}`) && namesLoopback(`http://${name}`)),
  );
}

/**
 * What is missing for sign-in, one line each; nothing where nobody has to sign in.
 * @param env as the web process has it
 */
export function signInProblems(env: Env): readonly string[] {
  const why = whySignIn(env);
  if (why === undefined) return [];
  const { AUTH_SECRET = '', PUBLIC_URL } = env;
  const problems: string[] = [];
  if (AUTH_SECRET.length < SECRET_MIN) {
    const how = 'openssl rand -base64 32 makes one';
    problems.push(
      `AUTH_SECRET must have at least ${SECRET_MIN} characters (${how}), for people must sign in: ${why}`,
    );
  }
  if (!PUBLIC_URL) {
    const what = 'the address of the page as browsers reach it, such as https://calls.example.com';
    problems.push(`PUBLIC_URL must be ${what}, for people must sign in: ${why}`);
  } else if (!PUBLIC_URL.startsWith('https:') && !namesLoopback(PUBLIC_URL)) {
    problems.push(
      'PUBLIC_URL must begin with https://: without it browsers give no microphone, and everybody on ' +
        'the way can read cookies',
    );
  }
  const { OIDC_ISSUER } = env;
  if (OIDC_ISSUER && !OIDC_ISSUER.startsWith('https:') && !namesLoopback(OIDC_ISSUER)) {
    problems.push(
      'OIDC_ISSUER must begin with https://: whoever is on the way could sign in as anybody',
    );
  }
  const oidc = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'];
  const missing = oidc.filter((name) => !env[name]);
  if (missing.length > 0 && missing.length < oidc.length) {
    problems.push(`${missing.join(' and ')} must be set too, for sign-in by OIDC`);
  }
  return problems;
}

/** Names of agents that a stranger may call, on production. */
export const publicAgents = ({ PUBLIC_AGENTS }: Pick<Config, 'PUBLIC_AGENTS'>): readonly string[] =>
  (PUBLIC_AGENTS ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
