// The dispatch route with a real LiveKit server: what is dispatched, and what is refused before.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as route from '@/app/api/dispatch-agent/route';
import { catalogue } from '@/lib/core/catalogue';
import { firstAgent } from '@/lib/testing/agents';
import { reportLive, startApi, type TestApi } from '@/lib/testing/api';

const PATH = '/api/dispatch-agent';
let api: TestApi;

beforeAll(async () => {
  api = await startApi({ [PATH]: route });
});
afterAll(() => api.close());
beforeEach(() => reportLive({ agent: 'front-desk' }, { agent: 'line-check' }));

const post = (body: unknown, headers?: HeadersInit) => api.ask('POST', PATH, body, headers);
/** What LiveKit has for a room. */
const sent = async (room: string) =>
  (await api.livekit.dispatches.listDispatch(room)).map((one) => ({
    id: one.id,
    agent: one.agentName,
    deployment: one.deployment,
    metadata: one.metadata,
  }));
const rooms = async () => (await api.livekit.rooms.listRooms()).map(({ name }) => name);

describe('dispatches an agent', () => {
  it('to a room that it creates with only this agent', async () => {
    const { status, body } = await post({ room: 'new', agent: 'line-check', metadata: '{"x":1}' });
    expect(status).toBe(201);
    expect(body).toEqual({
      success: true,
      room: 'new',
      message: 'line-check (production) was dispatched to the room.',
      dispatch_id: expect.stringMatching(/^AD_/),
      room_existed: false,
    });
    expect(await sent('new')).toEqual([
      { id: body.dispatch_id, agent: 'line-check', deployment: '', metadata: '{"x":1}' },
    ]);
    const [room] = await api.livekit.rooms.listRooms(['new']);
    expect(room).toMatchObject({ emptyTimeout: 60, departureTimeout: 15 });
  });

  it('to an existing room, without changing its settings', async () => {
    await api.livekit.rooms.createRoom({ name: 'there', emptyTimeout: 99 });
    const { status, body } = await post({ room: 'there', deployment: 'production' });
    expect([status, body.room_existed]).toEqual([201, true]);
    expect(await sent('there')).toContainEqual({
      id: body.dispatch_id,
      agent: firstAgent.name,
      deployment: '',
      metadata: '',
    });
    expect((await api.livekit.rooms.listRooms(['there']))[0]?.emptyTimeout).toBe(99);
  });

  it('once, even with concurrent requests', async () => {
    const ask = { room: 'once', agent: 'front-desk' };
    const answers = await Promise.all(Array.from({ length: 9 }, () => post(ask)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(8).fill(200), 201]);
    const [dispatch, ...others] = await sent('once');
    expect(others).toEqual([]);
    expect(answers.map(({ body }) => body.dispatch_id)).toEqual(Array(9).fill(dispatch?.id));
    const again = await post(ask);
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({
      success: true,
      room_existed: true,
      dispatch_id: dispatch?.id,
    });
    expect(again.body.message).toContain('already in the room');
  });

  it('beside another agent', async () => {
    const answers = await Promise.all(
      ['front-desk', 'line-check'].map((agent) => post({ room: 'two', agent })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect((await sent('two')).map(({ agent }) => agent).sort()).toEqual([
      'front-desk',
      'line-check',
    ]);
  });
});

describe('without a live worker', () => {
  it('responds at once with the live deployments, and creates no room', async () => {
    const { status, body, ms } = await post({ room: 'nobody', deployment: 'staging' });
    expect([status, body.type]).toEqual([409, 'urn:callboard:problem:no-live-worker']);
    expect(body.valid).toEqual(['production']);
    expect(body.detail).toContain('front-desk on staging: No worker is running');
    expect(ms).toBeLessThan(2_500);
    expect(await rooms()).not.toContain('nobody');
  });

  it('dispatches the agent if forced', async () => {
    const forced = { room: 'forced', deployment: 'staging', force: true };
    expect((await post(forced)).status).toBe(201);
    expect(await sent('forced')).toMatchObject([{ deployment: 'staging' }]);
  });
});

describe('refuses', () => {
  it.each<[string, unknown, HeadersInit, number, string]>([
    ['no JSON', '{', {}, 400, 'invalid-request'],
    ['an array', '[]', {}, 400, 'invalid-request'],
    ['null', 'null', {}, 400, 'invalid-request'],
    ['a NUL byte', '{"room":"a\u0000b"}', {}, 400, 'invalid-request'],
    ['no room', {}, {}, 400, 'invalid-request'],
    ['a wrong type', { room: 1 }, {}, 400, 'invalid-request'],
    ['an unknown field', { room: 'r', prompt: 'x' }, {}, 400, 'invalid-request'],
    [
      'deep nesting',
      `{"room":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      {},
      400,
      'invalid-request',
    ],
    ['force in words', { room: 'r', force: 'true' }, {}, 400, 'invalid-request'],
    ['another site', { room: 'r' }, { origin: 'https://evil.test' }, 403, 'foreign-origin'],
    ['much', ' '.repeat(65_537), {}, 413, 'too-large'],
    ['much metadata', { room: 'r', metadata: 'x'.repeat(16_385) }, {}, 413, 'too-large'],
    ['text', '{}', { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
    ['an empty room', { room: '' }, {}, 422, 'out-of-bounds'],
    ['a long room', { room: 'x'.repeat(257) }, {}, 422, 'out-of-bounds'],
    ['a hidden character', { room: 'a\u0000b' }, {}, 422, 'out-of-bounds'],
    ['an unknown agent', { room: 'r', agent: 'x'.repeat(5_000) }, {}, 422, 'unknown-agent'],
  ])('%s', async (_, asked, headers, status, kind) => {
    const answer = await post(asked, headers);
    expect([answer.status, answer.body.type]).toEqual([status, `urn:callboard:problem:${kind}`]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  it('with the valid names', async () => {
    const unknown = await post({ room: 'r', agent: 'nobody' });
    expect(unknown.body.valid).toEqual(catalogue.map(({ name }) => name));
    const canary = await post({ room: 'r', deployment: 'canary' });
    expect(canary.body).toMatchObject({
      valid: firstAgent.deployments,
      errors: [{ pointer: '#/deployment' }],
    });
  });

  it('every other method, and creates no room', async () => {
    const { status, headers } = await api.ask('GET', PATH);
    expect([status, headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    expect(await rooms()).not.toContain('r');
  });
});
