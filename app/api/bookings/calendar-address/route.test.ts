// The private address of the diary, as calendar programs ask it: without a header, by the key in the address,
// which opens that one route, for as long as its owner may read the diary and has not taken it back.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Handler } from '@/lib/route';
import { requireSignIn, signUp } from '@/lib/testing/accounts';
import { type TestDatabase, testFolder } from '@/lib/testing/calls-database';

const WEB = 'http://localhost:3000';
let database: TestDatabase;
let developer: string;
let said: string[];

beforeAll(async () => {
  database = await testFolder();
  requireSignIn(database);
  said = [];
  vi.spyOn(console, 'error').mockImplementation((...words) => void said.push(words.join(' ')));
  await signUp('admin');
  developer = await signUp('developer');
}, 60_000);
afterAll(async () => {
  await (await import('@/lib/calls/store/store')).closeStore();
  await database.remove();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const visitor = async (headers: Record<string, string>) =>
  (await import('@/lib/accounts/visitor')).visitorOf(new Headers(headers));

async function call(method: 'GET' | 'POST' | 'DELETE', path: string, headers = {}) {
  const files: Record<string, () => Promise<{ GET?: Handler; POST?: Handler; DELETE?: Handler }>> =
    {
      '/api/bookings.ics': () => import('../../bookings.ics/route'),
      '/api/bookings/calendar-address': () => import('./route'),
      '/api/bookings': () => import('../route'),
      '/api/calls': () => import('../../calls/route'),
    };
  const url = new URL(path, WEB);
  const { [method]: handler } = (await files[url.pathname]?.()) ?? {};
  if (!handler) throw new Error(`no ${method} ${path}`);
  return handler(new Request(url, { method, headers }), { params: Promise.resolve({}) });
}
const make = async (headers: Record<string, string>): Promise<string> =>
  (await (await call('POST', '/api/bookings/calendar-address', headers)).json()).key;
const feed = (key: string, more = '') => call('GET', `/api/bookings.ics?key=${key}${more}`);
const status = async (key: string) => (await feed(key)).status;

it('is read without any header, for each diary', async () => {
  expect((await call('GET', '/api/bookings.ics')).status).toBe(401);
  const key = await make({ cookie: developer });
  const answer = await feed(key, '&deployment=staging');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/calendar; charset=utf-8',
  ]);
  expect(await answer.text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect((await feed(key, '&q=x')).status).toBe(400);
  const { calendarAddress } = await import('@/lib/accounts/calendar-key');
  const { account = '' } = await visitor({ cookie: developer });
  expect(await calendarAddress(account)).toMatchObject({ used_at: expect.any(String) });
});

it('opens nothing else, in the address or as a header', async () => {
  const key = await make({ cookie: developer });
  for (const path of ['/api/bookings', '/api/calls']) {
    const statuses = [
      (await call('GET', `${path}?key=${key}`)).status,
      (await call('GET', path, { authorization: `Bearer ${key}` })).status,
    ];
    expect([path, statuses]).toEqual([path, [401, 403]]);
  }
  const byHeader = { authorization: `Bearer ${key}` };
  expect((await call('GET', '/api/bookings.ics', byHeader)).status).toBe(403);
  expect((await call('POST', '/api/bookings/calendar-address', byHeader)).status).toBe(403);
});

it('is one a person, made by themselves, renewed and taken back', async () => {
  const first = await make({ cookie: developer });
  const second = await make({ cookie: developer });
  expect([await status(first), await status(second)]).toEqual([401, 200]);
  const { makeKey } = await import('@/lib/accounts/keys');
  const { key } = await makeKey(await visitor({ cookie: developer }), {
    name: 'desk',
    rights: ['desk'],
  });
  const script = { authorization: `Bearer ${key}` };
  // A key of another kind reads the diary by its header, stays out of addresses, and makes no address.
  expect((await call('GET', '/api/bookings.ics', script)).status).toBe(200);
  expect(await status(key)).toBe(401);
  expect((await call('POST', '/api/bookings/calendar-address', script)).status).toBe(403);
  const gone = await call('DELETE', '/api/bookings/calendar-address', { cookie: developer });
  expect([gone.status, await status(second)]).toEqual([204, 401]);
  const { type, detail } = await (await feed(second)).json();
  expect([type, detail]).toEqual([
    'urn:callboard:problem:sign-in-needed',
    expect.stringContaining('Make another one'),
  ]);
});

it('ends with the role that may read the diary, and with the account', async () => {
  const cookie = await signUp('developer', 'leaves@example.com');
  const { account = '' } = await visitor({ cookie });
  const key = await make({ cookie });
  const { changeRole, removePerson } = await import('@/lib/accounts/people');
  await changeRole(account, 'caller');
  expect(await status(key)).toBe(403);
  await changeRole(account, 'developer');
  expect(await status(key)).toBe(200);
  await removePerson(account);
  expect(await status(key)).toBe(401);
});

it('is not for callers, and not to be read in the database, the audit log or the log', async () => {
  const cookie = await signUp('caller');
  expect((await call('POST', '/api/bookings/calendar-address', { cookie })).status).toBe(403);
  const key = await make({ cookie: developer });
  await status(key);
  await status(`${key}x`);
  const { withDatabase } = await import('@/lib/calls/store/database');
  const { apiKeys, auditLog } = await import('@/lib/accounts/store/tables');
  const kept = await withDatabase(async (db) => [
    await db.select().from(apiKeys),
    await db.select().from(auditLog),
  ]);
  expect(JSON.stringify(kept)).toContain('calendar address made');
  expect(JSON.stringify(kept)).not.toContain(key);
  expect(said.join('\n')).not.toContain(key);
});
