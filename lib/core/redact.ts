// Keeps secrets out of logs: an error's text may contain anything, so it is cleaned before it is logged.

/** A JSON Web Token: three base64url parts. */
const JWT = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;
/** An API key (`KEY_PREFIX` in `lib/auth/auth.ts`). */
const API_KEY = /\bcb_\w{20,}/g;
/** A sign-in link, whose last part is 256 bits as base64url. */
const LINK = /(\/(?:welcome|password)\/)[\w-]{43}/g;
/** Parameters of a query in drizzle's errors, which include sessions and hashes. */
const PARAMS = /^params: .*$|\bparams: \[[^\]]*\]/gm;
/** Names of settings with secret values. */
const SECRET_NAME = /(_SECRET|_KEY|_TOKEN|_PASSWORD|DATABASE_URL)$/;
/** Minimum length of a secret to replace: shorter values are too common as text. */
const SECRET_MIN = 8;

/** `text` without tokens, keys, sign-in links, and the values of secret settings in `env`. */
export function redact(
  text: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const secrets = Object.entries(env).flatMap(([name, value]) =>
    SECRET_NAME.test(name) && value && value.length >= SECRET_MIN ? [value] : [],
  );
  return secrets
    .sort((a, b) => b.length - a.length)
    .reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text)
    .replace(JWT, '[token]')
    .replace(API_KEY, '[key]')
    .replace(LINK, '$1[link]')
    .replace(PARAMS, 'params: [left out]');
}
