// Access to each route: an anonymous visitor, a caller, a developer and an admin with every method of every
// route, with real sessions. The lists are written out here, so that mistakes in the table of permissions
// show; a new route fails until it is added.

import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { expectDescribed } from '@/app/api/openapi.json/described';
import { OPERATIONS, problemsOf } from '@/app/api/openapi.json/document';
import { ROUTES } from '@/lib/auth/routes';
import { requireSignIn, signUp } from '@/lib/testing/accounts';
import type { TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { endServer } from '@/lib/testing/server';

/** Open to everybody; the first eight check a signature or the visitor themselves. */
const ANYBODY = [
  'POST /observability/[signal]/otlp/v0',
  'POST /observability/recordings/v0',
  'POST /api/webhooks/livekit',
  'POST /api/workers/agents',
  'POST /api/workers/events',
  'POST /api/workers/lifeline',
  'POST /api/workers/reports',
  'POST /api/token',
  'GET /api/agents',
  'GET /api/auth/[...all]',
  'POST /api/auth/[...all]',
  'GET /api/health',
  'GET /api/openapi.json',
  'GET /api/rules/schema',
  'GET /api/invitations/[invitation]',
  'POST /api/invitations/[invitation]',
  'POST /api/people/password/[link]',
  'POST /api/people/sign-up/[link]',
];
const CALLERS = [
  'GET /api/account/keys',
  'POST /api/account/keys',
  'DELETE /api/account/keys/[id]',
  'GET /api/calls',
  'GET /api/calls/changes',
  'GET /api/calls/export',
  'GET /api/calls/[id]',
  'GET /api/calls/[id]/recordings/[n]',
  'GET /api/calls/[id]/transcript',
  'GET /api/letta/agents',
  'POST /api/rooms/[room]/dispatches',
  'POST /api/rooms/[room]/invitations',
  'POST /api/rooms/[room]/stuck',
];
const DEVELOPERS = [
  'POST /api/agents',
  'PATCH /api/agents/[name]',
  'DELETE /api/agents/[name]',
  'GET /api/agents/stats',
  'GET /api/calls/waiting',
  'GET /api/agents/[name]/rollout',
  'POST /api/agents/[name]/rollout',
  'DELETE /api/agents/[name]/rollout',
  'POST /api/agents/[name]/rollout/next',
  'GET /api/callers/[identity]/export',
  'GET /api/calls/[id]/simulation',
  'POST /api/calls/outbound',
  'POST /api/dispatch-agent',
  'GET /api/doctor',
  'POST /api/doctor/connection',
  'GET /api/metrics',
  'GET /api/rooms',
  'POST /api/rooms',
  'DELETE /api/rooms/[room]',
  'GET /api/rooms/[room]/dispatches',
  'GET /api/rooms/[room]/dispatches/[id]',
  'DELETE /api/rooms/[room]/dispatches/[id]',
  'POST /api/rooms/[room]/listen',
  'POST /api/rooms/[room]/whisper',
  'GET /api/rules',
  'GET /api/simulations',
  'POST /api/simulations',
  'POST /api/simulations/reports',
  'DELETE /api/simulations/sessions/[id]',
];
const ADMINS = [
  'POST /api/agents/[name]/rollout/override',
  'POST /api/agents/[name]/rollout/promote',
  'DELETE /api/callers/[identity]',
  'DELETE /api/calls/[id]',
  'GET /api/people',
  'POST /api/people',
  'PUT /api/people/[id]',
  'DELETE /api/people/[id]',
  'GET /api/people/keys',
  'DELETE /api/people/keys/[id]',
  'POST /api/people/password-links',
  'PUT /api/rules',
];
const EVERY = [...ANYBODY, ...CALLERS, ...DEVELOPERS, ...ADMINS];
const MAY: Readonly<Record<string, readonly string[]>> = {
  anonymous: ANYBODY,
  caller: [...ANYBODY, ...CALLERS],
  developer: [...ANYBODY, ...CALLERS, ...DEVELOPERS],
  admin: EVERY,
};

const files = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('/route.ts'))
  .map((file) => `/${file.replace(/\/route\.ts$/, '')}`);
const load = (path: string) => import(/* @vite-ignore */ resolve(`app${path}/route.ts`));
let database: TestDatabase;
const cookies: Record<string, string> = { anonymous: '' };

beforeAll(async () => {
  database = await testDatabase();
  requireSignIn(database);
  for (const role of ['admin', 'developer', 'caller'] as const) cookies[role] = await signUp(role);
});
afterAll(async () => {
  await endServer();
  await endServer();
  await database.remove();
  vi.unstubAllEnvs();
});

it('has a rule for each method of each route, and no others', async () => {
  const there = await Promise.all(
    files.map(async (path) => {
      const options = new Request(`http://localhost:3000${path}`, { method: 'OPTIONS' });
      const { headers } = await (await load(path)).OPTIONS(options);
      const methods = headers.get('allow')?.split(', ') ?? [];
      return methods
        .filter((method: string) => method !== 'HEAD' && method !== 'OPTIONS')
        .map((method: string) => `${method} ${path}`);
    }),
  );
  const ruled = Object.entries(ROUTES).flatMap(([path, rules]) =>
    Object.keys(rules).map((method) => `${method} ${path}`),
  );
  expect(ruled.sort()).toEqual(there.flat().sort());
  expect([...EVERY].sort()).toEqual(ruled.sort());
});

/** A route's response. The body is not read, because some never end. */
async function ask(path: string, method: string, as: string): Promise<Response> {
  const file = await load(path);
  const params: Record<string, string | string[]> = {};
  const url = path
    .replace(/\[\.\.\.(\w+)\]/, (_, name: string) => {
      params[name] = ['x'];
      return 'x';
    })
    .replaceAll(/\[(\w+)\]/g, (_, name: string) => {
      params[name] = 'x';
      return 'x';
    });
  const gone = new AbortController();
  const headers = {
    'content-type': 'application/json',
    ...(cookies[as] && { cookie: cookies[as] }),
  };
  const request = new Request(`http://localhost:3000${url}`, {
    method,
    headers,
    ...(method !== 'GET' && method !== 'DELETE' && { body: '{"not":"a request"}' }),
    signal: gone.signal,
  });
  const answer: Response = await file[method](request, { params: Promise.resolve(params) });
  gone.abort();
  return answer;
}

/** Whether access was granted: the routes' own problems have other types. Refusals are described. */
async function isLetPast(operation: string, answer: Response): Promise<boolean> {
  if (![401, 403].includes(answer.status)) return true;
  const kind = (await answer.json()).type.split(':').at(-1);
  const described = OPERATIONS[operation];
  if (described) expect(problemsOf(operation, described), operation).toContain(kind);
  return !/^(sign-in-needed|not-permitted)$/.test(kind);
}

it.each(Object.keys(MAY))(
  'lets a %s do what it may, and nothing else',
  async (as) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const past: string[] = [];
    const methods = files.flatMap((path) =>
      Object.keys(ROUTES[path] ?? {}).map((method) => [path, method] as const),
    );
    for (const [path, method] of methods) {
      const name = `${method} ${path}`;
      if (await isLetPast(name, await ask(path, method, as))) past.push(name);
    }
    expect(past.sort()).toEqual([...(MAY[as] ?? [])].sort());
  },
  60_000,
);

it('responds about accounts as the API describes it', async () => {
  const admin = async (method: string, route: string, body?: unknown, id = '') => {
    const name = route.match(/\[(\w+)\]/)?.[1] ?? '';
    const path = route.replace(/\[\w+\]/, id);
    const headers = { 'content-type': 'application/json', cookie: cookies.admin ?? '' };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const answer: Response = await (await load(route))[method](
      new Request(`http://localhost:3000${path}`, init),
      { params: Promise.resolve(name ? { [name]: id } : {}) },
    );
    const text = await answer.text();
    expect(answer.status, text).toBeLessThan(300);
    expectDescribed(`${method} ${route}`, answer, text);
    return text && JSON.parse(text);
  };
  const lastOf = ({ url }: { url: string }) => url.split('/').at(-1);
  const password = 'another correct horse';
  const email = 'lee@example.com';

  const invited = await admin('POST', '/api/people', { role: 'caller', email });
  await admin('GET', '/api/people');
  const account = { name: 'Lee', email, password };
  await admin('POST', '/api/people/sign-up/[link]', account, lastOf(invited));
  const { people } = await admin('GET', '/api/people');
  const { id } = people.find((one: { email: string }) => one.email === email);
  await admin('PUT', '/api/people/[id]', { role: 'developer' }, id);
  const link = await admin('POST', '/api/people/password-links', { id });
  await admin('POST', '/api/people/password/[link]', { password }, lastOf(link));
  await admin('DELETE', '/api/people/[id]', undefined, id);

  const key = await admin('POST', '/api/account/keys', {
    name: 'k',
    rights: ['watch'],
    days: null,
  });
  await admin('GET', '/api/account/keys');
  await admin('DELETE', '/api/account/keys/[id]', undefined, key.id);
});

it('refuses paths without a rule, in any spelling', async () => {
  const rooms = await import('@/app/api/rooms/[room]/route');
  for (const path of ['/api/health/../rooms/x', '/api/agents', '/api/rooms/x/y', '/api/unheard']) {
    const request = new Request(`http://localhost:3000${path}`, {
      method: 'DELETE',
      headers: { cookie: cookies.admin ?? '' },
    });
    // As in a framework that parses the path differently.
    const answer = await rooms.DELETE(request, { params: Promise.resolve({ room: 'other' }) });
    expect([path, answer.status]).toEqual([path, 404]);
    expect((await answer.json()).type).toMatch(/:unknown-route$/);
  }
});
