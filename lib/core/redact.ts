// Keeps secrets out of logs: an error's text may contain anything, so it is cleaned before it is logged.

import type { z } from 'zod';
import { parseUrl } from '@/lib/core/addresses';
import { settings } from '@/lib/core/config';
import { decoded } from '@/lib/core/path-segment';

type Env = Readonly<Record<string, string | undefined>>;

/** Minimum length of a secret to replace: shorter values are too common as text. */
const SECRET_MIN = 8;
/** Minimum length of a part of a URL that is taken for a key whatever its name is. */
const KEY_MIN = 16;

/** By name, whether one of our settings has a secret value: `secret` in its description. */
const OURS = new Map(
  Object.values(settings)
    .flatMap((group) => Object.entries<z.ZodType>(group))
    .map(([name, schema]) => [name, schema.meta()?.secret === true]),
);
const SECRET_PREFIXES = [...OURS].flatMap(([name, secret]) => (secret ? [`${name}_`] : []));

/** Settings of other programs, such as PGPASSWORD, AWS_SECRET_ACCESS_KEY and OTEL_EXPORTER_OTLP_HEADERS. */
const OTHERS =
  /SECRET|PASSWORD|PASSWD|PASSPHRASE|TOKEN|CREDENTIAL|COOKIE|HEADERS|(^|_)(KEYS?|PASS|PAT|DSN)$/i;

/** Whether a setting has a secret value. Settings for one agent are like the one for all: `MCP_SERVERS_FRONT_DESK`. */
export const isSecret = (name: string) =>
  OURS.get(name) ??
  (SECRET_PREFIXES.some((prefix) => name.startsWith(prefix)) || OTHERS.test(name));

/** What a field or a parameter with a secret is called. */
const NAMES =
  'token|secret|passw(?:or)?d|passphrase|pwd|credential|signature|api[_-]?key|access[_-]?key|private[_-]?key';
const SECRET_PARAMETER = new RegExp(`${NAMES}|^(key|code|sig|auth|pass)$`, 'i');

/** The texts in a JSON document; undefined if `value` is none. */
function textsIn(value: string): string[] | undefined {
  if (!/^\s*[[{]/.test(value)) return undefined;
  const texts: string[] = [];
  try {
    JSON.parse(value, (_, one) => (typeof one === 'string' ? texts.push(one) : one));
  } catch {
    // It only looks like JSON.
    return undefined;
  }
  return texts;
}

/** The secret parts of a URL; with `all`, also each part that may be a key by its length. */
function secretsInUrl(text: string, all: boolean): string[] {
  if (!text.includes('://')) return [];
  const url = parseUrl(text);
  if (!url) {
    // One without a host, or with a password that is not encoded.
    const password = /^[\w+.-]+:\/\/[^:/@]*:(.*)@/s.exec(text)?.[1] ?? '';
    return [password, decoded(password)];
  }
  const { password, searchParams, pathname } = url;
  const parameters = [...searchParams].flatMap(([name, value]) =>
    SECRET_PARAMETER.test(name) || (all && value.length >= KEY_MIN) ? [value] : [],
  );
  const folders = all ? pathname.split('/').filter((one) => one.length >= KEY_MIN) : [];
  return [password, ...parameters, ...folders].flatMap((one) => [one, decoded(one)]);
}

/** The secrets in a setting's value, which may be a list (`name=value,…`), a document, a header (`Bearer …`) or a URL. */
function secretsIn(value: string, secret: boolean): string[] {
  const texts = textsIn(value);
  if (texts) return texts.flatMap((text) => secretsIn(text, secret));
  const items = value.split(',').map((item) => item.trim());
  const urls = [value, ...items].flatMap((item) => secretsInUrl(item, secret));
  if (!secret) return urls;
  const named = items.flatMap((item) => /^[\w-]+\s*[=:]\s*(.*)$/.exec(item)?.[1] ?? []);
  const lists = items.some((item) => /^[\w-]+\s*=/.test(item)) ? named : items;
  const words = lists.flatMap((item) => [item, decoded(item)]).flatMap((item) => item.split(/\s+/));
  return [value, ...lists, ...words, ...urls];
}

/** All secrets in the settings, as they must not appear in output. The longest is first. */
export const secretsOf = (env: Env): string[] =>
  [
    ...new Set(
      Object.entries(env).flatMap(([name, value]) => secretsIn(value ?? '', isSecret(name))),
    ),
  ]
    .filter((secret) => secret.length >= SECRET_MIN)
    .sort((a, b) => b.length - a.length);

/** A pattern of hexadecimal digits in either case. */
const hex = (digits: string) => digits.replace(/[a-f]/g, (a) => `[${a}${a.toUpperCase()}]`);

/** A pattern of a secret as it is, and as it appears in URLs and JSON. */
function anyForm(secret: string): string {
  return Array.from(secret, (char) => {
    if (/[a-z0-9]/i.test(char)) return char;
    const plain = char.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
    const bytes = Array.from(Buffer.from(char), (byte) => byte.toString(16).padStart(2, '0'));
    const percent = bytes.map((byte) => `%(?:25)*${hex(byte)}`).join('');
    const units = Array.from({ length: char.length }, (_, at) => char.charCodeAt(at));
    const unicode = units.map((unit) => `\\\\u${hex(unit.toString(16).padStart(4, '0'))}`).join('');
    return `(?:\\\\{0,3}${plain}|${percent}|${unicode}${char === ' ' ? '|\\+' : ''})`;
  }).join('');
}

const patterns = new WeakMap<readonly string[], RegExp>();

/** The pattern of any of these secrets. Output of other processes has many lines and the same secrets, so it is kept. */
function patternOf(secrets: readonly string[]): RegExp {
  const pattern = patterns.get(secrets) ?? new RegExp(secrets.map(anyForm).join('|'), 'g');
  patterns.set(secrets, pattern);
  return pattern;
}

/** Parameters of a query end drizzle's messages. They are anything, and so may have any number of lines. */
const PARAMETERS = /\bparams: [\s\S]*/g;
/**
 * A link with which somebody signs in, whose last part is 256 bits as base64url. Sign-up links of before 0.2, which had
 * `welcome`, are redirected for one release (`next.config.ts`).
 */
const LINK = /((?:\/|%2F)(?:sign-up|welcome|password)(?:\/|%2F))[\w-]{43}/gi;
/** The id of an invitation to a call, which admits whoever has it (`lib/dispatch/invitations.ts`). */
const INVITATION = /join-[\w-]{22}/g;
/** Credentials that are recognized by how they look, with what is left of them. */
const CREDENTIALS: readonly (readonly [RegExp, string])[] = [
  // A JSON Web Token: three base64url parts. It starts a word, so that a long text is searched once.
  [/(?<=^|[^\w-]|%[\dA-Fa-f]{2})eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]'],
  // An API key (`KEY_PREFIX` in `lib/auth/auth.ts`).
  [/cb_\w{20,}/g, '[key]'],
  // The name and the password in a URL.
  [/((?::|%3A)(?:\\?\/|%2F){2})(?:(?!%2F|%3F|%23)[^\s/?#"'<>]){1,500}(@|%40)/gi, '$1[secret]$2'],
  [/\b(Bearer|Basic)(\s+|%20)[\w.~+/=%-]{16,}/gi, '$1$2[secret]'],
  [/\b((?:set-)?cookie["']?: ?["']?)[^"'\\\r\n]+/gi, '$1[secret]'],
  // A field of a document, or of an object as Node prints it.
  [
    new RegExp(
      `((?:${NAMES})[\\w-]{0,40}\\\\?["']?\\s{0,3}[:=]\\s{0,3})(\\\\?["'])(?:(?!\\2)(?:\\\\[\\s\\S]|[^\\\\]))*`,
      'gi',
    ),
    '$1$2[secret]',
  ],
  // A parameter of a URL or a form.
  [
    new RegExp(
      `((?:(?:${NAMES})[\\w-]{0,40}|(?:[?&]|%3F|%26)(?:key|code|sig|auth|pass))(?:=|%3D))(?:(?!%26)[^\\s&#"'\\\\,;<>()])+`,
      'gi',
    ),
    '$1[secret]',
  ],
];

/** `text` without these secrets, and without tokens, keys and passwords. A JSON document remains one. */
export function withoutCredentials(text: string, secrets: readonly string[]): string {
  const known = secrets.length > 0 ? text.replace(patternOf(secrets), '[secret]') : text;
  return CREDENTIALS.reduce((clean, [pattern, left]) => clean.replace(pattern, left), known);
}

/** `text` without secrets of the settings, credentials, sign-in links, and parameters of queries. */
export function redact(text: string, secrets: readonly string[] = secretsOf(process.env)): string {
  const cleaned = text
    .replace(PARAMETERS, 'params: [left out]')
    .replace(LINK, '$1[link]')
    .replace(INVITATION, '[invitation]');
  return withoutCredentials(cleaned, secrets);
}
