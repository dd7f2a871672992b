// Invitations as browsers use them: created in a live call, viewed, redeemed once, with a real server.
import { dispose, type Room } from '@livekit/rtc-node';
import { RoomServiceClient, TokenVerifier } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as invitation from '@/app/api/invitations/[invitation]/route';
import * as invitationsOfRoom from '@/app/api/rooms/[room]/invitations/route';
import { appConfig } from '@/app-config';
import { INVITATION_MS } from '@/lib/dispatch/invitations';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';
import { joinByToken, joinWith } from '@/lib/testing/participant';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';

let livekit: TestLiveKitServer;
let web: TestServer;
let rooms: RoomServiceClient;
let caller: Room;

beforeAll(async () => {
  livekit = await startLiveKitServer();
  for (const [name, value] of Object.entries(livekit.env)) vi.stubEnv(name, value);
  web = await serveRoutes({
    '/api/rooms/[room]/invitations': invitationsOfRoom,
    '/api/invitations/[invitation]': invitation,
  });
  const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = livekit.env;
  rooms = new RoomServiceClient(LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
  const agent = { name: 'front-desk', deployment: 'production', metadata: '' };
  caller = await joinByToken(livekit.env, 'call', 'caller', agent);
});

afterAll(async () => {
  await caller.disconnect();
  await dispose();
  await web.close();
  await livekit.stop();
  vi.unstubAllEnvs();
});

async function ask(method: string, path: string, body?: unknown, headers: HeadersInit = {}) {
  const response = await fetch(`${web.url}${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  });
  return { status: response.status, body: await response.json() };
}
const inviteTo = (room: string, takeover = 'leave') =>
  ask('POST', `/api/rooms/${room}/invitations`, { takeover });
const kindOf = ({ status, body }: Awaited<ReturnType<typeof ask>>) => [
  status,
  body.type?.replace('urn:callboard:problem:', ''),
];

/** Creates an invitation. Returns its API path. */
async function invited(takeover = 'leave'): Promise<string> {
  const { status, body } = await inviteTo('call', takeover);
  expect(status).toBe(201);
  return new URL(body.url).pathname.replace('/join/', '/api/invitations/');
}

describe('inviting', () => {
  it('returns a link to this server that is valid for 15 minutes', async () => {
    const before = Date.now();
    const { status, body } = await inviteTo('call');
    expect(status).toBe(201);
    expect(body.url).toMatch(new RegExp(`^${web.url}/join/join-[\\w-]{22}$`));
    const left = Date.parse(body.expires_at) - before;
    expect(left).toBeGreaterThanOrEqual(INVITATION_MS);
    expect(left).toBeLessThan(INVITATION_MS + 10_000);
  });

  it('requires a live room, a known takeover and our own page', async () => {
    expect(kindOf(await inviteTo('nowhere'))).toEqual([404, 'unknown-room']);
    expect(kindOf(await inviteTo('call', 'shout'))).toEqual([400, 'invalid-request']);
    const foreign = { origin: 'https://evil.test' };
    const path = '/api/rooms/call/invitations';
    expect(kindOf(await ask('POST', path, { takeover: 'leave' }, foreign))).toEqual([
      403,
      'foreign-origin',
    ]);
    expect((await rooms.listRooms(['nowhere'])).length).toBe(0);
  });
});

describe('redeeming', () => {
  it('admits one person, who can only talk and listen', async () => {
    const path = await invited('stay');
    const { status, body } = await ask('POST', path, { name: ' Margaret ' });
    expect([status, body.room, body.server_url]).toEqual([201, 'call', livekit.env.LIVEKIT_URL]);

    const { LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = livekit.env;
    const verifier = new TokenVerifier(LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
    const claims = await verifier.verify(body.participant_token);
    expect(claims.sub).toMatch(/^colleague-[\w-]{22}$/);
    expect(claims.name).toBe('Margaret');
    expect(claims.attributes).toEqual({ 'callboard.takeover': 'stay' });
    expect(claims.roomConfig).toBeUndefined();
    expect(claims.video).toEqual({
      roomJoin: true,
      room: 'call',
      canPublish: true,
      canPublishSources: ['microphone'],
      canPublishData: true,
      canSubscribe: true,
      canUpdateOwnMetadata: false,
    });

    const margaret = await joinWith(body);
    expect([...margaret.remoteParticipants.keys()]).toContain('caller');
    await margaret.disconnect();

    expect(kindOf(await ask('POST', path, { name: 'Lee' }))).toEqual([410, 'invitation-used']);
    expect(kindOf(await ask('GET', path))).toEqual([410, 'invitation-used']);
  });

  it('admits one of two concurrent requests', async () => {
    const path = await invited();
    const both = await Promise.all(['A', 'B'].map((name) => ask('POST', path, { name })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 410]);
  });

  it('is not used up by viewing, invalid requests or other sites', async () => {
    const path = await invited();
    const seen = await ask('GET', path);
    expect(seen).toMatchObject({ status: 200, body: { takeover: 'leave' } });
    expect(seen.body).not.toHaveProperty('room');
    await fetch(`${web.url}${path}`, { method: 'HEAD' });
    expect(kindOf(await ask('POST', path, { name: '  ' }))).toEqual([422, 'out-of-bounds']);
    expect(kindOf(await ask('POST', path, { name: 'a\u0000b' }))).toEqual([422, 'out-of-bounds']);
    expect(kindOf(await ask('POST', path, { nom: 'Lee' }))).toEqual([400, 'invalid-request']);
    const foreign = { origin: 'null' };
    expect(kindOf(await ask('POST', path, { name: 'Lee' }, foreign))).toEqual([
      403,
      'foreign-origin',
    ]);
    expect((await ask('POST', path, { name: 'Lee' })).status).toBe(201);
  });

  it('refuses invalid and expired links', async () => {
    expect(kindOf(await ask('POST', '/api/invitations/join-x', { name: 'Lee' }))).toEqual([
      404,
      'unknown-invitation',
    ]);
    const path = await invited();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + INVITATION_MS + 1 });
    expect(kindOf(await ask('POST', path, { name: 'Lee' }))).toEqual([410, 'invitation-expired']);
    vi.useRealTimers();
  });

  it('is refused if invitations are off in app-config.ts', async () => {
    const path = await invited();
    const features = { ...appConfig.features, invitations: false };
    const off = vi.spyOn(appConfig, 'features', 'get').mockReturnValue(features);
    for (const answer of [
      await inviteTo('call'),
      await ask('GET', path),
      await ask('POST', path, { name: 'Lee' }),
    ]) {
      expect(kindOf(answer)).toEqual([403, 'feature-off']);
    }
    off.mockRestore();
    expect((await ask('POST', path, { name: 'Lee' })).status).toBe(201);
  });

  it('is refused once the call has ended, and creates no room', async () => {
    await rooms.createRoom({ name: 'short' });
    const { body } = await inviteTo('short');
    const path = new URL(body.url).pathname.replace('/join/', '/api/invitations/');
    await rooms.deleteRoom('short');
    expect(kindOf(await ask('GET', path))).toEqual([410, 'room-over']);
    expect(kindOf(await ask('POST', path, { name: 'Lee' }))).toEqual([410, 'room-over']);
    // The invitation is still unused.
    await rooms.createRoom({ name: 'short' });
    expect((await ask('POST', path, { name: 'Lee' })).status).toBe(201);
    await rooms.deleteRoom('short');
  });
});
