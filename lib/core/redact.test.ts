// Secrets that must not appear in logs.
import { expect, it } from 'vitest';
import type { z } from 'zod';
import { settings } from '@/lib/core/config';
import { redact, secretsOf } from '@/lib/core/redact';

const LINK = 'Zm9yIGEgdGVzdCBvZiBsaW5rcywgMzIgYnl0ZXMgb2Y';
const SECRET = 'hush/hush+"a b"=é';

const redacted = (text: string, env: Record<string, string>) => redact(text, secretsOf(env));

it.each([
  ['a setting', 'with s3cret-of-ours', 'with [secret]'],
  ['a token', 'got eyJhbGciOi.eyJzdWIi.c2ln-_x', 'got [token]'],
  [
    'a token in a URL in a URL',
    'to=x%3Ftoken%3DeyJhbGciOi.eyJzdWIi.c2ln',
    'to=x%3Ftoken%3D[secret]',
  ],
  ['an API key', 'Authorization: Bearer cb_aBcDeFgHiJkLmNoPqRsTuVwX', 'Bearer [key]'],
  ['an encoded API key', 'key%3Dcb_aBcDeFgHiJkLmNoPqRsTuVwX', 'key%3D[key]'],
  ['a sign-up link', `POST /api/people/sign-up/${LINK}: 503`, '/sign-up/[link]: 503'],
  ['one of before 0.2', `GET /welcome/${LINK}: 503`, '/welcome/[link]: 503'],
  ['a link for a password', `https://a.example/password/${LINK}`, '/password/[link]'],
  [
    'an invitation to a call',
    `POST /api/invitations/join-${LINK.slice(0, 22)}: 503`,
    '/[invitation]: ',
  ],
  ['an encoded link', `to=%2fpassword%2F${LINK}`, 'to=%2fpassword%2F[link]'],
  ['a password in a URL', 'to postgres://u:pw@host/db', 'to postgres://[secret]@host/db'],
  ['one with an @', 'to redis://u:p@w@host:6379', 'to redis://[secret]@host:6379'],
  ['a name in a URL', 'https://ghp_1234@host/x', 'https://[secret]@host/x'],
  ['one in an encoded URL', 'https%3A%2F%2Fu%3Apw%40host%2F', 'https%3A%2F%2F[secret]%40host%2F'],
  ['a token in a query', 'GET /rtc?access_token=abc&x=1', 'GET /rtc?access_token=[secret]&x=1'],
  ['a key in a query', 'https://a.example/v1?x=1&key=abc', '?x=1&key=[secret]'],
  ['a header', 'authorization: Basic dXNlcjpwYXNzd29yZA==', 'authorization: Basic [secret]'],
  ['a cookie', 'cookie: a=1; b=2', 'cookie: [secret]'],
  ['a field', '{"x":1,"password":"a\\"b","y":2}', '{"x":1,"password":"[secret]","y":2}'],
  ['a field in a text', '"{\\"apiKey\\":\\"a b\\"}"', '"{\\"apiKey\\":\\"[secret]\\"}"'],
  ['a property', "{ clientSecret: 'a, b', x: 1 }", "{ clientSecret: '[secret]', x: 1 }"],
])('removes %s', (_, text, left) => {
  expect(redacted(text, { AUTH_SECRET: 's3cret-of-ours' })).toContain(left);
});

it.each([
  ['one line', 'params: iyyZbBh8yClN'],
  ['several lines', 'params: a\nthe second line\n\nand the last: iyyZbBh8yClN\n'],
  ['what looks like another query', 'params: a\nparams: b\n    at x (y:1:2)\niyyZbBh8yClN'],
])('removes the parameters of a query: %s', (_, params) => {
  const said = redact(`Failed query: select "id" where "token" = $1\n${params}`, []);
  expect(said).toBe('Failed query: select "id" where "token" = $1\nparams: [left out]');
});

it('leaves other text unchanged', () => {
  for (const text of [
    'people/sign-up/x: callback_url is not set; cb_ is a prefix',
    'select "id" where "token" = $1',
    'invalid token: the signature is wrong',
    'Basic authentication needs a password',
    'https://host.example/a@b?mail=a@b.example',
  ]) {
    expect(redacted(text, {})).toBe(text);
  }
});

const all = Object.values(settings).flatMap((group) => Object.entries<z.ZodType>(group));
const marked = all.flatMap(([name, schema]) => (schema.meta()?.secret ? [name] : []));

it('knows every setting with a secret', () => {
  // A setting that is called like a secret is one, except for the names of keys, and the sites that get tokens.
  const called = all.map(([name]) => name).filter((name) => /SECRET|KEY|TOKEN|PASSWORD/.test(name));
  expect(called.filter((name) => !marked.includes(name))).toEqual([
    'LIVEKIT_API_KEY',
    'LIVEKIT_INFERENCE_API_KEY',
    'TOKEN_ORIGINS',
  ]);
  expect(marked).toEqual(expect.arrayContaining(['DATABASE_URL', 'MCP_SERVERS']));
});

/** The ways in which a secret appears in errors: as it is, in a URL, and in JSON, also as Go writes it. */
const FORMS: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  encodeURIComponent,
  (secret) => encodeURIComponent(encodeURIComponent(secret)),
  (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  (secret) => `${new URLSearchParams({ x: secret })}`.slice(2),
  (secret) => JSON.stringify(secret).slice(1, -1),
  (secret) => JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
  (secret) =>
    secret.replace(/[^a-z]/g, (a) => `\\u${a.charCodeAt(0).toString(16).padStart(4, '0')}`),
];

const OTHERS = [
  'MCP_SERVERS_FRONT_DESK',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
  'PGPASSWORD',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LETTA_SERVER_PASS',
];

it.each([...marked, ...OTHERS])('removes the value of %s in every form', (name) => {
  for (const form of FORMS)
    expect(redacted(`<${form(SECRET)}>`, { [name]: SECRET })).toBe('<[secret]>');
});

it.each([
  ['OTEL_EXPORTER_OTLP_HEADERS', 'x-team=long-enough,Authorization=Bearer%20hush-hush-hush'],
  ['OTEL_EXPORTER_OTLP_LOGS_HEADERS', 'authorization=hush-hush-hush'],
  ['MCP_SERVERS', 'https://a.example/mcp,https://b.example/s/hush-hush-hush-hush/mcp'],
  ['MCP_SERVERS', 'https://a.example/mcp?k=hush-hush-hush-hush'],
  ['MCP_SERVERS_FRONT_DESK', '[{"url":"https://a.example","headers":{"x":"hush-hush-hush"}}]'],
  ['DATABASE_URL', 'postgres://u:hush-hush-hush@host/db'],
  ['DATABASE_URL', 'postgres://u:hush%2Dhush%2Dhush@host/db'],
  ['DATABASE_URL', 'postgres://u:hush-hush-hush@/db?host=/cloudsql/project:region:name'],
  ['REDIS_URL', 'rediss://:hush-hush-hush@host:6379'],
  ['LETTA_URL', 'https://u:hush-hush-hush@letta.example'],
  ['LLM_URL', 'https://llm.example/v1?api-key=hush-hush-hush'],
  ['OIDC_ISSUER', 'https://u:hush-hush-hush@login.example'],
  ['EGRESS_S3_ENDPOINT', 'https://u:hush-hush-hush@storage.example'],
  ['LIVEKIT_KEYS', 'APIname: hush-hush-hush'],
])('removes the secret in %s alone', (name, value) => {
  expect(redacted('with hush-hush-hush in it', { [name]: value })).not.toMatch(
    value.includes('hush-hush-hush-hush') ? /hush-hush-hush-hush/ : /hush/,
  );
  expect(redacted('with hush-hush-hush-hush in it', { [name]: value })).not.toContain(
    'hush-hush-hush',
  );
});

it('keeps names and addresses', () => {
  const env = {
    OTEL_EXPORTER_OTLP_HEADERS: 'x-honeycomb-team=hush-hush-hush',
    DATABASE_URL:
      'postgres://callboard:hush-hush-hush@database.example/callboard?sslmode=verify-full',
    LIVEKIT_URL: 'wss://livekit.example',
    LIVEKIT_API_KEY: 'APIlong-enough',
    AUTH: 'required',
  };
  const text =
    'x-honeycomb-team callboard database.example verify-full livekit.example APIlong-enough required';
  expect(redacted(text, env)).toBe(text);
});

it('knows the values that must not appear in output', () => {
  const secrets = { EGRESS_S3_SECRET: 'a'.repeat(20), LLM_KEY: 'b'.repeat(20) };
  const more = { LIVEKIT_API_KEY: 'APIlocal', LOG_LEVEL: 'verbose-one', ANY_KEY: '1' };
  expect(secretsOf({ ...secrets, ...more })).toEqual(Object.values(secrets));
});
