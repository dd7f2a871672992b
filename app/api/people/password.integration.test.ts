// A forgotten password: an admin creates a link, whose recipient sets a new password once, and is
// signed out everywhere else.

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { server } from '@/lib/server';
import { cookiesOf, endSignIn, PASSWORD, requireSignIn, signUp } from '@/lib/testing/accounts';
import type { TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';

const WEB = 'http://localhost:3000';
const NEW = 'another sentence, long enough';
const DAY_MS = 24 * 3_600_000;

let database: TestDatabase;
let admin: string;
let links: typeof import('@/lib/auth/people');
let signUpLinks: typeof import('@/lib/auth/sign-up-links');

beforeAll(async () => {
  database = await testDatabase();
  requireSignIn(database);
  admin = await signUp('admin');
  links = await import('@/lib/auth/people');
  signUpLinks = await import('@/lib/auth/sign-up-links');
});
afterAll(() => endSignIn(database));

const visitor = async (cookie: string) =>
  (await import('@/lib/auth/visitor')).visitorOf(server(), new Headers({ cookie }));
const send = (path: string, body: unknown, cookie = '') =>
  new Request(`${WEB}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
    body: JSON.stringify(body),
  });
/** As an admin creates it on the page. Returns the link's last part. */
async function make(id: string): Promise<string> {
  const { POST } = await import('@/app/api/people/password-links/route');
  const answer = await POST(send('/api/people/password-links', { id }, admin));
  expect(answer.status).toBe(201);
  return (await answer.json()).url.slice(`${WEB}/password/`.length);
}
async function set(link: string, password = NEW, cookie = ''): Promise<Response> {
  const { POST } = await import('@/app/api/people/password/[link]/route');
  const request = send(`/api/people/password/${link}`, { password }, cookie);
  return POST(request, { params: Promise.resolve({ link }) });
}
async function signIn(email: string, password: string): Promise<Response> {
  const { POST } = await import('@/app/api/auth/[...all]/route');
  const request = send('/api/auth/sign-in/email', { email, password });
  return POST(request, { params: Promise.resolve({ all: ['sign-in', 'email'] }) });
}

it('is set once, ends every session, and is in the audit log without the link', async () => {
  const email = 'forgets@example.com';
  const cookie = await signUp('developer', email);
  const { account = '' } = await visitor(cookie);
  const link = await make(account);
  expect(await signUpLinks.unusedSignUpLinks(server(), Date.now())).toEqual([]);
  expect((await set(link, 'too short')).status).toBe(400);
  // In another person's browser, who must not appear as the author.
  const both = await Promise.all([set(link, NEW, admin), set(link, NEW, admin)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
  expect((await visitor(cookie)).by).toBe('nobody');
  const done = both.find(({ ok }) => ok) as Response;
  expect(await visitor(cookiesOf(done))).toMatchObject({ role: 'developer', account });
  expect((await visitor(admin)).role).toBe('admin');
  expect((await signIn(email, PASSWORD)).status).toBe(401);
  expect((await signIn(email, NEW)).status).toBe(200);
  const { readAudit } = await import('@/lib/auth/audit');
  const entries = await readAudit(server());
  expect(entries.slice(0, 2)).toMatchObject([
    { name: 'developer', action: 'password set by link', object: email },
    { name: 'admin', action: 'password link made', object: email },
  ]);
  expect(JSON.stringify(entries)).not.toContain(link);
});

it('removes passkeys and API keys, which somebody else may have created', async () => {
  const { account = '', ...who } = await visitor(await signUp('developer', 'taken@example.com'));
  const { makeKey, listKeys } = await import('@/lib/auth/keys');
  const other = await visitor(admin);
  for (const owner of [{ account, ...who }, other]) {
    await makeKey(server(), owner, { name: 'way back', rights: ['watch'] });
  }
  const { withDatabase } = await import('@/lib/db/database');
  const { passkeys } = await import('@/lib/auth/tables');
  const passkey = { publicKey: 'k', counter: 0, deviceType: 'singleDevice', backedUp: false };
  const owners = [account, other.account ?? ''];
  const rows = owners.map((userId) => ({ ...passkey, id: userId, userId, credentialID: userId }));
  await withDatabase(server(), (db) => db.insert(passkeys).values(rows));
  expect((await set(await make(account))).status).toBe(200);
  expect(await listKeys(server(), account)).toEqual([]);
  expect(await listKeys(server(), other.account ?? '')).toHaveLength(1);
  const left = await withDatabase(server(), (db) => db.select().from(passkeys));
  expect(left.map(({ userId }) => userId)).toEqual([other.account]);
});

it('is changed by its owner with the same effect', async () => {
  const email = 'changes@example.com';
  const here = await signUp('developer', email);
  const elsewhere = cookiesOf(await signIn(email, PASSWORD));
  const { account = '', ...who } = await visitor(here);
  const { makeKey, listKeys, keyVisitor } = await import('@/lib/auth/keys');
  const { key } = await makeKey(
    server(),
    { account, ...who },
    { name: 'way back', rights: ['watch'] },
  );
  const { withDatabase } = await import('@/lib/db/database');
  const { passkeys } = await import('@/lib/auth/tables');
  const { eq } = await import('drizzle-orm');
  const passkey = { publicKey: 'k', counter: 0, deviceType: 'singleDevice', backedUp: false };
  const row = { ...passkey, id: 'changes', userId: account, credentialID: 'changes' };
  await withDatabase(server(), (db) => db.insert(passkeys).values(row));
  const { POST } = await import('@/app/api/auth/[...all]/route');
  const change = async (body: object, headers: Record<string, string>) => {
    const request = send('/api/auth/change-password', body);
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
    return POST(request, { params: Promise.resolve({ all: ['change-password'] }) });
  };
  const wanted = { currentPassword: PASSWORD, newPassword: NEW };
  // A key may not, a wrong password changes nothing, and other sessions cannot be kept.
  expect((await change(wanted, { authorization: `Bearer ${key}` })).status).toBe(401);
  expect((await change({ ...wanted, currentPassword: NEW }, { cookie: elsewhere })).status).toBe(
    400,
  );
  const kept = { ...wanted, revokeOtherSessions: false };
  expect((await change(kept, { cookie: elsewhere })).status).toBe(400);
  expect(await listKeys(server(), account)).toHaveLength(1);
  const check = vi.fn(async () => {});
  const stream = { account, check };
  server().openResponses.add(stream);
  const done = await change(wanted, { cookie: here });
  server().openResponses.delete(stream);
  expect(done.status).toBe(200);
  expect(check).toHaveBeenCalled();
  expect((await visitor(cookiesOf(done))).account).toBe(account);
  expect([(await visitor(here)).by, (await visitor(elsewhere)).by]).toEqual(['nobody', 'nobody']);
  expect(await keyVisitor(server(), key, new Headers())).toBeUndefined();
  const left = await withDatabase(server(), (db) =>
    db.select().from(passkeys).where(eq(passkeys.userId, account)),
  );
  expect(left).toEqual([]);
  expect((await signIn(email, PASSWORD)).status).toBe(401);
  expect((await signIn(email, NEW)).status).toBe(200);
  const { readAudit } = await import('@/lib/auth/audit');
  const [latest] = await readAudit(server());
  expect(latest).toMatchObject({ name: 'developer', action: 'password changed', object: email });
});

it('is valid for a day, replaces earlier links, and not for removed people', async () => {
  const cookie = await signUp('caller', 'twice@example.com');
  const { account = '' } = await visitor(cookie);
  const [first, second] = [await make(account), await make(account)];
  const see = (link: string, later = 0) =>
    links.seePasswordLink(server(), link, Date.now() + later);
  await expect(see(first)).rejects.toThrow('Ask an admin');
  expect((await see(second)).person.email).toBe('twice@example.com');
  await expect(see(second, DAY_MS)).rejects.toThrow('Ask an admin');
  await (await import('@/lib/auth/people')).removePerson(server(), account);
  await expect(see(second)).rejects.toThrow('Ask an admin');
  // Nor is it an invitation now, by the link or by the organization's provider.
  await expect(signUpLinks.seeSignUpLink(server(), second, Date.now())).rejects.toThrow(
    'Ask an admin',
  );
  expect(
    await signUpLinks.signUpLinkFor(server(), 'twice@example.com', Date.now()),
  ).toBeUndefined();
  const { POST } = await import('@/app/api/people/password-links/route');
  const gone = await POST(send('/api/people/password-links', { id: account }, admin));
  expect(gone.status).toBe(404);
});

it('cannot be exchanged for an invitation, or an invitation for it', async () => {
  const link = await signUpLinks.makeSignUpLink(
    server(),
    { role: 'caller', email: 'n@example.com' },
    Date.now(),
  );
  expect((await set(link)).status).toBe(404);
  await signUp('caller', 'has@example.com');
  const people = await import('@/lib/auth/people');
  const has = (await people.listPeople(server())).find(({ email }) => email === 'has@example.com');
  const asked = { name: 'H', email: 'has@example.com', password: NEW };
  const made = people.signUp(server(), await make(has?.id ?? ''), asked, new Headers());
  await expect(made).rejects.toThrow('Ask an admin');
});

it('sets a first password for provider accounts, and works after too many guesses', async () => {
  const email = 'by-provider@example.com';
  const { account = '' } = await visitor(await signUp('caller', email));
  const { withDatabase } = await import('@/lib/db/database');
  const { logins } = await import('@/lib/auth/tables');
  const { eq } = await import('drizzle-orm');
  await withDatabase(server(), (db) => db.delete(logins).where(eq(logins.userId, account)));
  const { countGuess } = await import('@/lib/auth/attempts');
  const guess = (at: number) =>
    countGuess(
      server(),
      { what: 'sign-in', of: email },
      new Headers({ 'callboard-address': `10.0.1.${at}` }),
    );
  for (let at = 0; at < 10; at += 1) await guess(at);
  await expect(guess(10)).rejects.toThrow('Try again');
  expect((await set(await make(account))).status).toBe(200);
  expect((await signIn(email, NEW)).status).toBe(200);
});

it.each(['is removed', 'is no admin any more', 'gets a new password'])(
  'links that an admin made are not valid once the admin %s',
  async (what) => {
    const id = what.replaceAll(' ', '-');
    const maker = await signUp('admin', `${id}@example.com`);
    const { account: by = '' } = await visitor(maker);
    const other = await signUp('developer', `${id}-other@example.com`);
    const { account: of = '' } = await visitor(other);
    const now = Date.now();
    const { link } = await links.makePasswordLink(server(), of, now, by);
    const asked = { role: 'admin', email: `${id}-second@example.com` } as const;
    const invitation = await signUpLinks.makeSignUpLink(server(), asked, now, by);
    expect(await signUpLinks.seeSignUpLink(server(), invitation, now)).toMatchObject(asked);
    const own = await links.makePasswordLink(server(), by, now, by);

    if (what === 'is removed') await links.removePerson(server(), by);
    else if (what === 'is no admin any more') await links.changeRole(server(), by, 'developer');
    else expect((await set(own.link)).status).toBe(200);

    expect((await set(link)).status).toBe(404);
    await expect(signUpLinks.seeSignUpLink(server(), invitation, now)).rejects.toThrow(
      'already used',
    );
    expect((await visitor(other)).account).toBe(of);
  },
);
