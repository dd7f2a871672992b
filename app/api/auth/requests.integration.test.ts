// What reaches better-auth: only the requests of our pages. Anonymous visitors store little, however often and from wherever
// they ask, and invalid requests are problem documents, never server errors.

import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { server } from '@/lib/server';
import { cookiesOf, PASSWORD, requireSignIn, signUp } from '@/lib/testing/accounts';
import { allRows } from '@/lib/testing/all-rows';
import type { TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { CLIENT, startProvider, type TestProvider } from '@/lib/testing/oidc-provider';
import { softwarePasskey } from '@/lib/testing/passkey';
import { endServer } from '@/lib/testing/server';

const WEB = 'http://localhost:3000';
/** Begun sign-ins from an address in a minute. */
const BEGINS = 10;

let database: TestDatabase;
let provider: TestProvider;
let session: string;
let said: string[];
let addresses = 0;

beforeAll(async () => {
  [database, provider] = await Promise.all([
    testDatabase(),
    startProvider({}, `${WEB}/api/auth/oauth2/callback/oidc`),
  ]);
  requireSignIn(database, {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
  });
  session = await signUp('admin');
});
afterAll(async () => {
  await endServer();
  await Promise.all([database.remove(), provider.close()]);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});
beforeEach(() => {
  said = [];
  vi.spyOn(console, 'error').mockImplementation((...words) => void said.push(words.join(' ')));
});

interface Asked {
  readonly cookie?: string;
  readonly from?: string;
}

async function ask(method: 'GET' | 'POST', path: string, body?: unknown, asked: Asked = {}) {
  addresses += 1;
  const { cookie, from = `10.2.${addresses >> 8}.${addresses & 255}` } = asked;
  const route = await import('@/app/api/auth/[...all]/route');
  const request = new Request(`${WEB}/api/auth${path}`, {
    method,
    headers: {
      'callboard-address': from,
      ...(method === 'POST' && { 'content-type': 'application/json' }),
      ...(cookie && { cookie, origin: WEB, host: 'localhost:3000' }),
    },
    ...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const all = new URL(request.url).pathname.split('/').slice(3);
  return route[method](request, { params: Promise.resolve({ all }) });
}

/** Checks that it is a problem document with this status. */
async function expectProblem(answer: Response, status: number, about: string): Promise<void> {
  const type = answer.headers.get('content-type');
  expect([about, answer.status, type]).toEqual([about, status, 'application/problem+json']);
  expect(await answer.json()).toMatchObject({ status, type: expect.stringContaining('urn:') });
}

const pending = async () => (await allRows()).get('account_verifications') ?? [];
const TO_PROVIDER = {
  providerId: 'oidc',
  callbackURL: '/calls',
  errorCallbackURL: '/sign-in?next=%2Fcalls',
};
const LONG = 'x'.repeat(60_000);

it.each<[string, string, unknown]>([
  ['additional data', '/sign-in/oauth2', { ...TO_PROVIDER, additionalData: { a: 'x' } }],
  ['scopes', '/sign-in/oauth2', { ...TO_PROVIDER, scopes: ['openid', 'x'] }],
  ['another page for new users', '/sign-in/oauth2', { ...TO_PROVIDER, newUserCallbackURL: '/' }],
  ['a request to sign up', '/sign-in/oauth2', { ...TO_PROVIDER, requestSignUp: true }],
  ['another provider', '/sign-in/oauth2', { ...TO_PROVIDER, providerId: 'x' }],
  ['another site', '/sign-in/oauth2', { ...TO_PROVIDER, callbackURL: '//evil.example' }],
  ['another page', '/sign-in/oauth2', { ...TO_PROVIDER, errorCallbackURL: '/evil' }],
  ['a long path', '/sign-in/oauth2', { ...TO_PROVIDER, callbackURL: `/${'x'.repeat(1_000)}` }],
  [
    'a long path for errors',
    '/sign-in/oauth2',
    { ...TO_PROVIDER, errorCallbackURL: `/sign-in?next=${'x'.repeat(4_000)}` },
  ],
  [
    'a path that cannot be stored',
    '/sign-in/oauth2',
    { ...TO_PROVIDER, callbackURL: '/a\0\ud800' },
  ],
  ['a list', '/sign-in/oauth2', [TO_PROVIDER]],
  ['deep JSON', '/sign-in/oauth2', `${'['.repeat(8_000)}${']'.repeat(8_000)}`],
  ['a prototype', '/sign-in/oauth2', '{"__proto__":{"providerId":"oidc"},"providerId":"oidc"}'],
  ['a callback', '/sign-in/email', { email: 'a@example.com', password: 'p', callbackURL: '/' }],
  ['remembering', '/sign-in/email', { email: 'a@example.com', password: 'p', rememberMe: false }],
  ['an address with NUL', '/sign-in/email', { email: 'a\0@example.com', password: 'p' }],
  ['an address that is none', '/sign-in/email', { email: '\ud800', password: 'p' }],
  ['a long password', '/sign-in/email', { email: 'a@example.com', password: 'p'.repeat(129) }],
  ['a field', '/sign-out', { callbackURL: '/' }],
  ['nothing', '/passkey/verify-authentication', {}],
])('refuses %s in %s, and stores nothing', async (about, path, body) => {
  const before = await pending();
  await expectProblem(await ask('POST', path, body), 400, about);
  expect(await pending()).toEqual(before);
  expect(said).toEqual([]);
});

it('refuses large bodies', async () => {
  const large = { ...TO_PROVIDER, additionalData: { a: LONG } };
  await expectProblem(await ask('POST', '/sign-in/oauth2', large), 413, 'large');
});

it.each([
  '/passkey/generate-authenticate-options?context=x',
  '/passkey/generate-register-options?context=x',
  `/passkey/generate-register-options?name=${'x'.repeat(101)}`,
  '/passkey/generate-register-options?name=a%00',
  '/passkey/generate-register-options?name=a&name=b',
  '/passkey/list-user-passkeys?x=1',
])('refuses GET %s', async (path) => {
  const before = await pending();
  await expectProblem(await ask('GET', path, undefined, { cookie: session }), 400, path);
  expect(await pending()).toEqual(before);
});

it.each(['?state=%00', '?code=a&state=a&state=b', `?state=${'x'.repeat(65)}`])(
  'returns from the provider with %s to the sign-in page',
  async (query) => {
    const answer = await ask('GET', `/oauth2/callback/oidc${query}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([
      302,
      `${WEB}/sign-in?error=state_mismatch`,
    ]);
    expect(said).toEqual([]);
  },
);

it('begins few sign-ins from an address, whatever their kind', async () => {
  const before = (await pending()).length;
  const statuses: number[] = [];
  for (let at = 0; at <= BEGINS; at += 1) {
    statuses.push((await ask('POST', '/sign-in/oauth2', TO_PROVIDER, { from: '10.9.0.1' })).status);
  }
  for (let at = 0; at <= BEGINS; at += 1) {
    // Addresses of one home connection.
    const from = `2001:db8:1:10${at.toString(16)}::1`;
    const path = '/passkey/generate-authenticate-options';
    statuses.push((await ask('GET', path, undefined, { from })).status);
  }
  const once = [...Array.from({ length: BEGINS }, () => 200), 429];
  expect(statuses).toEqual([...once, ...once]);
  expect((await pending()).length - before).toBe(2 * BEGINS);
});

it('keeps the latest begun sign-ins, and none that has expired', async () => {
  const { keepPendingFew } = await import('@/lib/auth/expired');
  const { withDatabase } = await import('@/lib/db/database');
  const { verifications } = await import('@/lib/auth/tables');
  const now = Date.now();
  const row = (id: string, age: number, left: number) => {
    const [createdAt, expiresAt] = [new Date(now - age), new Date(now + left)];
    return { id, identifier: id, value: '{}', createdAt, updatedAt: createdAt, expiresAt };
  };
  const rows = [
    row('oldest', 4_000, 9_000),
    row('older', 3_000, 9_000),
    row('expired', 100, -1),
    row('latest', 1_000, 9_000),
  ];
  const idsAfter = async (max: number) => {
    await withDatabase(server(), async (db) => {
      await db.delete(verifications);
      await db.insert(verifications).values(rows);
      await keepPendingFew(db, now, max);
    });
    return (await pending()).map(({ id }) => id).sort();
  };
  expect(await idsAfter(100)).toEqual(['latest', 'older', 'oldest']);
  // One is about to be added.
  expect(await idsAfter(3)).toEqual(['latest']);
});

/** A registration of the right shape, whose values mean nothing. */
const JUNK = {
  id: 'AAAA',
  rawId: 'AAAA',
  type: 'public-key',
  response: { attestationObject: 'AAAA', clientDataJSON: 'AAAA', transports: ['usb'] },
};

/** Sends a registration after its challenge, as the account page does. */
async function register(response: unknown, name?: string): Promise<Response> {
  const options = await ask('GET', '/passkey/generate-register-options?name=Passkey', undefined, {
    cookie: session,
  });
  expect(options.status).toBe(200);
  const cookie = `${session}; ${cookiesOf(options)}`;
  return ask('POST', '/passkey/verify-registration', { response, name }, { cookie });
}

it.each<[string, unknown, string?]>([
  ['junk', JUNK],
  ['junk that is JSON', { ...JUNK, response: { ...JUNK.response, clientDataJSON: 'e30' } }],
  ['null', null],
  ['a string', 'x'],
  ['an id with NUL', { ...JUNK, id: 'a\0' }],
  ['an id with an unpaired surrogate', { ...JUNK, id: '\udfff' }],
  ['a long id', { ...JUNK, id: 'A'.repeat(1_365) }],
  ['a transport that is none', { ...JUNK, response: { ...JUNK.response, transports: ['a\0'] } }],
  ['transports that are none', { ...JUNK, response: { ...JUNK.response, transports: 'usb' } }],
  ['a name with NUL', JUNK, 'a\0'],
  ['a long name', JUNK, 'x'.repeat(101)],
])('refuses a passkey that is %s', async (about, response, name) => {
  await expectProblem(await register(response, name), 400, about);
  expect(said).toEqual([]);
});

it.each<[string, unknown]>([
  ['junk', { ...JUNK, response: { authenticatorData: 'A', clientDataJSON: 'A', signature: 'A' } }],
  ['an id with NUL', { ...JUNK, id: 'a\0' }],
  ['an id that is an object', { ...JUNK, id: { contains: '' } }],
])('refuses to sign in with a passkey that is %s', async (about, response) => {
  const options = await ask('GET', '/passkey/generate-authenticate-options');
  const answer = await ask(
    'POST',
    '/passkey/verify-authentication',
    { response },
    { cookie: cookiesOf(options) },
  );
  await expectProblem(answer, about === 'junk' ? 401 : 400, about);
  expect(said).toEqual([]);
});

it('refuses to delete a passkey with an id that is none', async () => {
  for (const id of ['a\0', '\ud800', '', 'x'.repeat(65), { ne: '' }]) {
    const answer = await ask('POST', '/passkey/delete-passkey', { id }, { cookie: session });
    await expectProblem(answer, 400, JSON.stringify(id));
  }
  const unknown = await ask('POST', '/passkey/delete-passkey', { id: 'x' }, { cookie: session });
  await expectProblem(unknown, 404, 'unknown');
});

it('returns problem documents for wrong passwords and missing sessions', async () => {
  const wrong = { email: 'admin@example.com', password: 'wrong' };
  await expectProblem(await ask('POST', '/sign-in/email', wrong), 401, 'wrong');
  await expectProblem(await ask('GET', '/passkey/list-user-passkeys'), 401, 'no session');
  const change = { currentPassword: PASSWORD, newPassword: PASSWORD };
  await expectProblem(await ask('POST', '/change-password', change), 401, 'no session');
  const short = { ...change, newPassword: 'short' };
  await expectProblem(await ask('POST', '/change-password', short, { cookie: session }), 400, '');
});

it('accepts the passkeys of browsers, and signs in with them on a device that is then known', async () => {
  const passkey = softwarePasskey(WEB);
  const options = await ask('GET', '/passkey/generate-register-options?name=Passkey', undefined, {
    cookie: session,
  });
  const body = { response: passkey.register(await options.json()), name: 'Passkey' };
  const cookie = `${session}; ${cookiesOf(options)}`;
  const made = await ask('POST', '/passkey/verify-registration', body, { cookie });
  expect(made.status).toBe(200);
  const begun = await ask('GET', '/passkey/generate-authenticate-options');
  const signedIn = await ask(
    'POST',
    '/passkey/verify-authentication',
    { response: passkey.signIn(await begun.json()) },
    { cookie: cookiesOf(begun) },
  );
  expect(signedIn.status).toBe(200);
  expect(cookiesOf(signedIn)).toMatch(/callboard\.session_token=.*callboard\.device=/);
  const listed = await ask('GET', '/passkey/list-user-passkeys', undefined, { cookie: session });
  const [{ id }] = await listed.json();
  const gone = await ask('POST', '/passkey/delete-passkey', { id }, { cookie: session });
  expect(gone.status).toBe(200);
});

it('uses up no link for a name that cannot be stored', async () => {
  const { makeSignUpLink } = await import('@/lib/auth/sign-up-links');
  const { POST } = await import('@/app/api/people/sign-up/[link]/route');
  const email = 'named@example.com';
  const link = await makeSignUpLink(server(), { role: 'caller', email }, Date.now());
  const accept = (name: string) =>
    POST(
      new Request(`${WEB}/api/people/sign-up/${link}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, email, password: PASSWORD }),
      }),
      { params: Promise.resolve({ link }) },
    );
  expect((await accept('a\0b')).status).toBe(400);
  expect((await accept('a')).status).toBe(200);
});
