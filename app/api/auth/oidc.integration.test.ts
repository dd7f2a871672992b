// Sign-in with a real OpenID Connect provider: the whole authorization code flow with PKCE,
// from the button to a session, with redirects as a browser follows them. Callboard decides who may sign in.

import { type APIRequestContext, request } from '@playwright/test';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as auth from '@/app/api/auth/[...all]/route';
import { ADDRESS_HEADER } from '@/lib/http/client-address';
import { server } from '@/lib/server';
import { requireSignIn, signUp } from '@/lib/testing/accounts';
import type { TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { CLIENT, startProvider, type TestProvider } from '@/lib/testing/oidc-provider';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';

const person = (name: string, more = {}) => ({
  name,
  email: `${name.toLowerCase()}@example.com`,
  email_verified: true,
  ...more,
});
const PEOPLE = {
  ada: person('Ada', { role: 'admin' }),
  dan: person('Dan'),
  eve: person('Eve'),
  mallory: person('Mallory', { email: 'dan@example.com', email_verified: false }),
  unverified: person('Una', { email_verified: false }),
  nameless: person('Nell', { name: undefined, preferred_username: 'nell' }),
};

let database: TestDatabase;
let provider: TestProvider;
let web: TestServer;
/** Our URL. Cookies have no port: the provider's is 127.0.0.1. */
let own: string;
let callback: string;
const browsers: APIRequestContext[] = [];
let said: string[];

beforeAll(async () => {
  // Unlike Next's, the requests of this server cannot be copied with `new Request`, as better-auth's are.
  const GET: typeof auth.GET = ({ url, headers }, context) =>
    auth.GET(new Request(url, { headers }), context);
  web = await serveRoutes({ '/api/auth/[...all]': { ...auth, GET } });
  own = web.url.replace('127.0.0.1', 'localhost');
  callback = `${own}/api/auth/oauth2/callback/oidc`;
  [database, provider] = await Promise.all([testDatabase(), startProvider(PEOPLE, callback)]);
  requireSignIn(database, {
    PUBLIC_URL: own,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
  });
  // Starts it before the tests need it.
  await (await import('@/lib/auth/auth')).withAuth(server(), async ({ $context }) => $context);
  said = [];
  vi.spyOn(console, 'error').mockImplementation((...words) => void said.push(words.join(' ')));
});
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.dispose()));
  await endServer();
  await Promise.all([database.remove(), provider.close(), web.close()]);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const visitor = async (cookie: string) =>
  (await import('@/lib/auth/visitor')).visitorOf(server(), new Headers({ cookie }));
const invite = async (email: string, role: 'caller' | 'developer') =>
  (await import('@/lib/auth/sign-up-links')).makeSignUpLink(server(), { role, email }, Date.now());

/** Each has its own address, because sign-in attempts are counted by address. */
async function newBrowser(): Promise<APIRequestContext> {
  const extraHTTPHeaders = { [ADDRESS_HEADER]: `10.0.0.${browsers.length + 1}` };
  const browser = await request.newContext({ extraHTTPHeaders, maxRedirects: 0 });
  browsers.push(browser);
  return browser;
}

/** The visitor that a browser's cookies for us show. */
async function whoIs(browser: APIRequestContext) {
  const { cookies } = await browser.storageState();
  const ours = cookies.filter(({ domain }) => domain === 'localhost');
  return visitor(ours.map(({ name, value }) => `${name}=${value}`).join('; '));
}

/** Requests a URL. @returns where it redirects to */
async function follow(browser: APIRequestContext, url: string, form?: Record<string, string>) {
  const answer = await browser.fetch(url, form && { method: 'POST', form });
  return new URL(answer.headers().location ?? '', url);
}

/** Presses the button: the response has the URL to open. */
const press = (browser: APIRequestContext) =>
  browser.post(`${own}/api/auth/sign-in/oauth2`, {
    headers: { origin: own },
    data: {
      providerId: 'oidc',
      callbackURL: '/calls',
      errorCallbackURL: '/sign-in?next=%2Fcalls',
    },
  });

/** Signs in at the provider. Returns the URL that it redirects to. */
async function comeBack(browser: APIRequestContext, sub: string): Promise<URL> {
  const pressed = await press(browser);
  expect(pressed.status()).toBe(200);
  const { url } = await pressed.json();
  const form = await follow(browser, url);
  const signedIn = await follow(browser, form.href, { prompt: 'login', login: sub, password: 'x' });
  const back = await follow(browser, signedIn.href);
  expect(back.href.startsWith(callback), back.href).toBe(true);
  return back;
}

/** The whole flow. Returns the final page. */
async function signIn(sub: string) {
  const browser = await newBrowser();
  const back = await comeBack(browser, sub);
  const { pathname, search } = await follow(browser, back.href);
  return { to: pathname + search, who: await whoIs(browser), browser, back };
}

const ANONYMOUS = { by: 'nobody', name: '' };

it('admits invited people with their role, and again later', async () => {
  await invite('ada@example.com', 'developer');
  const first = await signIn('ada');
  expect(first.to).toBe('/calls');
  expect(first.who).toMatchObject({ by: 'session', role: 'developer', name: 'Ada' });
  const again = await signIn('ada');
  expect(again.who).toEqual(first.who);
  // The invitation is used up, and so is its link.
  const { unusedSignUpLinks } = await import('@/lib/auth/sign-up-links');
  expect(await unusedSignUpLinks(server(), Date.now())).toEqual([]);
});

it('admits people who have an account with a password', async () => {
  await signUp('caller', 'dan@example.com');
  expect(await signIn('dan')).toMatchObject({ to: '/calls', who: { role: 'caller' } });
  const { listPeople } = await import('@/lib/auth/people');
  expect(
    (await listPeople(server())).filter(({ email }) => email === 'dan@example.com'),
  ).toHaveLength(1);
});

it('refuses people who were not invited, with a message', async () => {
  const { to, who } = await signIn('eve');
  expect([to, who]).toEqual(['/sign-in?next=%2Fcalls&error=not_invited', ANONYMOUS]);
});

it.each([false, 'false', 'true', 1, null])(
  'accepts no e-mail address that is verified as %j',
  async (email_verified) => {
    await invite('una@example.com', 'developer');
    Object.assign(PEOPLE.unverified, { email_verified });
    expect((await signIn('unverified')).who).toEqual(ANONYMOUS);
    // Somebody claims to be Dan, who has an account.
    Object.assign(PEOPLE.mallory, { email_verified, emailVerified: true });
    expect((await signIn('mallory')).who).toEqual(ANONYMOUS);
  },
);

it('uses another name if the provider has none', async () => {
  await invite('nell@example.com', 'caller');
  expect((await signIn('nameless')).who).toMatchObject({ role: 'caller', name: 'nell' });
});

it('refuses people whom an admin removed', async () => {
  await signUp('admin', 'root@example.com');
  const { who, browser } = await signIn('dan');
  const { removePerson } = await import('@/lib/auth/people');
  await removePerson(server(), who.account ?? '');
  expect(await whoIs(browser)).toEqual(ANONYMOUS);
  expect((await signIn('dan')).who).toEqual(ANONYMOUS);
});

it.each<[string, (back: URL, other: URL) => void]>([
  ['a state that was made up', (back) => back.searchParams.set('state', 'made-up')],
  [
    'the state of another browser',
    (back, other) => back.searchParams.set('state', other.searchParams.get('state') ?? ''),
  ],
  ['no state', (back) => back.searchParams.delete('state')],
  ['another issuer', (back) => back.searchParams.set('iss', 'https://evil.example')],
  ['a code that was made up', (back) => back.searchParams.set('code', 'made-up')],
  [
    'the code of another browser',
    (back, other) => back.searchParams.set('code', other.searchParams.get('code') ?? ''),
  ],
])('refuses to come back with %s, on the page of sign-in', async (_, change) => {
  const browser = await newBrowser();
  const back = await comeBack(browser, 'ada');
  change(back, await comeBack(await newBrowser(), 'ada'));
  const url = await follow(browser, back.href);
  expect(url.href).toMatch(new RegExp(`^${own}/sign-in\\?(next=%2Fcalls&)?error=\\w+`));
  expect(await whoIs(browser)).toEqual(ANONYMOUS);
});

it("accepts a provider's response once", async () => {
  const { back, who, browser } = await signIn('ada');
  expect(who.role).toBe('developer');
  const thief = await newBrowser();
  expect((await follow(thief, back.href)).pathname).toBe('/sign-in');
  expect((await follow(browser, back.href)).search).toContain('error=');
  expect(await whoIs(thief)).toEqual(ANONYMOUS);
});

it('returns to the sign-in page if a person cancels', async () => {
  const url = await follow(await newBrowser(), `${callback}?error=access_denied&state=x`);
  expect(url.href).toBe(`${own}/sign-in?error=access_denied`);
});

it('stores no readable access tokens, and logs neither tokens nor codes', async () => {
  const { withDatabase } = await import('@/lib/db/database');
  const { logins } = await import('@/lib/auth/tables');
  const kept = await withDatabase(server(), (db) => db.select().from(logins));
  const ada = kept.find(({ accountId }) => accountId === 'ada');
  // The provider's tokens are shorter, and not hexadecimal.
  expect(ada?.accessToken).toMatch(/^(\$\w+\$\d+\$)?[0-9a-f]{120,}$/);
  expect(said.join('\n')).not.toMatch(/[?&]code=|eyJ[\w-]+\./);
  expect(said.join('\n')).not.toContain(CLIENT.secret);
});

it('reports an unavailable provider, before and after the redirect', async () => {
  const browser = await newBrowser();
  const back = await comeBack(browser, 'ada');
  await provider.close();
  const url = await follow(browser, back.href);
  expect(url.href).toBe(`${own}/sign-in?error=provider_away`);
  const pressed = await press(await newBrowser());
  expect([pressed.status(), (await pressed.json()).type]).toEqual([
    503,
    'urn:callboard:problem:provider-unavailable',
  ]);
  expect(await whoIs(browser)).toEqual(ANONYMOUS);
});
