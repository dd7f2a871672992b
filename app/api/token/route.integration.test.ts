// The token endpoint as clients use it: LiveKit's TokenSource over HTTP, with a real server.
import { dispose, Room } from '@livekit/rtc-node';
import { TokenSource } from 'livekit-client';
import { TokenVerifier } from 'livekit-server-sdk';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as route from '@/app/api/token/route';
import { CALL_ATTRIBUTE } from '@/lib/calls/event';
import { catalogue } from '@/lib/core/catalogue';
import { PAGE_HEADER } from '@/lib/dispatch/queue/queue-status';
import { liveKit } from '@/lib/livekit/clients';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';
import { joinWith } from '@/lib/testing/participant';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';

let livekit: TestLiveKitServer;
let web: TestServer;
let endpoint: string;

beforeAll(async () => {
  web = await serveRoutes({ '/api/token': route });
  endpoint = `${web.url}/api/token`;
  const unset = { LIVEKIT_URL: '', LIVEKIT_API_KEY: '', LIVEKIT_API_SECRET: '' };
  for (const [name, value] of Object.entries(unset)) vi.stubEnv(name, value);
  livekit = await startLiveKitServer();
});

afterEach(() => vi.restoreAllMocks());

afterAll(async () => {
  await dispose();
  await web.close();
  await livekit.stop();
  vi.unstubAllEnvs();
});

async function post(body: BodyInit, headers: HeadersInit = {}) {
  const sent = { 'content-type': 'application/json', ...headers };
  const response = await fetch(endpoint, { method: 'POST', headers: sent, body });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
const postJson = (body: unknown) => post(JSON.stringify(body));
const claimsOf = (token: string) =>
  new TokenVerifier(livekit.env.LIVEKIT_API_KEY, livekit.env.LIVEKIT_API_SECRET).verify(token);

// First in the file, because valid settings are read only once.
it('names missing settings, and works once they are set', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { status, body } = await postJson({});
  expect(status).toBe(503);
  expect(body.settings).toEqual(
    ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'].map((name) => `${name} is not set`),
  );
  expect(log).toHaveBeenCalledOnce();
  for (const [name, value] of Object.entries(livekit.env)) vi.stubEnv(name, value);
  expect((await postJson({})).status).toBe(201);
});

// The React Native SDK uses it too.
describe('with TokenSource.endpoint of livekit-client', () => {
  it('grants what was requested', async () => {
    const { serverUrl, participantToken } = await TokenSource.endpoint(endpoint).fetch({
      roomName: 'r',
      participantName: 'n',
      participantIdentity: 'i',
      participantMetadata: 'm',
      participantAttributes: { someKey: 'v' },
      agentName: 'line-check',
      agentMetadata: '{"x":1}',
      deployment: 'staging',
    });
    expect(serverUrl).toBe(livekit.env.LIVEKIT_URL);
    const claims = await claimsOf(participantToken);
    expect(claims).toMatchObject({ sub: 'i', name: 'n', metadata: 'm', video: { room: 'r' } });
    expect(claims.attributes).toEqual({ someKey: 'v', [CALL_ATTRIBUTE]: expect.any(String) });
    const agents = claims.roomConfig?.agents;
    expect(agents).toHaveLength(1);
    expect(agents?.[0]?.deployment).toBe('staging');
    expect(agents?.[0]).toMatchObject({ agentName: 'line-check', metadata: '{"x":1}' });
  });

  it.each([{}, { deployment: 'production' }])(
    'gives the first agent on production for %j',
    async (options) => {
      const { participantToken } = await TokenSource.endpoint(endpoint).fetch(options);
      const agent = (await claimsOf(participantToken)).roomConfig?.agents[0];
      expect(agent).toMatchObject({ agentName: 'front-desk', deployment: '' });
    },
  );

  it.each([
    ['de-AT,de;q=0.9', '', '{"language":"de-AT"}'],
    ['en-GB,en;q=0.9,de;q=0.5', '', ''],
    ['fr', '{"mine":1}', '{"mine":1,"language":"fr"}'],
    ['de', '{"language":"en"}', '{"language":"en"}'],
    ['de', 'mine', 'mine'],
  ])('tells the agent the language of a browser that asks for %s', async (asked, own, metadata) => {
    const sent = { headers: { 'accept-language': asked } };
    const { participantToken } = await TokenSource.endpoint(endpoint, sent).fetch({
      agentName: 'line-check',
      agentMetadata: own,
    });
    const agent = (await claimsOf(participantToken)).roomConfig?.agents[0];
    expect(agent?.metadata).toBe(metadata);
  });

  it('fails with the valid names', async () => {
    const asking = TokenSource.endpoint(endpoint).fetch({ agentName: 'nobody' });
    const names = JSON.stringify(catalogue.map(({ name }) => name));
    await expect(asking).rejects.toThrow(`"valid":${names}`);
  });
});

describe("with what LiveKit's other SDKs send", () => {
  const JSON_TYPE = 'application/json';
  const person = {
    ...{ room_name: 'r', participant_name: 'n', participant_identity: 'i' },
    ...{ participant_metadata: 'm', participant_attributes: { someKey: 'v' } },
  };
  const agent = { agent_name: 'line-check', metadata: '{"x":1}', deployment: 'staging' };
  const full = { ...person, room_config: { agents: [agent] } };
  /** Each SDK's content type, a request with everything that it can ask for, and one for nothing. */
  const SDKS: readonly [string, string, string, string][] = [
    // JSONEncoder escapes slashes.
    ['Swift', JSON_TYPE, JSON.stringify(full).replace('"m"', '"m\\/"'), '{"room_config":{}}'],
    [
      'Android',
      JSON_TYPE,
      JSON.stringify({
        ...person,
        room_config: { agents: [{ ...agent, attributes: { a: 'b' } }] },
      }),
      '{"room_config":{}}',
    ],
    ['Flutter', `${JSON_TYPE}; charset=utf-8`, JSON.stringify(full), '{"room_config":{}}'],
    ['Unity', JSON_TYPE, JSON.stringify(full), '{}'],
  ];

  it.each(SDKS)('%s', async (_, type, everything, nothing) => {
    const granted = await post(everything, { 'content-type': type });
    // Swift and Unity read the response in snake_case only.
    expect(Object.keys(granted.body)).toEqual(['server_url', 'participant_token']);
    const claims = await claimsOf(granted.body.participant_token);
    expect(claims).toMatchObject({ sub: 'i', name: 'n', video: { room: 'r' } });
    expect(claims.metadata).toMatch(/^m\/?$/);
    expect(claims.attributes).toMatchObject({ someKey: 'v' });
    const { agentName, metadata, deployment } = claims.roomConfig?.agents[0] ?? {};
    expect({ agentName, metadata, deployment }).toEqual({
      ...{ agentName: 'line-check', metadata: '{"x":1}', deployment: 'staging' },
    });
    const usual = await post(nothing, { 'content-type': type });
    const first = (await claimsOf(usual.body.participant_token)).roomConfig?.agents[0];
    expect(first).toMatchObject({ agentName: 'front-desk', deployment: '' });
  });
});

describe('with the real server', () => {
  it('joins and dispatches to the deployment; an identity in use is refused', async () => {
    const asked = { room_name: 'lobby', participant_identity: 'alice' };
    const agents = [{ agent_name: 'line-check', deployment: 'staging', metadata: 'm' }];
    const { body } = await postJson({ ...asked, room_config: { agents } });
    const room = await joinWith(body);

    const client = liveKit(livekit.env).dispatches;
    await vi.waitFor(async () => {
      const dispatches = await client.listDispatch('lobby');
      expect(dispatches).toHaveLength(1);
      expect(dispatches[0]).toMatchObject({
        agentName: 'line-check',
        deployment: 'staging',
        metadata: 'm',
      });
    }, 60_000);

    const again = await postJson(asked);
    expect(again.status).toBe(409);
    expect(again.body.type).toBe('urn:callboard:problem:identity-taken');
    expect((await postJson({ ...asked, participant_identity: 'bob' })).status).toBe(201);
    expect((await postJson({ room_name: 'lobby' })).status).toBe(201);
    expect(room.isConnected).toBe(true);
    await room.disconnect();
  });
});

describe('for a live room', () => {
  const agentsOf = async (room: string) =>
    (await liveKit(livekit.env).dispatches.listDispatch(room))
      .filter(({ agentName }) => agentName !== '')
      .map(({ agentName, deployment, metadata }) => `${agentName}/${deployment}/${metadata}`)
      // LiveKit lists them in any order.
      .sort();
  const open = (name: string) => liveKit(livekit.env).rooms.createRoom({ name });
  const ask = (room_name: string, ...agents: object[]) =>
    postJson({ room_name, room_config: { agents } });

  it('dispatches the agent, which LiveKit would not, and one for two concurrent tokens', async () => {
    await open('open');
    const agent = { agent_name: 'line-check', deployment: 'staging', metadata: 'm' };
    const both = await Promise.all([ask('open', agent), ask('open', agent)]);
    for (const { status, body } of both) {
      expect(status).toBe(201);
      // The room may have ended when the token is used.
      const config = (await claimsOf(body.participant_token)).roomConfig;
      expect(config?.agents[0]?.agentName).toBe('line-check');
    }
    await ask('open', { agent_name: 'line-check' });
    expect(await agentsOf('open')).toEqual(['line-check/staging/m']);
  });

  it('passes the language to the agent, and to the next one', async () => {
    await open('german');
    const agents = [{ agent_name: 'line-check' }];
    const sent = JSON.stringify({ room_name: 'german', room_config: { agents } });
    expect((await post(sent, { 'accept-language': 'de' })).status).toBe(201);
    await ask('german', { agent_name: 'billing' });
    const metadata = '{"language":"de"}';
    expect(await agentsOf('german')).toEqual([`billing//${metadata}`, `line-check//${metadata}`]);
  });

  it('dispatches another agent only if requested by name', async () => {
    await open('shared');
    await ask('shared', { agent_name: 'line-check' });
    await ask('shared');
    expect(await agentsOf('shared')).toEqual(['line-check//']);
    await ask('shared', { agent_name: 'front-desk' });
    expect(await agentsOf('shared')).toEqual(['front-desk//', 'line-check//']);
  });

  it('creates no room', async () => {
    expect((await ask('later')).status).toBe(201);
    expect(await liveKit(livekit.env).rooms.listRooms(['later'])).toEqual([]);
  });
});

describe("a page's room", () => {
  /** What the call page sends. */
  const ofPage = () => ({ origin: web.url, [PAGE_HEADER]: 'call' });

  /** Requests a token. Returns it and its room. */
  async function begin(headers: Record<string, string>) {
    const agents = [{ agent_name: 'line-check', deployment: 'staging' }];
    const { body } = await post(JSON.stringify({ room_config: { agents } }), headers);
    const { server_url: url, participant_token: token } = body;
    return { url, token, room: (await claimsOf(token)).video?.room as string };
  }

  it("is created with the token's agent, and the token adds no second one", async () => {
    const { rooms, dispatches } = liveKit(livekit.env);
    const { room, url, token } = await begin(ofPage());
    await expect.poll(() => rooms.listRooms([room])).toHaveLength(1);
    const begun = await dispatches.listDispatch(room);
    expect(begun).toMatchObject([{ agentName: 'line-check', deployment: 'staging' }]);
    const caller = new Room();
    await caller.connect(url, token);
    expect((await dispatches.listDispatch(room)).map(({ id }) => id)).toEqual([begun[0]?.id]);
    await caller.disconnect();
  });

  it('is not created for programs or other pages of the same origin', async () => {
    const { rooms } = liveKit(livekit.env);
    const others = [await begin({}), await begin({ origin: web.url })].map(({ room }) => room);
    // A room for them would have been created before this one.
    const page = await begin(ofPage());
    await expect.poll(() => rooms.listRooms([page.room])).toHaveLength(1);
    expect(await rooms.listRooms(others)).toEqual([]);
  });
});

describe('refuses', () => {
  it.each<[string, BodyInit, HeadersInit, number, string]>([
    ['no JSON', '{', {}, 400, 'invalid-request'],
    ['nothing', '', {}, 400, 'invalid-request'],
    ['a wrong type', '{"room_name":1}', {}, 400, 'invalid-request'],
    ['another site', '{}', { origin: 'https://evil.test' }, 403, 'foreign-origin'],
    ['a sandboxed page', '{}', { origin: 'null' }, 403, 'foreign-origin'],
    ['64 KiB and a byte', ' '.repeat(65_537), {}, 413, 'too-large'],
    ['much metadata', `{"participant_metadata":"${'x'.repeat(16_385)}"}`, {}, 413, 'too-large'],
    ['text', '{}', { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
    ['an unknown agent', '{"roomConfig":{"agents":[{"agentName":"x"}]}}', {}, 422, 'unknown-agent'],
    ['a long name', `{"roomName":"${'x'.repeat(257)}"}`, {}, 422, 'out-of-bounds'],
    ['egress', '{"roomConfig":{"egress":{"room":{}}}}', {}, 422, 'not-allowed'],
  ])('%s', async (_, sent, sentHeaders, status, kind) => {
    const { body, headers, ...response } = await post(sent, sentHeaders);
    expect([response.status, body.status, body.type]).toEqual([
      status,
      status,
      `urn:callboard:problem:${kind}`,
    ]);
    expect(headers.get('content-type')).toBe('application/problem+json');
    const { origin = null } = sentHeaders as { readonly origin?: string };
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(body).not.toHaveProperty('participant_token');
  });

  it('every other method', async () => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const response = await fetch(endpoint, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
      expect(await response.json()).toMatchObject({ status: 405 });
    }
  });

  it('nothing from our own pages', async () => {
    expect((await post('{}', { origin: web.url })).status).toBe(201);
  });
});
