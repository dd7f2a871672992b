// Limits of calls if people sign in and the server is public, with the real routes, database and
// LiveKit server: what anonymous visitors may call and how often, one live call for each caller, and the minutes
// that an agent has in a day.

import type { Room } from '@livekit/rtc-node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PAGE_HEADER } from '@/lib/dispatch/queue/queue-status';
import { server } from '@/lib/server';
import { requireSignIn, signUp } from '@/lib/testing/accounts';
import { askRoute } from '@/lib/testing/api';
import type { TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { stopParts } from '@/lib/testing/end-parts';
import { knownCalls } from '@/lib/testing/known-calls';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';
import { claimsOf, joinWith } from '@/lib/testing/participant';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';

const PUBLIC = ['front-desk', 'line-check'];
const TOO_MANY = 'urn:callboard:problem:too-many-calls';
/** Starts that are limited here, small so that few requests reach them. */
const STARTS = {
  ...{ CALLS_PER_CALLER: '4', CALLS_PER_ADDRESS: '5' },
  ...{ PUBLIC_CALLS_PER_ADDRESS: '2', PUBLIC_CALLS_PER_AGENT: '3' },
};

/** Origins whose pages may call the front desk, and the line check. */
const SHOP = 'https://shop.example';
const CLINIC = 'https://www.clinic.example';

let place: TestDatabase;
let livekitServer: TestLiveKitServer;
let web: TestServer;
let livekit: import('@/lib/livekit/clients').LiveKit;
let keeping: () => Promise<void>;
const cookies: Record<string, string> = {};
const rooms: Room[] = [];
/** Cookies for callers, by browser. */
const browsers = new Map<string, string>();
let address = 0;

beforeAll(async () => {
  [place, livekitServer] = await Promise.all([testDatabase(), startLiveKitServer()]);
  requireSignIn(place, {
    ...{ ...livekitServer.env, ...STARTS, TRUST_PROXY: '1' },
    ...{ PUBLIC_AGENTS: 'line-check, front-desk, letta', MINUTES_A_DAY: 'billing=0' },
    TOKEN_ORIGINS: `front-desk=${SHOP}; line-check=https://*.clinic.example`,
  });
  web = await serveRoutes({
    '/api/token': await import('@/app/api/token/route'),
    '/api/agents': await import('@/app/api/agents/route'),
    '/api/calls': await import('@/app/api/calls/route'),
    '/api/letta/agents': await import('@/app/api/letta/agents/route'),
    '/api/dispatch-agent': await import('@/app/api/dispatch-agent/route'),
    '/api/rooms': await import('@/app/api/rooms/route'),
    '/api/rooms/[room]/dispatches': await import('@/app/api/rooms/[room]/dispatches/route'),
    '/api/rooms/[room]/invitations': await import('@/app/api/rooms/[room]/invitations/route'),
  });
  livekit = (await import('@/lib/livekit/clients')).liveKit(livekitServer.env);
  keeping = (await import('@/lib/calls/ingest/store-calls')).startStoringCalls(server());
  for (const name of ['ann', 'ben', 'cat', 'dan', 'eve', 'fay', 'gus', 'hal', 'ivy']) {
    cookies[name] = await signUp('caller', `${name}@example.com`);
  }
  cookies.dev = await signUp('developer');
});

afterEach(async () => {
  await Promise.all(rooms.splice(0).map((room) => room.disconnect()));
});
afterAll(() => stopParts({ server: livekitServer, keeping, web, place }));

interface Asked {
  /** The signed-in person; an anonymous visitor by default. */
  readonly as?: string | undefined;
  /** The browser whose cookie for callers is sent; without it, no such cookie. */
  readonly browser?: string;
  /** Unique by default. */
  readonly from?: string;
  readonly agent?: string;
  readonly deployment?: string;
  readonly more?: object;
  /** Whether the request is from the call page. */
  readonly page?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks for a token. */
async function ask({
  as,
  browser,
  from,
  agent = 'line-check',
  deployment,
  more,
  page,
  headers,
}: Asked = {}) {
  address += 1;
  const cookie = [as && cookies[as], browser && browsers.get(browser)].filter(Boolean).join('; ');
  const answer = await askRoute(
    `${web.url}/api/token`,
    'POST',
    { room_config: { agents: [{ agent_name: agent, deployment }] }, ...more },
    {
      'x-forwarded-for': from ?? `10.1.${address >> 8}.${address & 255}`,
      ...(cookie && { cookie }),
      ...(page && { [PAGE_HEADER]: 'test' }),
      ...headers,
    },
  );
  const [set] = answer.headers.get('set-cookie')?.split(';') ?? [];
  if (browser && set) browsers.set(browser, set);
  return answer;
}

type Answered = Awaited<ReturnType<typeof ask>>;
const claimsIn = ({ body }: Answered) => claimsOf(body);
/** The caller ID in a response's token. */
const callerIn = (answer: Answered) => claimsIn(answer).attributes['callboard.caller'];
/** The room in a response's token. */
const roomIn = (answer: Answered): string => claimsIn(answer).video.room;

/** The kind of a problem response, or the status of any other. */
const said = async (asking: ReturnType<typeof ask>) => {
  const { status, body } = await asking;
  return status < 400 ? status : body.type.split(':').at(-1);
};

/** Joins a call. Resolves once the database has the call. */
async function call(asked: Asked): Promise<Room> {
  const { status, body } = await ask(asked);
  expect(status).toBe(201);
  const room = await joinWith(body);
  rooms.push(room);
  const known = async () => (await knownCalls()).map((one) => one.room);
  await expect.poll(known).toContain(room.name);
  return room;
}

describe('an anonymous visitor', () => {
  it('may call a public agent on production in a new room', async () => {
    expect(await said(ask())).toBe(201);
    expect(await said(ask({ deployment: 'staging' }))).toBe('not-permitted');
    expect(await said(ask({ more: { room_name: 'r' } }))).toBe('not-permitted');
    expect(await said(ask({ more: { participant_identity: 'i' } }))).toBe('not-permitted');
    const phone = { participant_attributes: { 'sip.phoneNumber': '+442079460018' } };
    expect(await said(ask({ more: phone }))).toBe('not-permitted');
    expect(await said(ask({ agent: 'billing' }))).toBe('sign-in-needed');
  });

  it('sees public agents on production, and may request nothing else', async () => {
    const { body } = await askRoute(`${web.url}/api/agents`, 'GET');
    expect(body.agents.map(({ name }: { name: string }) => name)).toEqual(PUBLIC);
    const shown = body.agents.flatMap(({ deployments }: { deployments: object[] }) => deployments);
    expect(shown).toMatchObject(PUBLIC.map(() => ({ name: 'production', workerDetails: [] })));
    const letta = await askRoute(`${web.url}/api/letta/agents`, 'GET');
    expect([letta.status, letta.body.agents]).toEqual([200, []]);
    const agent = { agent: 'line-check' };
    for (const [method, path, sent] of [
      ['GET', '/api/calls', undefined],
      ['GET', '/api/rooms', undefined],
      ['POST', '/api/rooms', { name: 'r', agents: [agent] }],
      ['POST', '/api/dispatch-agent', { room: 'r', ...agent }],
      ['POST', '/api/rooms/r/dispatches', agent],
      ['POST', '/api/rooms/r/invitations', { takeover: 'stay' }],
    ] as const) {
      const { status } = await askRoute(web.url + path, method, sent);
      expect([method, path, status]).toEqual([method, path, 401]);
    }
  });

  it('has separate limits that do not affect signed-in people', async () => {
    const agent = 'front-desk';
    const from = '10.9.0.1';
    expect(await said(ask({ agent, from }))).toBe(201);
    expect(await said(ask({ agent, from }))).toBe(201);
    const refused = await ask({ agent, from, browser: 'another' });
    expect([refused.status, refused.body.type]).toEqual([429, TOO_MANY]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    // More unused tokens than the limit of this agent do not affect other anonymous visitors.
    for (let n = 0; n < 4; n += 1) expect(await said(ask({ agent }))).toBe(201);
    expect(await said(ask({ as: 'ann', agent, from }))).toBe(201);
  });
});

describe('a page of another origin', () => {
  /** What a browser sends with a page's request. */
  const of = (origin: string) => ({ headers: { origin, 'sec-fetch-site': 'cross-site' } });
  const FOREIGN = 'urn:callboard:problem:foreign-origin';

  it.each([SHOP, CLINIC, 'https://evil.test', 'null'])('%s may ask', async (origin) => {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const preflight = await fetch(`${web.url}/api/token`, { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'Content-Type, Callboard-Ticket',
      'access-control-max-age': '7200',
      vary: 'Origin',
    });
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    const other = await fetch(`${web.url}/api/agents`, { method: 'OPTIONS', headers });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each<[string, string, number]>([
    [SHOP, 'front-desk', 201],
    [CLINIC, 'line-check', 201],
    [CLINIC, 'front-desk', 403],
    [SHOP, 'billing', 403],
    ['https://clinic.example', 'line-check', 403],
    ['https://evil.test', 'front-desk', 403],
    ['null', 'front-desk', 403],
  ])('%s calls %s: %i, which it can read', async (origin, agent, status) => {
    const answer = await ask({ agent, ...of(origin) });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
      status,
      origin,
    ]);
    expect(answer.headers.get('vary')).toContain('Origin');
    if (status === 403) expect(answer.body.type).toBe(FOREIGN);
  });

  it('is told what to do', async () => {
    const unlisted = await ask(of('https://evil.test'));
    expect(unlisted.body.detail).toContain('https://evil.test');
    expect(unlisted.body.detail).toContain('TOKEN_ORIGINS must list');
    const other = await ask({ agent: 'billing', ...of(SHOP) });
    expect(other.body.detail).toContain(`Pages of ${SHOP} may not call billing.`);
  });

  it('calls anonymously, whatever cookies and keys it sends', async () => {
    const staging = { agent: 'front-desk', deployment: 'staging' };
    expect(await said(ask({ ...staging, as: 'dev' }))).toBe(201);
    expect(await said(ask({ ...staging, as: 'dev', ...of(SHOP) }))).toBe('not-permitted');
    const known = await ask({ agent: 'front-desk', browser: 'shopper' });
    const again = await ask({ agent: 'front-desk', browser: 'shopper', as: 'dev', ...of(SHOP) });
    expect(again.status).toBe(201);
    expect(callerIn(again)).not.toBe(callerIn(known));
    expect(claimsIn(again).attributes['callboard.anonymous']).toBe('front-desk');
    expect(again.headers.get('set-cookie')).toBeNull();
    const key = { headers: { ...of(SHOP).headers, authorization: 'Bearer wrong' } };
    expect(await said(ask({ agent: 'front-desk', ...key }))).toBe(201);
  });

  it('can read how long to wait', async () => {
    const asked = { agent: 'front-desk', from: '10.9.0.9', ...of(SHOP) };
    for (const status of [201, 201]) expect(await said(ask(asked))).toBe(status);
    const { status, headers } = await ask(asked);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([429, SHOP]);
    expect(headers.get('access-control-expose-headers')).toBe('Retry-After');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('may use nothing else', async () => {
    const { status, headers } = await askRoute(`${web.url}/api/agents`, 'GET', undefined, {
      origin: SHOP,
    });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });
});

it('only developers get tokens for staging', async () => {
  const asked = { as: 'ann', deployment: 'staging' };
  const { status, body } = await ask(asked);
  expect([status, body.type]).toEqual([403, 'urn:callboard:problem:not-permitted']);
  expect(body.participant_token).toBeUndefined();
  expect(await said(ask({ ...asked, as: 'dev' }))).toBe(201);
});

it('a signed-in caller has the name of the account, unless the request has another', async () => {
  expect(claimsIn(await ask({ as: 'dev' })).name).toBe('developer');
  const more = { participant_name: 'Doctor Lee' };
  expect(claimsIn(await ask({ as: 'dev', more })).name).toBe('Doctor Lee');
});

describe('too many starts', () => {
  it('by one caller are refused in their own room too, from any address', async () => {
    const { name } = await call({ as: 'ivy' });
    const request = (n: number) =>
      askRoute(
        `${web.url}/api/rooms/${name}/dispatches`,
        'POST',
        { agent: 'line-check' },
        { cookie: cookies.ivy ?? '', 'x-forwarded-for': `10.8.0.${n}` },
      );
    const answers = [];
    for (const n of [1, 2, 3, 4]) answers.push(await request(n));
    // There is no worker. The call itself was the first start.
    expect(answers.map(({ status }) => status)).toEqual([409, 409, 409, 429]);
    expect(answers.at(-1)?.body.type).toBe(TOO_MANY);
  });

  it('by one account are refused, whatever browsers they come from', async () => {
    for (const browser of ['b1', 'b2', 'b3', 'b4']) {
      expect(await said(ask({ as: 'ben', browser }))).toBe(201);
    }
    const { status, headers, body } = await ask({ as: 'ben', browser: 'b5' });
    expect([status, body.type]).toEqual([429, TOO_MANY]);
    expect(body.detail).toContain('one caller');
    const after = Number(headers.get('retry-after'));
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThanOrEqual(600);
  });

  it('from one address are refused for everybody', async () => {
    const from = '10.9.0.2';
    for (const as of ['cat', 'cat', 'cat', 'ann', 'ann']) {
      expect(await said(ask({ as, from }))).toBe(201);
    }
    const { status, body } = await ask({ as: 'dan', from });
    expect([status, body.type]).toEqual([429, TOO_MANY]);
    expect(body.detail).toContain('one address');
    expect(await said(ask({ as: 'dan' }))).toBe(201);
  });
});

it('an account may have one live call until it leaves, in all of its browsers', async () => {
  const room = await call({ as: 'eve', browser: 'laptop' });
  const { status, headers, body } = await ask({ as: 'eve', browser: 'telephone' });
  expect([status, body.type]).toEqual([409, 'urn:callboard:problem:in-another-call']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  // Nobody else is affected, even in the same browser.
  expect(await said(ask({ as: 'fay', browser: 'laptop' }))).toBe(201);
  await room.disconnect();
  const inRoom = async () => (await livekit.rooms.listParticipants(room.name ?? '')).length;
  await expect.poll(inRoom).toBe(0);
  expect(await said(ask({ as: 'eve', browser: 'telephone' }))).toBe(201);
});

it("an anonymous caller's browser may have one live call", async () => {
  expect(await said(ask({ browser: 'kiosk' }))).toBe(201);
  const room = await call({ browser: 'kiosk' });
  expect(await said(ask({ browser: 'kiosk' }))).toBe('in-another-call');
  expect(room.isConnected).toBe(true);
});

describe('the ID of a caller', () => {
  const named = (name: string) => ({
    more: { participant_attributes: { 'callboard.caller': name } },
  });

  it('is that of the account or of the signed cookie, and nobody else can claim it', async () => {
    const first = await ask({ browser: 'victim' });
    const id = callerIn(first);
    expect(id).toMatch(/^browser:b-/);
    expect(callerIn(await ask({ browser: 'victim' }))).toBe(id);
    const account = callerIn(await ask({ as: 'hal', browser: 'victim' }));
    expect(account).toMatch(/^account:/);
    for (const as of [undefined, 'hal']) {
      for (const claimed of [id, account, 'anything', '']) {
        expect(await said(ask({ as, ...named(claimed) })), `${as} as ${claimed}`).toBe(
          'not-permitted',
        );
      }
    }
    browsers.set('forged', `callboard-caller=${id.slice('browser:'.length)}.${'x'.repeat(43)}`);
    expect(callerIn(await ask({ browser: 'forged' }))).not.toBe(id);
    // Without a cookie, everybody is somebody else.
    expect(callerIn(await ask())).not.toBe(callerIn(await ask()));
  });

  it('may be given by a program with the permission dispatch, and by no other', async () => {
    const { makeKey } = await import('@/lib/auth/keys');
    const { visitorOf } = await import('@/lib/auth/visitor');
    const dev = await visitorOf(server(), new Headers({ cookie: cookies.dev ?? '' }));
    for (const [rights, status] of [
      [['call' as const], 403],
      [['call' as const, 'dispatch' as const], 201],
    ] as const) {
      const { key } = await makeKey(server(), dev, { name: 'a script', rights: [...rights] });
      const answer = await askRoute(
        `${web.url}/api/token`,
        'POST',
        { room_config: { agents: [{ agent_name: 'line-check' }] }, ...named('patient-7').more },
        { authorization: `Bearer ${key}`, 'x-forwarded-for': '10.9.0.3' },
      );
      expect(answer.status).toBe(status);
      if (status === 201) expect(callerIn(answer)).toBe('patient-7');
    }
  });
});

it('an unused token is no call, even while its room is open', async () => {
  const room = roomIn(await ask({ as: 'fay', page: true }));
  await expect.poll(() => livekit.rooms.listRooms([room])).toHaveLength(1);
  expect(await said(ask({ as: 'fay' }))).toBe(201);
});

it('a page has one room before it joins, however many tokens it requests', async () => {
  const asked = { page: true, browser: 'greedy' };
  const names = [roomIn(await ask(asked))];
  await expect.poll(() => livekit.rooms.listRooms(names)).toHaveLength(1);
  for (let n = 0; n < 2; n += 1) names.push(roomIn(await ask(asked)));
  // A second room would have been created before this one.
  const other = roomIn(await ask({ page: true, as: 'hal' }));
  await expect.poll(() => livekit.rooms.listRooms([other])).toHaveLength(1);
  expect(await livekit.rooms.listRooms(names)).toHaveLength(1);
  // The token alone is enough.
  const unopened = await call({ page: true, browser: 'greedy' });
  expect(unopened.isConnected).toBe(true);
});

it('an agent without minutes left takes no calls until tomorrow', async () => {
  const { status, headers, body } = await ask({ as: 'gus', agent: 'billing' });
  expect([status, body.type]).toEqual([503, 'urn:callboard:problem:day-used-up']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(25 * 3_600);
  // Other agents do.
  expect(await said(ask({ as: 'gus' }))).toBe(201);
});
