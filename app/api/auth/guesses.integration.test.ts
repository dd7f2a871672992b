// Guesses: others use up their own attempts and never those of the owner's devices; nobody makes a device known without
// signing in; and links, invitations, keys and passkeys cannot be guessed either.

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Handler } from '@/lib/auth/route';
import { server } from '@/lib/server';
import { cookiesOf, endSignIn, PASSWORD, requireSignIn, signUp } from '@/lib/testing/accounts';
import type { TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';

const WEB = 'http://localhost:3000';
const OWNER = 'owner@example.com';
/** Guesses in a quarter of an hour. */
const GUESSES = 10;
/** Wrong links, invitations and keys from an address in a minute. */
const WRONG = 30;

let database: TestDatabase;
/** Cookies of a browser that signed in to the owner's account: the session, and the device. */
let known: string;
let addresses = 0;

beforeAll(async () => {
  database = await testDatabase();
  requireSignIn(database);
  known = await signUp('admin', OWNER);
});
afterAll(() => endSignIn(database));
beforeEach(async () => {
  const { withDatabase } = await import('@/lib/db/database');
  const { attempts } = await import('@/lib/auth/tables');
  await withDatabase(server(), (db) => db.delete(attempts));
});

/** An address that nobody has used. */
function newAddress(): string {
  addresses += 1;
  return `10.1.${addresses >> 8}.${addresses & 255}`;
}

async function post(path: string, body: unknown, cookie = '', from = newAddress()) {
  const { POST } = await import('@/app/api/auth/[...all]/route');
  const request = new Request(`${WEB}/api/auth${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'callboard-address': from,
      ...(cookie && { cookie, origin: WEB, host: 'localhost:3000' }),
    },
    body: JSON.stringify(body),
  });
  return POST(request, { params: Promise.resolve({ all: path.slice(1).split('/') }) });
}
const signIn = (password: string, cookie = '', from = newAddress()) =>
  post('/sign-in/email', { email: OWNER, password }, cookie, from);
const wrong = (at: number) => `guess number ${at} of many`;
const statusesOf = async (times: number, ask: (at: number) => Promise<Response>) => {
  const statuses: number[] = [];
  for (let at = 0; at < times; at += 1) statuses.push((await ask(at)).status);
  return statuses;
};
const times = (count: number, status: number) => Array.from({ length: count }, () => status);
const deviceIn = (cookies: string) => cookies.match(/callboard\.device=([^;]+)/)?.[1] ?? '';

it('lets the owner sign in on a known device after somebody else used up the attempts', async () => {
  expect(await statusesOf(GUESSES + 2, (at) => signIn(wrong(at)))).toEqual([
    ...times(GUESSES, 401),
    429,
    429,
  ]);
  // Not from an unknown device, even with the right password: that is what the limit is for.
  const refused = await signIn(PASSWORD);
  expect([refused.status, refused.headers.get('content-type')]).toEqual([
    429,
    'application/problem+json',
  ]);
  expect((await refused.json()).detail).toContain('passkey');
  const device = `callboard.device=${deviceIn(known)}`;
  expect((await signIn(PASSWORD, device)).status).toBe(200);
  // Nor from an address that the other one shares and has used up.
  const shared = newAddress();
  await statusesOf(GUESSES + 1, (at) =>
    post('/sign-in/email', { email: `${at}@example.com`, password: wrong(at) }, '', shared),
  );
  expect((await signIn(PASSWORD, device, shared)).status).toBe(200);
  // The owner's success gives others no further attempts.
  expect((await signIn(wrong(0))).status).toBe(429);
});

it('limits guesses with a stolen device cookie, also from many addresses', async () => {
  const device = `callboard.device=${deviceIn(known)}`;
  expect(await statusesOf(GUESSES + 1, (at) => signIn(wrong(at), device))).toEqual([
    ...times(GUESSES, 401),
    429,
  ]);
  // Nor do the thief's guesses use up those of the owner elsewhere.
  expect((await signIn(PASSWORD)).status).toBe(200);
});

it('keeps the id of a known device, so that signing in gives no more guesses', async () => {
  const device = deviceIn(known);
  const again = await signIn(PASSWORD, `callboard.device=${device}`);
  expect(deviceIn(cookiesOf(again))).toBe(device);
  expect(deviceIn(cookiesOf(await signIn(PASSWORD)))).not.toBe(device);
});

it('accepts no device cookie that was made up, or is of another account', async () => {
  const other = deviceIn(await signUp('caller', 'other@example.com'));
  const [id = '', signature = ''] = deviceIn(known).split('.');
  await statusesOf(GUESSES, (at) => signIn(wrong(at)));
  const forged = [
    other,
    `${id}.`,
    `x${id}.${signature}`,
    `${id}.${signature}x`,
    `.${signature}`,
    '.',
  ];
  for (const cookie of forged) {
    expect([cookie, (await signIn(PASSWORD, `callboard.device=${cookie}`)).status]).toEqual([
      cookie,
      429,
    ]);
  }
  // Failed sign-ins make no device known.
  expect(
    deviceIn(
      cookiesOf(await post('/sign-in/email', { email: 'other@example.com', password: wrong(0) })),
    ),
  ).toBe('');
});

it('counts guesses that arrive at once', async () => {
  const all = await Promise.all(Array.from({ length: 2 * GUESSES }, (_, at) => signIn(wrong(at))));
  expect(all.map(({ status }) => status).sort()).toEqual([
    ...times(GUESSES, 401),
    ...times(GUESSES, 429),
  ]);
});

it('limits guesses of the current password with a stolen session, in any spelling', async () => {
  const change = (at: number) =>
    post('/change-password', { currentPassword: wrong(at), newPassword: PASSWORD }, stolen);
  const cookies = cookiesOf(await signIn(PASSWORD));
  const stolen = cookies.replace(/callboard\.device=[^;]+;? ?/, '');
  expect(await statusesOf(GUESSES + 1, change)).toEqual([...times(GUESSES, 400), 429]);
  // The owner signs in and changes the password meanwhile: the device is known.
  expect((await signIn(PASSWORD)).status).toBe(200);
  const own = { currentPassword: PASSWORD, newPassword: PASSWORD };
  expect((await post('/change-password', own, cookies)).status).toBe(200);
});

it('makes devices unknown that knew an earlier password', async () => {
  const email = 'changed@example.com';
  const before = await signUp('caller', email);
  const next = 'another sentence, long enough';
  const changed = await post(
    '/change-password',
    { currentPassword: PASSWORD, newPassword: next },
    before,
  );
  const guess = (at: number) => post('/sign-in/email', { email, password: wrong(at) });
  await statusesOf(GUESSES, guess);
  const signInWith = (cookies: string) =>
    post('/sign-in/email', { email, password: next }, `callboard.device=${deviceIn(cookies)}`);
  expect((await signInWith(before)).status).toBe(429);
  expect((await signInWith(cookiesOf(changed))).status).toBe(200);
});

it('limits guesses of a passkey by its id from any address', async () => {
  const response = { authenticatorData: 'AA', clientDataJSON: 'AA', signature: 'AA' };
  const guess = (id: string) => () =>
    post('/passkey/verify-authentication', {
      response: { id, rawId: id, type: 'public-key', response },
    });
  expect(await statusesOf(GUESSES + 1, guess('AAAA'))).toEqual([...times(GUESSES, 400), 429]);
  expect((await guess('BBBB')()).status).toBe(400);
});

/** Opens a made-up link of an account, or for a password. */
function openLink(
  handler: Handler,
  kind: 'password' | 'sign-up',
  at: number,
  headers: Record<string, string>,
  body: object,
): Promise<Response> {
  const link = `made-up-${at}`;
  const request = new Request(`${WEB}/api/people/${kind}/${link}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return handler(request, { params: Promise.resolve({ link }) });
}

it.each<[string, string, (at: number, headers: Record<string, string>) => Promise<Response>]>([
  [
    'password links',
    'unknown-link',
    async (at, headers) => {
      const { POST } = await import('@/app/api/people/password/[link]/route');
      return openLink(POST, 'password', at, headers, { password: PASSWORD });
    },
  ],
  [
    'account links',
    'unknown-link',
    async (at, headers) => {
      const { POST } = await import('@/app/api/people/sign-up/[link]/route');
      return openLink(POST, 'sign-up', at, headers, {
        name: 'N',
        email: 'n@example.com',
        password: PASSWORD,
      });
    },
  ],
  [
    'invitations',
    'unknown-invitation',
    async (at, headers) => {
      const { GET } = await import('@/app/api/invitations/[invitation]/route');
      const invitation = `made-up-${at}`;
      const request = new Request(`${WEB}/api/invitations/${invitation}`, { headers });
      return GET(request, { params: Promise.resolve({ invitation }) });
    },
  ],
  [
    'API keys',
    'sign-in-needed',
    async (at, headers) => {
      const { GET } = await import('@/app/api/agents/route');
      const authorization = `Bearer cb_${'x'.repeat(60)}${at}`;
      return GET(new Request(`${WEB}/api/agents`, { headers: { ...headers, authorization } }));
    },
  ],
])('limits guesses of %s by address', async (_, kind, guess) => {
  const headers = { 'callboard-address': newAddress() };
  const kinds = new Set<string>();
  for (let at = 0; at < WRONG; at += 1) kinds.add((await (await guess(at, headers)).json()).type);
  expect([...kinds]).toEqual([`urn:callboard:problem:${kind}`]);
  const refused = await guess(WRONG, headers);
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
  expect((await guess(WRONG, { 'callboard-address': newAddress() })).status).not.toBe(429);
});

it('accepts a key in use while somebody else at the same address is refused', async () => {
  const { makeKey } = await import('@/lib/auth/keys');
  const { visitorOf } = await import('@/lib/auth/visitor');
  const who = await visitorOf(server(), new Headers({ cookie: known }));
  // The password change has ended this session: sign in again.
  const owner = who.account
    ? who
    : await visitorOf(server(), new Headers({ cookie: cookiesOf(await signIn(PASSWORD)) }));
  const { id, key } = await makeKey(server(), owner, { name: 'in use', rights: ['watch'] });
  const from = newAddress();
  const ask = (shown: string) =>
    visitorOf(
      server(),
      new Headers({ authorization: `Bearer ${shown}`, 'callboard-address': from }),
    );
  expect((await ask(key)).by).toBe('key');
  for (let at = 0; at < WRONG; at += 1) await ask(`cb_wrong${at}`).catch(() => undefined);
  await expect(ask('cb_wrong')).rejects.toMatchObject({ kind: 'too-many-attempts' });
  expect((await ask(key)).by).toBe('key');
  const { deleteKey } = await import('@/lib/auth/keys');
  await deleteKey(server(), owner.account ?? '', id);
  await expect(ask(key)).rejects.toMatchObject({ kind: 'sign-in-needed' });
});
