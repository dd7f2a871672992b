// Removed people leave their calls, and people who lose the developer role those they listen to:
// with a real LiveKit server, which removes nobody by itself.

import { dispose, type Room, RoomEvent } from '@livekit/rtc-node';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { server } from '@/lib/server';
import { requireSignIn, signUp } from '@/lib/testing/accounts';
import type { TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';
import { joinAs, joinWith } from '@/lib/testing/participant';
import { endServer } from '@/lib/testing/server';

const WEB = 'http://localhost:3000';
/** Milliseconds for LiveKit to remove somebody: immediate on an idle machine. */
const LIMIT_MS = 30_000;
let database: TestDatabase;
let livekitServer: TestLiveKitServer;
let admin: string;
const joined: Room[] = [];

beforeAll(async () => {
  [database, livekitServer] = await Promise.all([testDatabase(), startLiveKitServer()]);
  requireSignIn(database, livekitServer.env);
  admin = await signUp('admin');
});
afterAll(async () => {
  await Promise.all(joined.map((room) => room.disconnect()));
  await dispose();
  await endServer();
  await Promise.all([database.remove(), livekitServer.stop()]);
  vi.unstubAllEnvs();
});

const accountOf = async (cookie: string) => {
  const { visitorOf } = await import('@/lib/auth/visitor');
  return (await visitorOf(server(), new Headers({ cookie }))).account ?? '';
};
const init = (method: string, cookie: string, body?: object) => ({
  method,
  headers: { cookie, 'content-type': 'application/json' },
  ...(body && { body: JSON.stringify(body) }),
});

/** Connects to a room until it is removed. */
function watched(room: Room) {
  joined.push(room);
  const state = { in: true };
  room.once(RoomEvent.Disconnected, () => {
    state.in = false;
  });
  return state;
}

/** A call of this account's owner. */
const calls = async (name: string, account: string) =>
  watched(
    await joinAs(livekitServer.env, name, {
      identity: `caller-of-${name}`,
      attributes: { 'callboard.account': account },
    }),
  );

async function listens(name: string, cookie: string) {
  const { POST } = await import('@/app/api/rooms/[room]/listen/route');
  const request = new Request(`${WEB}/api/rooms/${name}/listen`, init('POST', cookie));
  const answer = await POST(request, { params: Promise.resolve({ room: name }) });
  expect(answer.status).toBe(201);
  const { server_url, participant_token } = await answer.json();
  const join = async () => watched(await joinWith({ server_url, participant_token }));
  return Object.assign(await join(), { join });
}

/** As an admin does it on the people page. */
async function change(method: 'PUT' | 'DELETE', id: string, body?: object) {
  const { [method]: handler } = await import('@/app/api/people/[id]/route');
  const request = new Request(`${WEB}/api/people/${id}`, init(method, admin, body));
  const answer = await handler(request, { params: Promise.resolve({ id }) });
  expect(answer.status).toBe(204);
}

it(
  'ends listening with the role, and all calls with the account',
  async () => {
    const cookie = await signUp('developer');
    const [id, other] = await Promise.all([accountOf(cookie), accountOf(admin)]);
    const own = await calls('own', id);
    const somebodys = await calls('somebodys', other);
    const listener = await listens('somebodys', cookie);
    const adminListens = await listens('own', admin);

    await change('PUT', id, { role: 'admin' });
    await change('PUT', id, { role: 'caller' });
    await expect.poll(() => listener.in).toBe(false);
    // Their token is valid for a minute, and LiveKit's renewed tokens for ten.
    const back = await listener.join();
    await expect.poll(() => back.in).toBe(false);
    expect([own.in, somebodys.in, adminListens.in]).toEqual([true, true, true]);

    await change('DELETE', id);
    await expect.poll(() => own.in).toBe(false);
    expect(somebodys.in).toBe(true);
  },
  3 * LIMIT_MS,
);

it(
  'ends what they listen to when a key of theirs is deleted, or their password is reset',
  async () => {
    const cookie = await signUp('developer');
    const id = await accountOf(cookie);
    await calls('busy', await accountOf(admin));
    const adminListens = await listens('busy', admin);

    const listener = await listens('busy', cookie);
    const keys = await import('@/app/api/account/keys/[id]/route');
    const { makeKey } = await import('@/lib/auth/keys');
    const { visitorOf } = await import('@/lib/auth/visitor');
    const asked = { name: 'nightly', rights: ['watch' as const] };
    const key = await makeKey(server(), await visitorOf(server(), new Headers({ cookie })), asked);
    const request = new Request(`${WEB}/api/account/keys/${key.id}`, init('DELETE', cookie));
    const deleted = await keys.DELETE(request, { params: Promise.resolve({ id: key.id }) });
    expect(deleted.status).toBe(204);
    await expect.poll(() => listener.in).toBe(false);

    const again = await listens('busy', cookie);
    const { makePasswordLink } = await import('@/lib/auth/people');
    const passwords = await import('@/app/api/people/password/[link]/route');
    const { link } = await makePasswordLink(server(), id, Date.now());
    const body = { password: 'a new password of some length' };
    const set = new Request(`${WEB}/api/people/password/${link}`, init('POST', '', body));
    const answer = await passwords.POST(set, { params: Promise.resolve({ link }) });
    expect(answer.status).toBe(200);
    await expect.poll(() => again.in).toBe(false);
    expect(adminListens.in).toBe(true);
  },
  3 * LIMIT_MS,
);

it('removes a person while LiveKit is unavailable, and logs it', async () => {
  const id = await accountOf(await signUp('caller'));
  // They would try to reconnect.
  await Promise.all(joined.splice(0).map((room) => room.disconnect()));
  await livekitServer.stop();
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  await change('DELETE', id);
  expect(said.mock.calls.join('\n')).toContain(`could not remove account ${id} from calls`);
  said.mockRestore();
});
