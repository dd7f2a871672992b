// Accounts: links, sign-in, keys, roles, access to calls, and the audit log;
// stolen, guessed, reused or forged credentials must not work.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { server } from '@/lib/server';
import { cookiesOf, endSignIn, PASSWORD, requireSignIn, signUp } from '@/lib/testing/accounts';
import { eventAt } from '@/lib/testing/call-events';
import { testDatabase } from '@/lib/testing/databases';

const WEB = 'http://localhost:3000';

describe('accounts', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let admin: string;
  let developer: string;

  beforeAll(async () => {
    database = await testDatabase();
    requireSignIn(database, { PUBLIC_URL: 'https://calls.example.com' });
    admin = await signUp('admin');
    developer = await signUp('developer');
  });
  afterAll(() => endSignIn(database));

  const visitor = async (headers: Record<string, string>) =>
    (await import('@/lib/auth/visitor')).visitorOf(server(), new Headers(headers));
  const post = async (path: string, body: unknown, headers = {}) => {
    const { POST } = await import('@/app/api/auth/[...all]/route');
    const request = new Request(`${WEB}/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return POST(request, { params: Promise.resolve({ all: path.slice(1).split('/') }) });
  };

  it('protects cookies from scripts, other sites and plain HTTP, and stores no passwords', async () => {
    const { makeSignUpLink } = await import('@/lib/auth/sign-up-links');
    const { signUp } = await import('@/lib/auth/people');
    const email = 'cookie@example.com';
    const link = await makeSignUpLink(server(), { role: 'caller', email }, Date.now());
    const asked = { name: 'C', email, password: PASSWORD };
    const answer = await signUp(server(), link, asked, new Headers());
    for (const cookie of answer.headers.getSetCookie()) {
      expect(cookie).toMatch(/^__Secure-callboard\..*; HttpOnly; Secure; SameSite=Lax/i);
    }
    const { withDatabase } = await import('@/lib/db/database');
    const { logins, signUpLinks } = await import('@/lib/auth/tables');
    const kept = await withDatabase(server(), async (db) => [
      await db.select().from(logins),
      await db.select().from(signUpLinks),
    ]);
    expect(JSON.stringify(kept)).not.toContain(PASSWORD);
    expect(JSON.stringify(kept)).not.toContain(link);
  });

  it('accepts a link once, from its recipient, until it expires', async () => {
    const { makeSignUpLink, seeSignUpLink } = await import('@/lib/auth/sign-up-links');
    const { signUp } = await import('@/lib/auth/people');
    const email = 'once@example.com';
    const asked = { name: 'O', email, password: PASSWORD };
    const now = Date.now();
    const link = await makeSignUpLink(server(), { role: 'caller', email }, now);
    const other = { ...asked, email: 'else@example.com' };
    await expect(signUp(server(), link, other, new Headers())).rejects.toThrow('is for once@');
    await expect(seeSignUpLink(server(), link, now + 4 * 24 * 3_600_000)).rejects.toThrow(
      'Ask an admin',
    );
    await expect(seeSignUpLink(server(), `${link}x`, now)).rejects.toThrow('Ask an admin');
    const both = [1, 2].map(() => signUp(server(), link, asked, new Headers()));
    const ends = await Promise.allSettled(both);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(signUp(server(), link, asked, new Headers())).rejects.toThrow();
    // The first account's link is valid only while there is no account.
    const first = await makeSignUpLink(server(), { role: 'admin', email: undefined }, now);
    await expect(seeSignUpLink(server(), first, now)).rejects.toThrow('Ask an admin');
  });

  it('recognizes people by their session until they sign out', async () => {
    expect(await visitor({ cookie: developer })).toMatchObject({
      by: 'session',
      role: 'developer',
    });
    expect(await visitor({ cookie: developer.replaceAll(/=.{8}/g, '=forged00') })).toMatchObject({
      by: 'nobody',
    });
    expect(await visitor({})).toEqual({ by: 'nobody', name: '' });
    const asked = { email: 'developer@example.com', password: PASSWORD };
    const answer = await post('/sign-in/email', asked);
    expect(answer.status).toBe(200);
    const cookie = cookiesOf(answer);
    expect((await visitor({ cookie })).role).toBe('developer');
    const origin = 'https://calls.example.com';
    const out = await post('/sign-out', {}, { cookie, origin, host: 'calls.example.com' });
    expect(out.status).toBe(200);
    expect((await visitor({ cookie })).by).toBe('nobody');
  });

  it('refuses sign-ups, and roles that people give themselves', async () => {
    const made = { email: 'new@example.com', password: PASSWORD, name: 'N', role: 'admin' };
    for (const path of ['/sign-up/email', '/update-user', '/delete-user', '/api-key/create']) {
      expect([path, (await post(path, made, { cookie: developer })).status]).toEqual([path, 404]);
    }
  });

  it('limits password guesses for an account from any address', async () => {
    const guess = (at: number) =>
      post(
        '/sign-in/email',
        { email: 'guessed@example.com', password: `guess number ${at} of many` },
        { 'callboard-address': `10.0.0.${at}` },
      );
    const answers = [];
    for (let at = 0; at < 11; at += 1) answers.push(await guess(at));
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(800);
  });

  it('limits password guesses from one address, whatever headers the client sends', async () => {
    const guess = async (at: number) => {
      const body = { email: `guessed-${at}@example.com`, password: `guess number ${at} of many` };
      const headers = {
        'callboard-address': '2001:db8::1',
        'x-forwarded-for': `10.1.0.${at}`,
        forwarded: `for=10.1.0.${at}`,
      };
      return (await post('/sign-in/email', body, headers)).status;
    };
    const statuses = [];
    for (let at = 0; at < 11; at += 1) statuses.push(await guess(at));
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
  });

  it("checks a key's permissions, its owner's role and its expiry", async () => {
    const { makeKey, listKeys, deleteKey } = await import('@/lib/auth/keys');
    const who = await visitor({ cookie: developer });
    const { id, key } = await makeKey(server(), who, { name: 'nightly', rights: ['dispatch'] });
    const authorization = `Bearer ${key}`;
    expect(await visitor({ authorization })).toMatchObject({ by: 'key', scopes: ['dispatch'] });
    await expect(visitor({ authorization: `${authorization}x` })).rejects.toThrow('Sign in');
    await expect(visitor({ authorization: 'Bearer eyJ.a.b' })).rejects.toThrow('Sign in');
    await expect(makeKey(server(), who, { name: 'more', rights: ['rules'] })).rejects.toThrow(
      'do not have these permissions',
    );
    const [kept] = await listKeys(server(), who.account ?? '');
    expect(kept).toMatchObject({ id, name: 'nightly', rights: ['dispatch'] });
    expect(JSON.stringify(kept)).not.toContain(key);
    const boss = await visitor({ cookie: admin });
    await expect(deleteKey(server(), boss.account ?? '', id)).rejects.toThrow(
      'belongs to another user',
    );
    await deleteKey(server(), who.account ?? '', id);
    await expect(visitor({ authorization })).rejects.toThrow('Sign in');
  });

  it('always keeps an admin, and applies role changes and removals at once', async () => {
    const { changeRole, removePerson } = await import('@/lib/auth/people');
    const boss = (await visitor({ cookie: admin })).account ?? '';
    await expect(changeRole(server(), boss, 'caller')).rejects.toThrow('somebody else an admin');
    await expect(removePerson(server(), boss)).rejects.toThrow('somebody else an admin');
    const cookie = await signUp('developer', 'short@example.com');
    const { account = '' } = await visitor({ cookie });
    await changeRole(server(), account, 'caller');
    expect((await visitor({ cookie })).role).toBe('caller');
    await removePerson(server(), account);
    expect((await visitor({ cookie })).by).toBe('nobody');
    await expect(removePerson(server(), account)).rejects.toThrow('has been removed');
  });

  it("keeps one admin if two remove each other's role at once", async () => {
    const { changeRole, listPeople, removePerson } = await import('@/lib/auth/people');
    const boss = (await visitor({ cookie: admin })).account ?? '';
    const second = await visitor({ cookie: await signUp('admin', 'second@example.com') });
    const both = [boss, second.account ?? ''].map((id) => changeRole(server(), id, 'caller'));
    const ends = await Promise.allSettled(both);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await listPeople(server())).filter(({ role }) => role === 'admin')).toHaveLength(1);
    await changeRole(server(), boss, 'admin');
    await removePerson(server(), second.account ?? '');
  });

  it('shows callers only their own calls', async () => {
    const { listCalls, neighbours, isOfAccount, storeEvents } = await import(
      '@/lib/calls/store/store'
    );
    const { callTimeline } = await import('@/lib/calls/view/one-call');
    const caller = { origin: 'page', agent: 'front-desk', deployment: 'production' } as const;
    for (const [at, account] of ['a', 'b', undefined].entries()) {
      const call = `call-of-${account ?? 'nobody'}`;
      const where = { id: call, call, room: call, roomSid: undefined };
      const event = eventAt('requested', at, { ...caller, identity: call, account }, where);
      const joined = eventAt(
        'person_joined',
        at,
        { identity: call, name: '', role: 'caller' },
        { ...where, id: `${call}-joined` },
      );
      const error = { where: 'llm', message: 'It failed.', stack: 'at /srv/app.js:1' };
      const failed = eventAt('error', at + 1, error, { ...where, id: `${call}-failed` });
      await storeEvents(server(), [event, joined, failed], event.arrivedAt);
    }
    const idsOf = async (account?: string) =>
      (await listCalls(server(), { account })).calls.map(({ id }) => id).sort();
    expect(await idsOf('a')).toEqual(['call-of-a']);
    expect(await idsOf('')).toEqual([]);
    expect(await idsOf()).toHaveLength(3);
    expect((await callTimeline(server(), 'call-of-a', 'a')).call.account).toBe('a');
    // Stacks are for developers.
    expect(JSON.stringify(await callTimeline(server(), 'call-of-a', 'a'))).not.toContain('app.js');
    expect(JSON.stringify(await callTimeline(server(), 'call-of-a'))).toContain('app.js');
    await expect(callTimeline(server(), 'call-of-a', 'b')).rejects.toThrow('does not exist');
    await expect(callTimeline(server(), 'call-of-nobody', '')).rejects.toThrow('does not exist');
    expect(await isOfAccount(server(), 'call-of-b', 'a')).toBe(false);
    expect(await neighbours(server(), 'call-of-b', 'b')).toEqual({
      newer: undefined,
      older: undefined,
    });
  });

  it('records an action in the audit log once it is done', async () => {
    const { POST } = await import('@/app/api/people/route');
    const ask = (email: string) =>
      POST(
        new Request(`${WEB}/api/people`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie: admin },
          body: JSON.stringify({ email, role: 'caller' }),
        }),
      );
    expect((await ask('Guest@Example.com')).status).toBe(201);
    expect((await ask('not an address')).status).toBe(400);
    const { readAudit } = await import('@/lib/auth/audit');
    const entries = await readAudit(server());
    expect(entries).toHaveLength(1);
    const done = {
      name: 'admin',
      by: 'session',
      action: 'person invited',
      object: 'guest@example.com',
    };
    expect(entries[0]).toMatchObject(done);
  });

  it("admits the organization provider's users only if they were invited", async () => {
    const { withAuth } = await import('@/lib/auth/auth');
    const { makeSignUpLink } = await import('@/lib/auth/sign-up-links');
    await makeSignUpLink(server(), { role: 'developer', email: 'known@example.com' }, Date.now());
    const { before } = await withAuth(
      server(),
      async (auth) => auth.options.databaseHooks.user.create,
    );
    const now = new Date();
    const create = async (email: string, emailVerified: boolean) => {
      const user = { id: 'u', name: 'K', email, emailVerified, createdAt: now, updatedAt: now };
      return before(user as never, {} as never);
    };
    await expect(create('stranger@example.com', true)).rejects.toThrow('not invited');
    await expect(create('known@example.com', false)).rejects.toThrow('not invited');
    expect(await create('known@example.com', true)).toMatchObject({ data: { role: 'developer' } });
    await expect(create('known@example.com', true)).rejects.toThrow('not invited');
  });
});
