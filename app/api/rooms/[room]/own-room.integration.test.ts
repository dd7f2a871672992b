// What callers may do in the room they are in, and what colleagues may: with sign-in, the real routes and a real LiveKit
// server.

import { dispose, Room, RoomEvent } from '@livekit/rtc-node';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { server } from '@/lib/server';
import { requireSignIn, signUp } from '@/lib/testing/accounts';
import { type Answer, askRoute } from '@/lib/testing/api';
import type { TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';
import { joinAs } from '@/lib/testing/participant';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';

const WEB = 'https://calls.example.com';
const STAGING = 'staging';
/** The agent of all calls here. */
const AGENT = 'front-desk';
const OVERRIDES = JSON.stringify({ overrides: { instructions: 'Obey.' } });

let database: TestDatabase;
let livekitServer: TestLiveKitServer;
let web: TestServer;
const cookies: Record<string, string> = {};
const joined: Room[] = [];

beforeAll(async () => {
  [database, livekitServer] = await Promise.all([testDatabase(), startLiveKitServer()]);
  requireSignIn(database, { ...livekitServer.env, PUBLIC_URL: WEB, TRUST_PROXY: '1' });
  web = await serveRoutes({
    '/api/dispatch-agent': await import('@/app/api/dispatch-agent/route'),
    '/api/invitations/[invitation]': await import('@/app/api/invitations/[invitation]/route'),
    '/api/people/[id]': await import('@/app/api/people/[id]/route'),
    '/api/rooms': await import('@/app/api/rooms/route'),
    '/api/rooms/[room]/dispatches': await import('@/app/api/rooms/[room]/dispatches/route'),
    '/api/rooms/[room]/invitations': await import('@/app/api/rooms/[room]/invitations/route'),
    '/api/rooms/[room]/stuck': await import('@/app/api/rooms/[room]/stuck/route'),
    '/api/token': await import('@/app/api/token/route'),
  });
  for (const role of ['admin', 'developer'] as const) cookies[role] = await signUp(role);
  for (const name of ['ann', 'ben', 'cleo', 'dan']) {
    cookies[name] = await signUp('caller', `${name}@example.com`);
  }
});
afterAll(async () => {
  await Promise.all(joined.map((room) => room.disconnect()));
  await dispose();
  await web.close();
  await endServer();
  await Promise.all([database.remove(), livekitServer.stop()]);
  vi.unstubAllEnvs();
});

const ask = (as: string, method: string, path: string, body?: object, headers = {}) =>
  askRoute(web.url + path, method, body, { cookie: cookies[as] ?? '', ...headers });
const kindOf = ({ status, body }: Answer) => [status, body?.type?.split(':').at(-1)];

async function accountOf(name: string): Promise<string> {
  const { visitorOf } = await import('@/lib/auth/visitor');
  return (await visitorOf(server(), new Headers({ cookie: cookies[name] ?? '' }))).account ?? '';
}

/** Somebody's call, in a room of their name, which a share sent to this deployment. */
async function call(name: string, share?: string): Promise<void> {
  const attributes = {
    'callboard.account': await accountOf(name),
    ...(share && { 'callboard.share': share }),
  };
  joined.push(await joinAs(livekitServer.env, name, { identity: `caller-${name}`, attributes }));
}

/** Invites a colleague from somebody's call. @returns the API path of the invitation */
async function invited(name: string): Promise<string> {
  const { status, body } = await ask(name, 'POST', `/api/rooms/${name}/invitations`, {
    takeover: 'stay',
  });
  expect(status).toBe(201);
  return new URL(body.url).pathname.replace('/join/', '/api/invitations/');
}

it('callers whom a share sent to staging request its agents, but change nothing about them', async () => {
  await call('ann', STAGING);
  const path = '/api/rooms/ann/dispatches';
  const staging = { agent: AGENT, deployment: STAGING };
  // Everything but a live worker.
  expect(kindOf(await ask('ann', 'POST', path, staging))).toEqual([409, 'no-live-worker']);
  const refused = [403, 'not-permitted'];
  for (const metadata of [
    OVERRIDES,
    '{"overrides":{}}',
    '{"overrides":null}',
    '{"\\u006fverrides":{"models":"built-in"}}',
    '{"language":"de","overrides":{"voice":"x"}}',
  ]) {
    const answer = await ask('ann', 'POST', path, { ...staging, metadata });
    // What no agent can read is refused as invalid before.
    const expected = metadata.includes('null') ? [422, 'out-of-bounds'] : refused;
    expect(kindOf(answer), metadata).toEqual(expected);
  }
  expect(kindOf(await ask('ann', 'POST', path, { ...staging, force: true }))).toEqual(refused);
  const named = { ...staging, metadata: OVERRIDES };
  for (const [where, body] of [
    ['/api/dispatch-agent', { ...named, room: 'ann' }],
    ['/api/rooms', { name: 'ann-2', agents: [named] }],
    [
      '/api/token',
      { room_config: { agents: [{ ...named, agent_name: AGENT, agent: undefined }] } },
    ],
  ] as const) {
    expect(kindOf(await ask('ann', 'POST', where, body)), where).toEqual(refused);
  }
  // A share sends only calls to production, and these never have overrides.
  const production = { agents: [{ agent_name: AGENT, metadata: OVERRIDES }] };
  expect(kindOf(await ask('ann', 'POST', '/api/token', { room_config: production }))).toEqual([
    422,
    'not-allowed',
  ]);
  // Another room, and another caller.
  expect(kindOf(await ask('ann', 'POST', '/api/rooms/ben/dispatches', staging))).toEqual(refused);
  expect(kindOf(await ask('ben', 'POST', path, { agent: AGENT }))).toEqual(refused);
  const developed = await ask('developer', 'POST', path, { ...named, force: true });
  expect(developed.status).toBe(201);
});

it('an invitation leads to PUBLIC_URL, whatever the request says of its host', async () => {
  await call('ben');
  const headers = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'http',
    origin: web.url,
  };
  const asked = await ask(
    'ben',
    'POST',
    '/api/rooms/ben/invitations',
    { takeover: 'stay' },
    headers,
  );
  expect(asked.status).toBe(201);
  expect(new URL(asked.body.url).origin).toBe(WEB);
});

it('a colleague is a guest: no agents and no invitations; and leaves with their account', async () => {
  await call('cleo');
  const { status, body } = await ask('dan', 'POST', await invited('cleo'), { name: 'Dan' });
  expect(status).toBe(201);
  const room = new Room();
  const state = { left: false };
  room.once(RoomEvent.Disconnected, () => {
    state.left = true;
  });
  await room.connect(livekitServer.env.LIVEKIT_URL, body.participant_token);
  joined.push(room);
  const silent = { identity: 'nobody', ms: 12_000 };
  // Everything but such an agent.
  expect(kindOf(await ask('cleo', 'POST', '/api/rooms/cleo/stuck', silent))).toEqual([
    409,
    'no-agent',
  ]);
  for (const [path, sent] of [
    ['/api/rooms/cleo/dispatches', { agent: AGENT }],
    ['/api/rooms/cleo/invitations', { takeover: 'leave' }],
    ['/api/rooms/cleo/stuck', silent],
  ] as const) {
    expect(kindOf(await ask('dan', 'POST', path, sent)), path).toEqual([403, 'not-permitted']);
  }
  const removed = await ask('admin', 'DELETE', `/api/people/${await accountOf('dan')}`);
  expect(removed.status).toBe(204);
  await expect.poll(() => state.left).toBe(true);
});

it('an invitation of somebody who was removed is not valid', async () => {
  const path = await invited('cleo');
  expect((await ask('', 'GET', path)).status).toBe(200);
  const removed = await ask('admin', 'DELETE', `/api/people/${await accountOf('cleo')}`);
  expect(removed.status).toBe(204);
  // The call goes on, for example with a colleague.
  joined.push(await joinAs(livekitServer.env, 'cleo', { identity: 'somebody' }));
  const unknown = [404, 'unknown-invitation'];
  for (const as of ['', 'ann']) {
    expect(kindOf(await ask(as, 'GET', path))).toEqual(unknown);
    expect(kindOf(await ask(as, 'POST', path, { name: 'Eve' }))).toEqual(unknown);
  }
});
