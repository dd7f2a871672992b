// Creating, listing and ending rooms over HTTP with a real LiveKit server and participants.
import { DisconnectReason, dispose, type Room, RoomEvent } from '@livekit/rtc-node';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as one from '@/app/api/rooms/[room]/route';
import * as all from '@/app/api/rooms/route';
import { closingNote } from '@/lib/livekit/attributes';
import { reportLive, startApi, type TestApi } from '@/lib/testing/api';
import { joinByToken } from '@/lib/testing/participant';

const PATH = '/api/rooms';
let api: TestApi;
const guests: Room[] = [];

beforeAll(async () => {
  api = await startApi({ [PATH]: all, [`${PATH}/[room]`]: one });
});
beforeEach(() =>
  reportLive({ agent: 'front-desk' }, { agent: 'line-check', deployment: 'staging' }),
);
afterAll(async () => {
  await Promise.all(guests.map((guest) => guest.disconnect()));
  await dispose();
  await api.close();
});

const post = (body: unknown, headers?: HeadersInit) => api.ask('POST', PATH, body, headers);
const live = async (name: string) => (await api.livekit.rooms.listRooms([name]))[0];

async function join(name: string, identity: string) {
  const guest = await joinByToken(api.server.env, name, identity);
  guests.push(guest);
  return guest;
}

describe('a new room', () => {
  it('has its agents, timeouts, limit and metadata', async () => {
    const { status, body } = await post({
      name: 'made',
      agents: [
        { agentName: 'line-check', deployment: 'staging', metadata: 'm', attributes: { a: 'b' } },
        {},
      ],
      emptyTimeout: '120',
      departure_timeout: 5,
      max_participants: 1,
      metadata: 'about',
    });
    expect(status).toBe(201);
    const room = await live('made');
    expect(body).toEqual({
      name: 'made',
      room: 'made',
      sid: room?.sid,
      created_at: new Date(Number(room?.creationTimeMs)).toISOString(),
      empty_timeout: 120,
      departure_timeout: 5,
      max_participants: 1,
      metadata: 'about',
      agents: [
        {
          agent_name: 'line-check',
          agent: 'line-check',
          deployment: 'staging',
          metadata: 'm',
          dispatch_id: expect.stringMatching(/^AD_/),
        },
        {
          agent_name: 'front-desk',
          agent: 'front-desk',
          deployment: 'production',
          metadata: '',
          dispatch_id: expect.stringMatching(/^AD_/),
        },
      ],
    });
    const dispatches = await api.livekit.dispatches.listDispatch('made');
    expect(dispatches.map(({ agentName, deployment }) => [agentName, deployment]).sort()).toEqual([
      ['front-desk', ''],
      ['line-check', 'staging'],
    ]);
    expect(dispatches.map(({ attributes }) => attributes)).toContainEqual({ a: 'b' });
    await join('made', 'first');
    await expect(join('made', 'second')).rejects.toThrow();
  });

  it('defaults to the settings of a call and a random name', async () => {
    const { status, body } = await post({ agents: [{ agent: 'front-desk' }] });
    expect(status).toBe(201);
    expect(body.room).toMatch(/^call-[\w-]{22}$/);
    expect(body).toMatchObject({ empty_timeout: 60, departure_timeout: 15, max_participants: 0 });
    expect((await live(body.room))?.sid).toBe(body.sid);
    const unset = {
      name: '',
      room_preset: '',
      empty_timeout: 0,
      egress: null,
      tags: {},
      agents: [],
    };
    expect((await post(unset)).body.agents).toEqual([]);
  });

  it('is created once, even with concurrent requests', async () => {
    const answers = await Promise.all(Array.from({ length: 9 }, () => post({ room: 'dup' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(8).fill(409)]);
    const again = await post({ room: 'dup', agents: [{ agent: 'front-desk' }] });
    expect([again.status, again.body.type]).toEqual([409, 'urn:callboard:problem:room-exists']);
  });

  it('is not created if an agent has no live worker, unless forced', async () => {
    const agents = [{ agent: 'front-desk' }, { agent: 'line-check' }];
    const { status, body, ms } = await post({ room: 'idle', agents });
    expect([status, body.type]).toEqual([409, 'urn:callboard:problem:no-live-worker']);
    expect(body.valid).toEqual(['staging']);
    expect(ms).toBeLessThan(2_500);
    expect(await live('idle')).toBeUndefined();
    expect((await post({ room: 'idle', agents, force: true })).status).toBe(201);
  });

  it.each<[string, unknown, number, string]>([
    ['agents: {}', { agents: {} }, 400, 'invalid-request'],
    ['agents: [null]', { agents: [null] }, 400, 'invalid-request'],
    ['half a second', { empty_timeout: 0.5 }, 400, 'invalid-request'],
    ['egress', { egress: { room: {} } }, 400, 'invalid-request'],
    ['a negative time', { empty_timeout: -1 }, 422, 'out-of-bounds'],
    ['two names', { name: 'a', room: 'b' }, 400, 'invalid-request'],
    ['over a day', { departure_timeout: 86_401 }, 422, 'out-of-bounds'],
    ['nobody', { max_participants: -1 }, 422, 'out-of-bounds'],
    ['much metadata', { metadata: 'é'.repeat(8_193) }, 413, 'too-large'],
    ['an agent twice', { agents: [{}, { deployment: 'staging' }] }, 422, 'not-allowed'],
    ['an unknown agent', { agents: [{}, { agent: 'x' }] }, 422, 'unknown-agent'],
  ])('is refused: %s', async (_, asked, status, kind) => {
    const { body, ...answer } = await post(asked);
    expect([answer.status, body.type]).toEqual([status, `urn:callboard:problem:${kind}`]);
    expect((await post(asked, { origin: 'https://evil.test' })).status).toBe(403);
  });
});

it('lists rooms with people and agents separately, newest first', async () => {
  await join('busy', 'zoe');
  await post({ room: 'quiet' });
  const { status, body } = await api.ask('GET', PATH);
  expect(status).toBe(200);
  const names = body.rooms.map(({ name }: { name: string }) => name);
  expect(names.slice(0, 2)).toEqual(['quiet', 'busy']);
  expect(body.total).toBe(names.length);
  expect(body.rooms[1]).toMatchObject({
    sid: (await live('busy'))?.sid,
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    participants: [{ identity: 'zoe', name: 'ZOE' }],
    agents: [],
  });
});

describe('ending a room', () => {
  /** A guest's room of that name, and its events in order. */
  async function occupied(name: string) {
    const guest = await join(name, 'guest');
    const received: string[] = [];
    guest.on(RoomEvent.RoomMetadataChanged, (metadata) => {
      received.push(closingNote.parse(JSON.parse(metadata)).callboard.closing);
    });
    guest.on(RoomEvent.Disconnected, (reason) => received.push(`${DisconnectReason[reason]}`));
    return received;
  }
  const end = (room: string, query = '') =>
    api.ask('DELETE', `${PATH}/${encodeURIComponent(room)}${query}`);

  it('sends the reason to everyone before the end', async () => {
    const received = await occupied('zu Ende/100 %');
    const reason = 'Wir schließen. Bis morgen!';
    const { status, body } = await end('zu Ende/100 %', `?reason=${encodeURIComponent(reason)}`);
    expect([status, body]).toEqual([204, undefined]);
    await vi.waitFor(() => expect(received).toEqual([reason, 'ROOM_DELETED']), 60_000);
    expect(await live('zu Ende/100 %')).toBeUndefined();
  });

  it('needs no reason, and ignores an empty one', async () => {
    const received = await occupied('plain');
    expect((await end('plain', '?reason=%20')).status).toBe(204);
    await vi.waitFor(() => expect(received).toEqual(['ROOM_DELETED']), 60_000);
  });

  it('is 404 at once without such a room', async () => {
    const { status, body, ms } = await end('nowhere');
    expect([status, body.type]).toEqual([404, 'urn:callboard:problem:unknown-room']);
    expect(ms).toBeLessThan(2_500);
  });

  it('refuses long reasons, control characters, other sites and other methods', async () => {
    await post({ room: 'stays' });
    const fits = `?reason=${'x'.repeat(300)}`;
    for (const query of [`${fits}x`, '?reason=a%00b']) {
      const { status, body } = await end('stays', query);
      expect([status, body.type]).toEqual([422, 'urn:callboard:problem:out-of-bounds']);
    }
    const path = `${PATH}/stays`;
    const foreign = await api.ask('DELETE', path, undefined, { origin: 'https://evil.test' });
    expect(foreign.status).toBe(403);
    const other = await api.ask('POST', path, {});
    expect([other.status, other.headers.get('allow')]).toEqual([405, 'DELETE, OPTIONS']);
    expect(await live('stays')).toBeDefined();
    expect((await end('stays', fits)).status).toBe(204);
  });
});
