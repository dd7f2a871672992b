// A room's dispatches over HTTP with a real LiveKit server. For agents that join by them, and leave when
// one is deleted: agent/worker/dispatch.integration.test.ts, with a real worker.
import { dispose, type Room } from '@livekit/rtc-node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as one from '@/app/api/rooms/[room]/dispatches/[id]/route';
import * as all from '@/app/api/rooms/[room]/dispatches/route';
import { reportLive, startApi, type TestApi } from '@/lib/testing/api';
import { joinByToken } from '@/lib/testing/participant';

const ROOM = 'Raum 7/b';
const PATH = `/api/rooms/${encodeURIComponent(ROOM)}/dispatches`;
const NOWHERE = '/api/rooms/nowhere/dispatches';
let api: TestApi;
let guest: Room;

beforeAll(async () => {
  api = await startApi({
    '/api/rooms/[room]/dispatches': all,
    '/api/rooms/[room]/dispatches/[id]': one,
  });
  const agent = { name: 'line-check', deployment: 'staging', metadata: 'by token' };
  guest = await joinByToken(api.server.env, ROOM, 'guest', agent);
});
beforeEach(() => reportLive({ agent: 'front-desk', deployment: 'staging' }));
afterAll(async () => {
  await guest.disconnect();
  await dispose();
  await api.close();
});

const add = (body: unknown, headers?: HeadersInit) => api.ask('POST', PATH, body, headers);
const list = async () => (await api.ask('GET', PATH)).body.dispatches;

it('are listed with agent, deployment and metadata, added, shown and deleted', async () => {
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const byToken = {
    dispatch_id: expect.stringMatching(/^AD_/),
    agent_name: 'line-check',
    agent: 'line-check',
    deployment: 'staging',
    metadata: 'by token',
    attributes: {},
    created_at: time,
    jobs: [],
  };
  const before = await api.ask('GET', PATH);
  expect(before.status).toBe(200);
  expect(before.body).toEqual({ room: ROOM, dispatches: [byToken] });

  const added = await add({
    agent_name: 'front-desk',
    deployment: 'staging',
    metadata: 'by API',
    attributes: { plan: 'gold' },
    restart_policy: 'JRP_ON_FAILURE',
  });
  expect(added.status).toBe(201);
  expect(added.body).toMatchObject({ success: true, room: ROOM, room_existed: true });
  const id = added.body.dispatch_id;
  const byApi = {
    ...byToken,
    dispatch_id: id,
    agent_name: 'front-desk',
    agent: 'front-desk',
    metadata: 'by API',
    attributes: { plan: 'gold' },
  };
  expect(await list()).toEqual([byToken, byApi]);
  expect((await api.ask('GET', `${PATH}/${id}`)).body).toEqual(byApi);
  const again = await add({ deployment: 'staging' });
  expect([again.status, again.body.dispatch_id]).toEqual([200, id]);

  const deleted = await api.ask('DELETE', `${PATH}/${id}`);
  expect([deleted.status, deleted.body]).toEqual([204, undefined]);
  expect(await list()).toEqual([byToken]);
  expect(guest.isConnected).toBe(true);
});

it("omit LiveKit's own dispatch without a name", async () => {
  await api.livekit.rooms.createRoom({ name: 'bare' });
  const [automatic] = await api.livekit.dispatches.listDispatch('bare');
  expect(automatic?.agentName).toBe('');
  expect((await api.ask('GET', '/api/rooms/bare/dispatches')).body.dispatches).toEqual([]);
});

describe('answer', () => {
  it.each([
    ['GET', '', undefined],
    ['POST', '', { force: true }],
    ['GET', '/AD_1', undefined],
    ['DELETE', '/AD_1', undefined],
  ])('%s 404 at once in a room that is not live, and makes none', async (method, path, sent) => {
    const { status, body, ms } = await api.ask(method, NOWHERE + path, sent);
    expect([status, body.type]).toEqual([404, 'urn:callboard:problem:unknown-room']);
    expect(ms).toBeLessThan(2_500);
    expect(await api.livekit.rooms.listRooms(['nowhere'])).toEqual([]);
  });

  it.each(['GET', 'DELETE'])('%s 404 for a dispatch that is not there', async (method) => {
    const { status, body } = await api.ask(method, `${PATH}/AD_nope`);
    expect([status, body.type]).toEqual([404, 'urn:callboard:problem:unknown-dispatch']);
  });

  it('409 without a live worker, within a second, unless forced', async () => {
    const { status, body, ms } = await add({ agent: 'front-desk' });
    expect([status, body.type]).toEqual([409, 'urn:callboard:problem:no-live-worker']);
    expect(body.valid).toEqual(['staging']);
    expect(ms).toBeLessThan(2_500);
    expect((await add({ agent: 'front-desk', force: true })).status).toBe(201);
  });

  it.each<[string, unknown, number, string]>([
    ['room in the body', { room: ROOM }, 400, 'invalid-request'],
    ['an unknown agent', { agent: 'x' }, 422, 'unknown-agent'],
    ['much metadata', { metadata: 'x'.repeat(16_385) }, 413, 'too-large'],
  ])('%s with what is wrong', async (_, asked, status, kind) => {
    const answer = await add(asked);
    expect([answer.status, answer.body.type]).toEqual([status, `urn:callboard:problem:${kind}`]);
  });

  it('403 to other sites, 405 to other methods', async () => {
    const foreign = { origin: 'https://evil.test' };
    expect((await add({}, foreign)).status).toBe(403);
    expect((await api.ask('DELETE', `${PATH}/AD_1`, undefined, foreign)).status).toBe(403);
    const allow = async (path: string) => (await api.ask('PUT', path, {})).headers.get('allow');
    expect(await allow(PATH)).toBe('GET, HEAD, POST, OPTIONS');
    expect(await allow(`${PATH}/AD_1`)).toBe('GET, HEAD, DELETE, OPTIONS');
  });
});
