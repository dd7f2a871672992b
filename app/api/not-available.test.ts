// All routes that need LiveKit, without its settings and without LiveKit: 503 with a reason.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as dispatchAgent from '@/app/api/dispatch-agent/route';
import * as dispatch from '@/app/api/rooms/[room]/dispatches/[id]/route';
import * as dispatches from '@/app/api/rooms/[room]/dispatches/route';
import * as listen from '@/app/api/rooms/[room]/listen/route';
import * as room from '@/app/api/rooms/[room]/route';
import * as rooms from '@/app/api/rooms/route';
import * as token from '@/app/api/token/route';
import { askRoute } from '@/lib/testing/api';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';

const ASKED: [string, string, unknown][] = [
  ['POST', '/api/dispatch-agent', { room: 'r', force: true }],
  ['GET', '/api/rooms', undefined],
  ['POST', '/api/rooms', {}],
  ['DELETE', '/api/rooms/r', undefined],
  ['GET', '/api/rooms/r/dispatches', undefined],
  ['POST', '/api/rooms/r/dispatches', { force: true }],
  ['GET', '/api/rooms/r/dispatches/AD_1', undefined],
  ['DELETE', '/api/rooms/r/dispatches/AD_1', undefined],
  ['POST', '/api/rooms/r/listen', undefined],
  ['POST', '/api/token', { room_name: 'r' }],
];
const SETTINGS = ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'];
let web: TestServer;

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  for (const name of SETTINGS) vi.stubEnv(name, '');
  web = await serveRoutes({
    '/api/dispatch-agent': dispatchAgent,
    '/api/rooms': rooms,
    '/api/rooms/[room]': room,
    '/api/rooms/[room]/dispatches': dispatches,
    '/api/rooms/[room]/dispatches/[id]': dispatch,
    '/api/rooms/[room]/listen': listen,
    '/api/token': token,
  });
});
afterAll(async () => {
  await web.close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

// First in the file, because valid settings are read only once.
it.each(ASKED)('%s %s names the settings that are missing', async (method, path, sent) => {
  const { status, body } = await askRoute(web.url + path, method, sent);
  expect([status, body.type]).toEqual([503, 'urn:callboard:problem:not-configured']);
  expect(body.settings).toEqual(SETTINGS.map((name) => `${name} is not set`));
});

it.each(ASKED)('%s %s says that LiveKit does not answer', async (method, path, sent) => {
  // Port 9 (discard) has no listener here.
  vi.stubEnv('LIVEKIT_URL', 'ws://127.0.0.1:9');
  vi.stubEnv('LIVEKIT_API_KEY', 'key');
  vi.stubEnv('LIVEKIT_API_SECRET', 'a-secret-that-is-long-enough-for-a-server');
  const { status, body, headers } = await askRoute(web.url + path, method, sent);
  expect([status, body.type]).toEqual([503, 'urn:callboard:problem:livekit-unavailable']);
  expect(headers.get('retry-after')).toBe('5');
});
