// Webhooks over HTTP while the LiveKit server is hanging: it accepts requests and never
// responds. Signed webhooks are still acknowledged; others leave no trace.

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessToken } from 'livekit-server-sdk';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as route from '@/app/api/webhooks/livekit/route';
import { signBody } from '@/lib/livekit/worker-auth';
import { testRule } from '@/lib/rules/testing/rules';
import { server } from '@/lib/server';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { newServer } from '@/lib/testing/server';
import { sendWebhook, WEBHOOK_PATH, webhookEvent, webhookRequest } from '@/lib/testing/webhook';

const KEY = 'key';
const SECRET = 'a-secret-that-is-long-enough-for-a-server';

const sockets = new Set<Socket>();
const silent = createServer((socket) => sockets.add(socket));
let taken: ReturnType<typeof vi.spyOn>;
/** Events in progress: now, and at most. */
const work = { now: 0, most: 0 };
let folder: string;
let web: TestServer;
let env: { LIVEKIT_URL: string; LIVEKIT_API_KEY: string; LIVEKIT_API_SECRET: string };

beforeAll(async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  folder = await mkdtemp(join(tmpdir(), 'callboard-webhooks-'));
  env = {
    LIVEKIT_URL: `ws://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    LIVEKIT_API_KEY: KEY,
    LIVEKIT_API_SECRET: SECRET,
  };
  await newServer({ ...env, DATA_DIR: folder });
  const { webhooks, rules } = server();
  rules.inForce = [testRule({ when: 'room_started' })];
  taken = vi.spyOn(webhooks, 'take');
  const handle = webhooks.handle.bind(webhooks);
  vi.spyOn(webhooks, 'handle').mockImplementation(async (...event) => {
    work.now += 1;
    work.most = Math.max(work.most, work.now);
    try {
      return await handle(...event);
    } finally {
      work.now -= 1;
    }
  });
  web = await serveRoutes({ [WEBHOOK_PATH]: route });
});

beforeEach(() => {
  taken.mockClear();
  // The hanging server fails the accepted events.
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

afterAll(async () => {
  await web.close();
  for (const socket of sockets) socket.destroy();
  silent.close();
  await rm(folder, { recursive: true });
  vi.unstubAllEnvs();
});

const started = (room = 'r') =>
  webhookEvent('room_started', { room: { name: room, sid: `${room}-1` } });

it('acknowledges signed webhooks', async () => {
  const response = await sendWebhook(web.url, env, started());
  expect([response.status, await response.text()]).toEqual([200, '']);
  expect(taken).toHaveBeenCalledOnce();
});

it('acknowledges 300 concurrent webhooks while none can be processed, and then still responds', async () => {
  const events = Array.from({ length: 300 }, (_, at) => started(`burst-${at % 50}`));
  const answers = await Promise.all(events.map((event) => sendWebhook(web.url, env, event)));
  expect(answers.map(({ status }) => status)).toEqual(Array(300).fill(200));
  expect(taken).toHaveBeenCalledTimes(300);
  // None was finished, and only few are in progress.
  await expect.poll(() => sockets.size).toBeGreaterThan(0);
  expect(work.most).toBeLessThanOrEqual(16);
  expect((await sendWebhook(web.url, env, started('after'))).status).toBe(200);
});

describe('with LiveKit’s clock', () => {
  afterEach(() => vi.useRealTimers());
  /** A webhook that LiveKit signs this many seconds from now, by our clock. */
  const signedIn = async (seconds: number) => {
    const now = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: now + seconds * 1_000 });
    const event = started();
    const { headers } = await webhookRequest(env, event);
    vi.setSystemTime(now);
    return (await sendWebhook(web.url, env, event, { headers })).status;
  };
  // It accepts our tokens with the same difference. LiveKit's are valid for five minutes.
  it.each([
    [20, 200],
    [58, 200],
    [-58, 200],
    [-5 * 60, 200],
    [63, 401],
    [-6 * 60 - 5, 401],
  ])('%i s ahead, answers %i', async (seconds, status) => {
    expect(await signedIn(seconds)).toBe(status);
  });

  it('refuses one that would be valid for longer than its event is remembered', async () => {
    const event = started();
    const { headers } = await webhookRequest(env, event, { ttl: 24 * 3_600 });
    expect((await sendWebhook(web.url, env, event, { headers })).status).toBe(200);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 7 * 60_000 });
    expect((await sendWebhook(web.url, env, event, { headers })).status).toBe(401);
  });

  it('refuses what a worker signed', async () => {
    const body = JSON.stringify(started());
    const authorization = (await signBody('events', body, env)).replace('Bearer ', '');
    const response = await sendWebhook(web.url, env, {}, { body, headers: { authorization } });
    expect(response.status).toBe(401);
  });
});

describe('accepts nothing', () => {
  const joinToken = () => {
    const token = new AccessToken(KEY, SECRET, { identity: 'i' });
    token.addGrant({ roomJoin: true, room: 'r' });
    return token.toJwt();
  };
  const expired = async () => {
    const token = new AccessToken(KEY, SECRET, { ttl: -120 });
    return token.toJwt();
  };
  it.each<[string, () => Promise<object>, number]>([
    ['signed with another secret', async () => ({ secret: 'x'.repeat(32) }), 401],
    ['whose body was changed', async () => ({ body: JSON.stringify(started('other')) }), 401],
    ['with a join token', async () => ({ headers: { authorization: await joinToken() } }), 401],
    ['with an old token', async () => ({ headers: { authorization: await expired() } }), 401],
    ['with a word for a token', async () => ({ headers: { authorization: 'token' } }), 401],
    ['without a token', async () => ({ headers: { authorization: '' } }), 401],
    ['of another type', async () => ({ headers: { 'content-type': 'application/json' } }), 415],
    ['that is too large', async () => ({ body: ' '.repeat(4 * 1024 * 1024 + 1) }), 413],
  ])('%s', async (_, forged, status) => {
    const response = await sendWebhook(web.url, env, started(), await forged());
    expect(response.status).toBe(status);
    expect(taken).not.toHaveBeenCalled();
  });

  it('that is signed and no event', async () => {
    expect((await sendWebhook(web.url, env, ['no event'])).status).toBe(400);
    expect((await sendWebhook(web.url, env, { event: 'room_started' })).status).toBe(400);
    expect((await sendWebhook(web.url, env, { ...started(), id: 7 })).status).toBe(400);
  });

  it('by another method', async () => {
    expect((await fetch(web.url + WEBHOOK_PATH)).status).toBe(405);
  });
});
