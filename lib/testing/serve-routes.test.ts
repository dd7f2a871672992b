import { afterAll, beforeAll, expect, it } from 'vitest';
import { json, routesOf } from '@/lib/auth/route';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { testServer } from '@/lib/testing/server';

let web: TestServer;

beforeAll(async () => {
  web = await serveRoutes({
    '/api/rooms/[room]/dispatches/[id]': routesOf(testServer, {
      GET: (_, { params }) => json(params),
    }),
  });
});
afterAll(() => web.close());

// What Next 16.4.6 passes to a route handler for these paths, in development and in production.
it.each([
  ['abc', 'abc'],
  ['a%20b', 'a b'],
  ['a%2Fb', 'a/b'],
  ['a%3Fb%23', 'a?b#'],
  ['a%25b', 'a%b'],
  ['a%2525b', 'a%25b'],
  ['%C3%A9', 'é'],
  ['a+b', 'a+b'],
  ['a:b@c', 'a:b@c'],
])('passes %s as %s', async (part, room) => {
  const response = await fetch(`${web.url}/api/rooms/${part}/dispatches/AD_1`);
  expect(await response.json()).toEqual({ room, id: 'AD_1' });
});

it('refuses other paths, and answers HEAD', async () => {
  const status = async (path: string, method = 'GET') =>
    (await fetch(web.url + path, { method })).status;
  expect(await status('/api/rooms/a/dispatches')).toBe(404);
  expect(await status('/api/rooms/a/dispatches/b/c')).toBe(404);
  expect(await status('/api/rooms/a/dispatches/b', 'HEAD')).toBe(200);
  expect(await status('/api/rooms/a/dispatches/b', 'POST')).toBe(405);
});
