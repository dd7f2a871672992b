// Attacks over HTTP on limits and links of the built product with sign-in, by anonymous visitors and by somebody whose
// credentials are valid.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from '@playwright/test';
import { claimsOf, sign } from '@/e2e/support/attack';
import { ask } from '@/e2e/support/odd-requests';
import { PAGE_HEADER } from '@/lib/dispatch/queue/queue-status';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { PASSWORD } from '@/lib/testing/accounts';
import { copyTemplate } from '@/lib/testing/folder-template';
import { type LiveKitStandIn, startLiveKitStandIn } from '@/lib/testing/livekit-stand-in';
import { startWeb, type WebProcess } from '@/lib/testing/web-process';

const PUBLIC_URL = 'http://localhost:3000';
/** An agent that anonymous visitors may call. */
const AGENT = 'line-check';
/** Calls at once of anonymous visitors from one address, and with one agent before their callers join. */
const AT_ONCE = 3;
/** Wrong passwords, more than any limit. */
const GUESSES = 12;
const ADMIN = 'ann@example.com';
/** What a browser sends that has opened a page of this server. */
const BROWSER = { origin: PUBLIC_URL, host: new URL(PUBLIC_URL).host };
/** More than anybody needs. */
const STREAMS = 1_000;

let web: WebProcess;
let livekit: LiveKitStandIn;
let authorization: string;

test.beforeAll(async () => {
  const data = test.info().outputPath('data');
  await copyTemplate(data);
  livekit = await startLiveKitStandIn();
  livekit.people.set('room-1', [{ identity: 'ann' }]);
  web = await startWeb({
    ...livekit.env,
    ...{ AUTH: 'required', AUTH_SECRET: 'x'.repeat(40), PUBLIC_URL, TRUST_PROXY: '1' },
    ...{ PUBLIC_AGENTS: AGENT, PUBLIC_CALLS_AT_ONCE: String(AT_ONCE) },
    ...{ OIDC_ISSUER: livekit.env.LIVEKIT_URL.replace('ws', 'http'), OIDC_CLIENT_ID: 'callboard' },
    OIDC_CLIENT_SECRET: 'x'.repeat(40),
    DATA_DIR: data,
  });
  const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = livekit.env;
  authorization = `Bearer ${sign({ key, secret, body: '', claims: { kind: 'callboard-operator' } })}`;
});
test.afterAll(async () => {
  await web?.stop();
  await livekit?.close();
});

/** Sends JSON with any headers, also `Host`, which `fetch` would replace. */
async function sendJson(path: string, body: unknown, headers: Readonly<Record<string, string>>) {
  const { text, ...answer } = await ask(web, {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { ...answer, body: text && JSON.parse(text) };
}

/** Sends JSON as a visitor's browser would, from this address. */
const send = (path: string, body: unknown, address: string, headers = {}) =>
  sendJson(path, body, { ...BROWSER, 'x-forwarded-for': address, ...headers });
const call = { room_config: { agents: [{ agent_name: AGENT }] } };

test('an anonymous visitor cannot claim who they are', async () => {
  const { caller, simulation, agentConsole } = PERSON_ATTRIBUTES;
  for (const name of [caller, simulation, agentConsole, 'sip.phoneNumber']) {
    const claimed = { ...call, participant_attributes: { [name]: 'ann' } };
    expect((await send('/api/token', claimed, '203.0.113.1')).status, name).toBe(403);
  }
  const named = { ...call, participant_identity: 'ann' };
  expect((await send('/api/token', named, '203.0.113.1')).status).toBe(403);

  const callers = new Set<string>();
  for (const cookie of ['', 'callboard-caller=ann', `callboard-caller=ann.${'x'.repeat(43)}`]) {
    const { status, body } = await send('/api/token', call, '203.0.113.2', { cookie });
    expect(status).toBe(201);
    callers.add(claimsOf(body).attributes[PERSON_ATTRIBUTES.caller]);
  }
  expect(callers.size).toBe(3);
  expect([...callers].join()).not.toContain('ann');
});

test('tokens that nobody joins with bring few agents into empty rooms', async () => {
  const created = () => livekit.asked.filter((method) => method === 'RoomService/CreateRoom');
  const before = created().length;
  for (let at = 0; at < 4 * AT_ONCE; at += 1) {
    const headers = { [PAGE_HEADER]: 'yes' };
    expect((await send('/api/token', call, `198.51.100.${at}`, headers)).status).toBe(201);
  }
  await expect.poll(() => created().length - before).toBe(AT_ONCE);
});

test('an anonymous visitor can store little while signing in', async () => {
  const path = '/api/auth/sign-in/oauth2';
  const signIn = { providerId: 'oidc', callbackURL: '/' };
  for (const more of [
    { callbackURL: `/${'x'.repeat(60_000)}` },
    { additionalData: { x: 'x'.repeat(60_000) } },
    { scopes: Array.from({ length: 1_000 }, () => 'x'.repeat(60)) },
    { requestSignUp: true },
  ]) {
    const { status } = await send(path, { ...signIn, ...more }, '203.0.113.3');
    expect([400, 413, 422], JSON.stringify(more).slice(0, 60)).toContain(status);
  }
});

test('wrong passwords from elsewhere do not lock an admin out', async () => {
  const link = web.said().match(/\/sign-up\/(\S+)/)?.[1];
  const account = { name: 'Ann', email: ADMIN, password: PASSWORD };
  const made = await send(`/api/people/sign-up/${link}`, account, '203.0.113.4');
  expect(made.status).toBe(200);
  const cookie = made.headers['set-cookie']?.map((one) => one.split(';')[0]).join('; ');

  const signIn = (password: string, address: string, more = {}) =>
    send('/api/auth/sign-in/email', { email: ADMIN, password }, address, more);
  const statuses: number[] = [];
  for (let at = 0; at < GUESSES; at += 1) {
    statuses.push((await signIn(`a wrong password ${at}`, `203.0.114.${at}`)).status);
  }
  expect(statuses.at(-1)).toBe(429);
  // Also the right one, which the stranger may have found.
  expect((await signIn(PASSWORD, '203.0.115.1')).status).toBe(429);
  expect((await signIn(PASSWORD, '203.0.115.1', { cookie: 'device=x' })).status).toBe(429);
  expect((await signIn(PASSWORD, '203.0.115.2', { cookie })).status).toBe(200);
});

test('an invitation link leads to this server, whatever address the request claims', async () => {
  const path = '/api/rooms/room-1/invitations';
  const forged = { authorization, host: 'evil.example' };
  for (const headers of [
    forged,
    { ...forged, origin: 'http://evil.example' },
    { ...forged, 'x-forwarded-host': 'evil.example' },
    { authorization },
  ]) {
    const { status, body } = await sendJson(path, { takeover: 'leave' }, headers);
    expect(status).toBe(201);
    expect(new URL(body.url).origin).toBe(PUBLIC_URL);
  }
});

test('event streams are limited, and those that are refused say so', async () => {
  const sockets: Socket[] = [];
  const statuses: number[] = [];
  try {
    while (sockets.length < STREAMS && !statuses.includes(429)) {
      const socket = connect(web.port, '127.0.0.1').setEncoding('latin1');
      sockets.push(socket);
      const head = [
        'GET /api/calls/changes HTTP/1.1',
        'Host: x',
        `Authorization: ${authorization}`,
      ];
      socket.write([...head, '', ''].join('\r\n'));
      const [text] = await once(socket, 'data');
      statuses.push(Number(String(text).match(/^HTTP\/1\.1 (\d+)/)?.[1]));
    }
    expect(statuses.at(-1)).toBe(429);
    expect(new Set(statuses.slice(0, -1))).toEqual(new Set([200]));
  } finally {
    for (const socket of sockets) socket.destroy();
  }
  const { status } = await ask(web, { path: '/api/calls', headers: { authorization } });
  expect(status).toBe(200);
});
