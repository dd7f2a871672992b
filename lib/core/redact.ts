// Keeps secrets out of what is logged: an error's text comes from anywhere, so it is cleaned where
// it leaves the process.

/** A signed token, in three base64url parts. */
const JWT = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;
/** An API key (`KEY_PREFIX` in `accounts/auth.ts`). */
const API_KEY = /\bcb_\w{20,}/g;
/** A link that lets somebody in, whose last part is 256 bits as base64url. */
const LINK = /(\/(?:welcome|password)\/)[\w-]{43}/g;
/** What a query was asked with, as drizzle's errors say it: sessions and hashes are among it. */
const PARAMS = /^params: .*$|\bparams: \[[^\]]*\]/gm;
/** Names of settings whose values are secret. */
const SECRET_NAME = /(_SECRET|_KEY|_TOKEN|_PASSWORD|DATABASE_URL)$/;
/** Characters below which a secret's value is too common a string to be replaced. */
const SECRET_MIN = 8;

/** `text` without tokens, keys, links that let in, and the values of secret settings in `env`. */
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
