// Secrets that must not appear in logs.
import { inspect } from 'node:util';
import { DrizzleQueryError } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { redact } from './redact';

const LINK = 'Zm9yIGEgdGVzdCBvZiBsaW5rcywgMzIgYnl0ZXMgb2Y';

it.each([
  ['a setting', 'with s3cret-of-ours', 'with [secret]'],
  ['a token', 'got eyJhbGciOi.eyJzdWIi.c2ln-_x', 'got [token]'],
  ['an API key', 'Authorization: Bearer cb_aBcDeFgHiJkLmNoPqRsTuVwX', 'Bearer [key]'],
  ['an invitation', `POST /api/people/welcome/${LINK}: 503`, '/welcome/[link]: 503'],
  ['a link for a password', `https://a.example/password/${LINK}`, '/password/[link]'],
])('removes %s', (_, text, left) => {
  expect(redact(text, { AUTH_SECRET: 's3cret-of-ours' })).toContain(left);
});

it('removes the parameters of a query and keeps the query', () => {
  const cause = new Error('the database is away');
  const error = new DrizzleQueryError('select "id" where "token" = $1', ['iyyZbBh8yClN'], cause);
  const said = redact(inspect(error));
  expect(said).not.toContain('iyyZbBh8yClN');
  expect(said).toContain('select "id" where "token" = $1');
  expect(said).toContain('the database is away');
});

it('leaves other text unchanged', () => {
  const text = 'people/welcome/x: callback_url is not set; cb_ is a prefix';
  expect(redact(text)).toBe(text);
});
