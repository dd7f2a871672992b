// Sign-in with a real OpenID Connect provider: the whole authorization code flow with PKCE,
// from the button to a session, with redirects as a browser follows them. Callboard decides who may sign in.

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { server } from '@/lib/server';
import { requireSignIn, signUp } from '@/lib/testing/accounts';
import type { TestDatabase } from '@/lib/testing/calls-database';
import { CookieBrowser } from '@/lib/testing/cookie-browser';
import { testDatabase } from '@/lib/testing/databases';
import { CLIENT, startProvider, type TestProvider } from '@/lib/testing/oidc-provider';
import { endServer } from '@/lib/testing/server';

const WEB = 'http://localhost:3000';
const CALLBACK = `${WEB}/api/auth/oauth2/callback/oidc`;
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
let said: string[];

beforeAll(async () => {
  [database, provider] = await Promise.all([testDatabase(), startProvider(PEOPLE, CALLBACK)]);
  requireSignIn(database, {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
  });
  // Starts it before the tests need it.
  await import('@/app/api/auth/[...all]/route');
  await (await import('@/lib/auth/auth')).withAuth(server(), async ({ $context }) => $context);
  said = [];
  vi.spyOn(console, 'error').mockImplementation((...words) => void said.push(words.join(' ')));
});
afterAll(async () => {
  await endServer();
  await Promise.all([database.remove(), provider.close()]);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const visitor = async (cookie: string) =>
  (await import('@/lib/auth/visitor')).visitorOf(server(), new Headers({ cookie }));
const invite = async (email: string, role: 'caller' | 'developer') =>
  (await import('@/lib/auth/sign-up-links')).makeSignUpLink(server(), { role, email }, Date.now());

/** Our sign-in routes as functions. */
async function own(request: Request): Promise<Response> {
  const route = await import('@/app/api/auth/[...all]/route');
  const all = new URL(request.url).pathname.split('/').slice(3);
  return route[request.method as 'GET' | 'POST'](request, { params: Promise.resolve({ all }) });
}

const isCallback = (url: URL) => url.href.startsWith(CALLBACK);
let browsers = 0;
/** Each request has its own address, because sign-in attempts are counted by address. */
function newBrowser(): CookieBrowser {
  browsers += 1;
  const at = `10.0.0.${browsers}`;
  return new CookieBrowser(WEB, (request) => {
    request.headers.set('callboard-address', at);
    return own(request);
  });
}

/** Presses the button: the response has the URL to open. */
const press = (browser: CookieBrowser) =>
  browser.ask(`${WEB}/api/auth/sign-in/oauth2`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: WEB, host: 'localhost:3000' },
    body: JSON.stringify({
      providerId: 'oidc',
      callbackURL: '/calls',
      errorCallbackURL: '/sign-in?next=%2Fcalls',
    }),
  });

/** Signs in at the provider. Returns the URL that it redirects to. */
async function comeBack(browser: CookieBrowser, sub: string): Promise<URL> {
  const pressed = await press(browser);
  expect(pressed.status).toBe(200);
  const { url } = await pressed.json();
  const atProvider = (to: URL) => to.origin === provider.issuer;
  const form = await browser.go(url, {}, atProvider);
  const { url: back } = await browser.go(
    form.url.href,
    { method: 'POST', body: new URLSearchParams({ prompt: 'login', login: sub, password: 'x' }) },
    atProvider,
  );
  expect(isCallback(back), back.href).toBe(true);
  return back;
}

/** The whole flow. Returns the final page. */
async function signIn(sub: string) {
  const browser = newBrowser();
  const back = await comeBack(browser, sub);
  const { url } = await browser.go(back.href, {}, isCallback);
  return { to: url.pathname + url.search, who: await visitor(browser.cookies()), browser, back };
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
  expect(await visitor(browser.cookies())).toEqual(ANONYMOUS);
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
  const browser = newBrowser();
  const back = await comeBack(browser, 'ada');
  change(back, await comeBack(newBrowser(), 'ada'));
  const { url } = await browser.go(back.href, {}, isCallback);
  expect(url.href).toMatch(new RegExp(`^${WEB}/sign-in\\?(next=%2Fcalls&)?error=\\w+`));
  expect(await visitor(browser.cookies())).toEqual(ANONYMOUS);
});

it("accepts a provider's response once", async () => {
  const { back, who, browser } = await signIn('ada');
  expect(who.role).toBe('developer');
  const thief = newBrowser();
  expect((await thief.go(back.href, {}, isCallback)).url.pathname).toBe('/sign-in');
  expect((await browser.go(back.href, {}, isCallback)).url.search).toContain('error=');
  expect(await visitor(thief.cookies())).toEqual(ANONYMOUS);
});

it('returns to the sign-in page if a person cancels', async () => {
  const { url } = await newBrowser().go(`${CALLBACK}?error=access_denied&state=x`, {}, isCallback);
  expect(url.href).toBe(`${WEB}/sign-in?error=access_denied`);
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
  const browser = newBrowser();
  const back = await comeBack(browser, 'ada');
  await provider.close();
  const { url } = await browser.go(back.href, {}, isCallback);
  expect(url.href).toBe(`${WEB}/sign-in?error=provider_away`);
  const pressed = await press(newBrowser());
  expect([pressed.status, (await pressed.json()).type]).toEqual([
    503,
    'urn:callboard:problem:provider-unavailable',
  ]);
  expect(await visitor(browser.cookies())).toEqual(ANONYMOUS);
});
