// All routes, found by their files: other sites, sandboxed pages and forms get nothing
// from them. A route that does not use `routes` fails here.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Handler } from '@/lib/auth/route';
import { NO_LIVEKIT } from '@/lib/testing/server';

beforeAll(() => {
  for (const [name, value] of Object.entries(NO_LIVEKIT)) vi.stubEnv(name, value);
});
afterAll(() => vi.unstubAllEnvs());

const HERE = import.meta.dirname;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const CHANGES = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

const files = readdirSync(HERE, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(^|\/)route\.ts$/.test(file),
);

async function statuses(
  file: string,
  methods: readonly (typeof METHODS)[number][],
  headers: HeadersInit,
): Promise<number[]> {
  const route = (await import(join(HERE, file))) as Partial<Record<string, Handler>>;
  const url = `http://desk.test/api/${dirname(file)}`;
  const asked = methods.map(async (method) => {
    const handler = route[method];
    if (!handler) return 405;
    const request = new Request(url, { method, headers: { host: 'desk.test', ...headers } });
    return (await handler(request, { params: Promise.resolve({}) })).status;
  });
  return Promise.all(asked);
}

it('finds the routes', () => expect(files.length).toBeGreaterThan(20));

describe.each(files)('%s', (file) => {
  it.each(['https://elsewhere.test', 'null', 'http://desk.test:81'])(
    'refuses %s',
    async (origin) => {
      const answers = await statuses(file, METHODS, { origin });
      expect(answers).toEqual(METHODS.map(() => 403));
    },
  );

  it.each([
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
  ])('refuses what another page loads into itself: %o', async (headers) => {
    const answers = await statuses(file, METHODS, headers);
    expect(answers).toEqual(METHODS.map(() => 403));
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'refuses a body of type %s',
    async (type) => {
      const answers = await statuses(file, CHANGES, { 'content-type': type });
      expect(answers).toEqual(CHANGES.map(() => 415));
    },
  );
});

it('names the two hosts, which a proxy in between may have changed', async () => {
  const { POST } = await import('@/app/api/token/route');
  const headers = { host: 'localhost:3000', origin: 'http://localhost:5173' };
  const asked = new Request('http://localhost:3000/api/token', { method: 'POST', headers });
  expect((await (await POST(asked)).json()).detail).toMatch(/localhost:5173.*localhost:3000.*Host/);
});

it.each(['cross-site', 'same-site'])(
  'the doctor makes no trial calls for a %s link',
  async (site) => {
    const { GET } = await import('@/app/api/doctor/route');
    const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    const headers = { host: 'localhost:3000', 'sec-fetch-site': site, ...link };
    const answer = await GET(new Request('http://localhost:3000/api/doctor?room=x', { headers }));
    expect(answer.status).toBe(403);
    expect((await answer.json()).type).toContain('foreign-origin');
  },
);
