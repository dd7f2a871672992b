// The stream of changes ends when its permission ends: for people who were removed, got a lesser role, lost their
// key or were signed out, and for nobody else.

import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { VISITOR_STREAMS } from '@/lib/auth/stream-limit';
import { server } from '@/lib/server';
import { endSignIn, requireSignIn, signUp } from '@/lib/testing/accounts';
import { type TestDatabase, testFolder } from '@/lib/testing/calls-database';

let database: TestDatabase;
let changes: typeof import('@/app/api/calls/changes/route');
let people: typeof import('@/lib/auth/people');
let stays: string;

beforeAll(async () => {
  database = await testFolder();
  requireSignIn(database);
  changes = await import('@/app/api/calls/changes/route');
  people = await import('@/lib/auth/people');
  await signUp('admin');
  stays = await signUp('developer', 'stays@example.com');
});
// Time stands still unless a test advances it: streams that end at once do so by an announcement.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());
afterAll(() => endSignIn(database));

const visitor = async (headers: Record<string, string>) =>
  (await import('@/lib/auth/visitor')).visitorOf(server(), new Headers(headers));

/** Requests the stream. */
async function ask(headers: Record<string, string>, method: 'GET' | 'HEAD' = 'GET') {
  const gone = new AbortController();
  const url = 'http://localhost:3000/api/calls/changes';
  const request = new Request(url, { method, headers, signal: gone.signal });
  return { answer: await changes[method](request, { params: Promise.resolve({}) }), gone };
}

/** Opens the stream; `over` resolves when the server has ended it. */
async function open(headers: Record<string, string>) {
  const { answer, gone } = await ask(headers);
  expect(answer.status).toBe(200);
  const stream = { ended: false, over: Promise.resolve(), leave: () => gone.abort() };
  stream.over = (async () => {
    for await (const _ of answer.body as ReadableStream<Uint8Array>);
    stream.ended = true;
  })();
  return stream;
}

let made = 0;
/** Two people who watch. */
async function two() {
  made += 1;
  const cookie = await signUp('developer', `watches-${made}@example.com`);
  const account = (await visitor({ cookie })).account ?? '';
  return {
    cookie,
    account,
    own: await open({ cookie }),
    other: await open({ cookie: stays }),
  };
}

it('ends at once for a lesser role, and restarts with what that role may see', async () => {
  const { cookie, account, own, other } = await two();
  await people.changeRole(server(), account, 'caller');
  await own.over;
  const again = await open({ cookie });
  // A role with the same permission ends nothing.
  await people.changeRole(server(), account, 'caller');
  // The check has queried the database by then.
  await visitor({ cookie });
  expect([again.ended, other.ended]).toEqual([false, false]);
  for (const stream of [again, other]) stream.leave();
});

it('ends at once for a deleted key', async () => {
  const { cookie, own, other, account } = await two();
  const { makeKey, deleteKey } = await import('@/lib/auth/keys');
  const asked = { name: 'watcher', rights: ['history' as const] };
  const { id, key } = await makeKey(server(), await visitor({ cookie }), asked);
  const byKey = await open({ authorization: `Bearer ${key}` });
  await deleteKey(server(), account, id);
  await byKey.over;
  expect([own.ended, other.ended]).toEqual([false, false]);
  for (const stream of [own, other]) stream.leave();
});

it('ends when another web process announces the change', async () => {
  const { own, account, other } = await two();
  const { withDatabase } = await import('@/lib/db/database');
  const { accounts } = await import('@/lib/auth/tables');
  const { eq } = await import('drizzle-orm');
  const { receive } = await import('@/lib/cluster/pubsub');
  (await import('@/lib/startup/other-processes')).followOtherProcesses(server());
  await withDatabase(server(), (db) => db.delete(accounts).where(eq(accounts.id, account)));
  receive(server(), `other id 0 1 ${JSON.stringify({ topic: 'accounts', body: account })}`);
  await own.over;
  expect(other.ended).toBe(false);
  other.leave();
});

it('ends within seconds for a session that was ended elsewhere without an announcement', async () => {
  const { cookie, own, other } = await two();
  const { withAuth } = await import('@/lib/auth/auth');
  await withAuth(server(), (auth) => auth.api.revokeSessions({ headers: new Headers({ cookie }) }));
  expect(own.ended).toBe(false);
  vi.advanceTimersByTime(5_000);
  await own.over;
  expect(other.ended).toBe(false);
  // Streams that clients closed are not checked any more.
  other.leave();
  await other.over;
  expect(vi.getTimerCount()).toBe(0);
});

it('ends at once for a removed person, and continues for others', async () => {
  const { account, own, other } = await two();
  await people.removePerson(server(), account);
  await own.over;
  expect(other.ended).toBe(false);
  other.leave();
  await other.over;
});

it('is limited for one visitor, with all sessions and keys, and for nobody else', async () => {
  const { cookie, own, other } = await two();
  const { makeKey } = await import('@/lib/auth/keys');
  const asked = { name: 'streams', rights: ['history' as const] };
  const { key } = await makeKey(server(), await visitor({ cookie }), asked);
  const all = [own];
  for (let n = 1; n < VISITOR_STREAMS; n += 1) {
    all.push(await open(n % 2 ? { cookie } : { authorization: `Bearer ${key}` }));
  }
  const both: Record<string, string>[] = [{ cookie }, { authorization: `Bearer ${key}` }];
  for (const headers of both) {
    const { answer } = await ask(headers);
    expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([429, 10]);
    expect((await answer.json()).type).toBe('urn:callboard:problem:too-many-streams');
  }
  const another = await open({ cookie: stays });
  // A stream that has ended does not count.
  own.leave();
  await own.over;
  all.push(await open({ cookie }));
  expect((await ask({ cookie })).answer.status).toBe(429);
  for (const stream of [...all, other, another]) stream.leave();
  await Promise.all([...all, other, another].map(({ over }) => over));
});

it('does not stay open after HEAD', async () => {
  const { cookie, own, other } = await two();
  for (let n = 0; n < 2 * VISITOR_STREAMS; n += 1) {
    const { answer } = await ask({ cookie }, 'HEAD');
    expect([answer.status, answer.body]).toEqual([200, null]);
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
  }
  for (const stream of [own, other]) stream.leave();
  await Promise.all([own.over, other.over]);
  expect(vi.getTimerCount()).toBe(0);
});
