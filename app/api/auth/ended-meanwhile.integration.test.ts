// A new password ends also the access of requests that are being handled at that moment with the old one.

import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { server } from '@/lib/server';
import { cookiesOf, endSignIn, PASSWORD, requireSignIn, signUp } from '@/lib/testing/accounts';
import { allRows } from '@/lib/testing/all-rows';
import type { TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { softwarePasskey } from '@/lib/testing/passkey';

const WEB = 'http://localhost:3000';
const NEW = 'another sentence, long enough';

let database: TestDatabase;
let email: string;
/** Cookies of an intruder's session. */
let cookie: string;
let people = 0;

beforeAll(async () => {
  database = await testDatabase();
  requireSignIn(database);
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
beforeEach(async () => {
  people += 1;
  email = `person-${people}@example.com`;
  cookie = await signUp('developer', email);
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => endSignIn(database));

async function auth(method: 'GET' | 'POST', path: string, body?: unknown, cookies = '') {
  const route = await import('@/app/api/auth/[...all]/route');
  const request = new Request(`${WEB}/api/auth${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(cookies && { cookie: cookies, origin: WEB, host: 'localhost:3000' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return route[method](request, { params: Promise.resolve({ all: path.slice(1).split('/') }) });
}

const context = async () =>
  (await import('@/lib/auth/auth')).withAuth(server(), async ({ $context }) => $context);
const account = async () => {
  const { visitorOf } = await import('@/lib/auth/visitor');
  return (await visitorOf(server(), new Headers({ cookie }))).account ?? '';
};
const rowsOf = async (table: string, id: string) =>
  ((await allRows()).get(table) ?? []).filter((row) => Object.values(row).includes(id));

/** The owner sets a new password with an admin's link. */
async function newPassword(id: string): Promise<void> {
  const { makePasswordLink, setPassword } = await import('@/lib/auth/people');
  const { link } = await makePasswordLink(server(), id, Date.now());
  await setPassword(server(), link, { password: NEW }, new Headers());
}

/** Calls `before` when `name` is called for the first time. */
function whenCalled<K extends string>(
  object: { [key in K]: unknown },
  name: K,
  before: () => Promise<void>,
): void {
  const own = object as Record<K, (...given: unknown[]) => Promise<unknown>>;
  const real = own[name];
  own[name] = async (...given) => {
    own[name] = real;
    await before();
    return real.apply(object, given);
  };
}

it('ends a sign-in with the old password', async () => {
  const id = await account();
  const { internalAdapter } = await context();
  whenCalled(internalAdapter, 'createSession', () => newPassword(id));
  const answer = await auth('POST', '/sign-in/email', { email, password: PASSWORD });
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []]);
  // That of the owner, who has set it.
  expect(await rowsOf('account_sessions', id)).toHaveLength(1);
});

it('ends a sign-in with a passkey that is deleted', async () => {
  const id = await account();
  const passkey = softwarePasskey(WEB);
  const options = await auth('GET', '/passkey/generate-register-options', undefined, cookie);
  const made = { response: passkey.register(await options.json()) };
  const cookies = `${cookie}; ${cookiesOf(options)}`;
  expect((await auth('POST', '/passkey/verify-registration', made, cookies)).status).toBe(200);
  const begun = await auth('GET', '/passkey/generate-authenticate-options');
  const { internalAdapter } = await context();
  whenCalled(internalAdapter, 'createSession', () => newPassword(id));
  const shown = { response: passkey.signIn(await begun.json()) };
  const answer = await auth('POST', '/passkey/verify-authentication', shown, cookiesOf(begun));
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []]);
  expect(await rowsOf('account_sessions', id)).toHaveLength(1);
});

it('changes the password of an intruder no more', async () => {
  const id = await account();
  const { password } = await context();
  whenCalled(password, 'verify', () => newPassword(id));
  const change = { currentPassword: PASSWORD, newPassword: 'a sentence of the intruder' };
  expect((await auth('POST', '/change-password', change, cookie)).status).toBe(400);
  expect((await auth('POST', '/sign-in/email', { email, password: NEW })).status).toBe(200);
});

it('deletes a passkey and a key that are being made', async () => {
  const id = await account();
  const { withAuth } = await import('@/lib/auth/auth');
  const { api } = await withAuth(server(), async (one) => one);
  whenCalled(api, 'createApiKey', () => newPassword(id));
  const { POST } = await import('@/app/api/account/keys/route');
  const answer = await POST(
    new Request(`${WEB}/api/account/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ name: 'way back', rights: ['watch'] }),
    }),
    { params: Promise.resolve({}) },
  );
  expect([answer.status, await rowsOf('account_keys', id)]).toEqual([401, []]);

  const again = cookiesOf(await auth('POST', '/sign-in/email', { email, password: NEW }));
  const options = await auth('GET', '/passkey/generate-register-options', undefined, again);
  const { adapter } = await context();
  whenCalled(adapter, 'create', () => newPassword(id));
  const response = softwarePasskey(WEB).register(await options.json());
  const cookies = `${again}; ${cookiesOf(options)}`;
  const made = await auth('POST', '/passkey/verify-registration', { response }, cookies);
  expect([made.status, await rowsOf('account_passkeys', id)]).toEqual([401, []]);
});
