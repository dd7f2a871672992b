// Deployments, from a request to the worker that gets the job: over the HTTP API, with the real LiveKit server and two
// workers that serve the same agents, one of them on staging.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sharedStage } from '@/agent/testing/stage';
import * as dispatchAgent from '@/app/api/dispatch-agent/route';
import * as dispatches from '@/app/api/rooms/[room]/dispatches/route';
import * as rooms from '@/app/api/rooms/route';
import * as token from '@/app/api/token/route';
import { catalogue } from '@/lib/core/catalogue';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';
import { recordReports } from '@/lib/livekit/workers';
import { server } from '@/lib/server';
import { askRoute } from '@/lib/testing/api';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { newServer } from '@/lib/testing/server';

const stage = await sharedStage();
let web: TestServer;

beforeAll(async () => {
  await newServer(stage.env);
  web = await serveRoutes({
    '/api/dispatch-agent': dispatchAgent,
    '/api/rooms': rooms,
    '/api/rooms/[room]/dispatches': dispatches,
    '/api/token': token,
  });
});
// The web process hears from the workers.
beforeEach(() => {
  for (const worker of Object.values(stage.workers)) {
    const reports = catalogue.flatMap(({ name }) => worker.reportsOn(name).slice(-1));
    recordReports(server(), reports);
  }
});
afterAll(async () => {
  await web.close();
  await stage.close();
  vi.unstubAllEnvs();
});

const post = (path: string, body: object) => askRoute(web.url + path, 'POST', body);
const get = async (path: string) => (await askRoute(web.url + path, 'GET')).body;
const lineCheck = (deployment: string) => ({ agent_name: 'line-check', deployment, metadata: 'm' });
/** A token for a call. */
async function tokenFor(deployment: string): Promise<string> {
  const { body } = await post('/api/token', { room_config: { agents: [lineCheck(deployment)] } });
  return body.participant_token;
}

/** Each way to dispatch the line check on a deployment. */
const WAYS = {
  token: async (deployment: string) => stage.call(undefined, { token: await tokenFor(deployment) }),
  async dispatch(deployment: string) {
    const caller = await stage.call(undefined);
    await post('/api/dispatch-agent', { room: caller.room, ...lineCheck(deployment) });
    return caller;
  },
  async 'room creation'(deployment: string) {
    const room = `made-for-${deployment}`;
    await post('/api/rooms', { name: room, agents: [lineCheck(deployment)] });
    return stage.call(undefined, { room });
  },
};

describe('a job goes to its deployment and nowhere else', () => {
  it.each([
    ['production', 'token'],
    ['staging', 'token'],
    ['staging', 'dispatch'],
    ['staging', 'room creation'],
  ] as const)('%s by %s', async (deployment, way) => {
    const caller = await WAYS[way](deployment);
    expect(await caller.answered()).toMatchObject({
      [AGENT_ATTRIBUTES.deployment]: deployment,
      [AGENT_ATTRIBUTES.worker]: stage.workers[deployment].id,
    });
    const identity = caller.agent()?.identity;
    const list = async () => (await get(`/api/rooms/${caller.room}/dispatches`)).dispatches;
    await expect.poll(list).toEqual([
      expect.objectContaining({
        agent_name: 'line-check',
        deployment,
        metadata: 'm',
        jobs: [
          {
            id: expect.stringMatching(/^AJ_/),
            state: 'running',
            reported: 'JS_RUNNING',
            worker: stage.workers[deployment].id,
            worker_id: expect.stringMatching(/^AW_/),
            identity,
            started_at: expect.stringMatching(/Z$/),
            ended_at: null,
            error: null,
          },
        ],
      }),
    ]);
    const { rooms: all } = await get('/api/rooms');
    expect(all.find(({ name }: { name: string }) => name === caller.room)).toMatchObject({
      participants: [{ identity: expect.stringMatching(/^caller/) }],
      agents: [{ agent: 'line-check', deployment, identity }],
    });
    await expect.poll(() => caller.said).toContain('line check');
    expect(caller.agentNames()).toEqual(['line-check']);
    await caller.hangUp();
  });
});

describe.each<[string, (deployment: string) => object]>([
  ['/api/token', (deployment) => ({ room_config: { agents: [{ deployment }] } })],
  ['/api/dispatch-agent', (deployment) => ({ room: 'refused', deployment })],
  ['/api/rooms', (deployment) => ({ name: 'refused', agents: [{ deployment }] })],
  ['/api/rooms/refused/dispatches', (deployment) => ({ deployment })],
])('POST %s', (path, body) => {
  it.each([
    ['64 characters', 'a'.repeat(64), 'invalid-deployment'],
    ['an underscore', 'a_b', 'invalid-deployment'],
    ['a path', '../x', 'invalid-deployment'],
    ['a space', 'a b', 'invalid-deployment'],
    ['63 characters of no deployment', 'a'.repeat(63), 'unknown-deployment'],
  ])('refuses %s', async (_, deployment, kind) => {
    const answer = await post(path, body(deployment));
    expect([answer.status, answer.body.type]).toEqual([422, `urn:callboard:problem:${kind}`]);
    expect(await stage.rooms.listRooms(['refused'])).toEqual([]);
  });
});

it('LiveKit refuses 65 characters and an underscore, but not 64 characters', async () => {
  await stage.rooms.createRoom({ name: 'lengths' });
  const send = (deployment: string) =>
    stage.dispatches.createDispatch('lengths', 'nobody', { deployment });
  await expect(send('a'.repeat(65))).rejects.toMatchObject({ status: 400 });
  await expect(send('a_b')).rejects.toMatchObject({ status: 400 });
  await expect(send('a'.repeat(64))).resolves.toMatchObject({ deployment: 'a'.repeat(64) });
  await stage.rooms.deleteRoom('lengths');
});
