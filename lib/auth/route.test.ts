import { afterEach, describe, expect, it, vi } from 'vitest';
import { json, requireOwnOrigin, routesOf } from '@/lib/auth/route';
import { ConfigError } from '@/lib/core/config';
import { Problem } from '@/lib/core/problem';
import { testServer } from '@/lib/testing/server';

afterEach(() => vi.restoreAllMocks());

const ask = (method = 'POST', headers: HeadersInit = {}) =>
  new Request('http://test:3000/api/rooms', { method, headers });

const created = () => json({}, 201);

/** The server log while `error` is handled, and the response. */
async function answerTo(error: unknown) {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const fail = () => {
    throw error;
  };
  const { POST } = routesOf(testServer, { POST: fail });
  const response = await POST(ask());
  return { response, text: await response.text(), log: log.mock.calls.join('\n') };
}

it('accepts our own pages, programs, followed links, and redirects from the sign-in provider', () => {
  const all: Record<string, string>[] = [
    { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty' },
    { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' },
    {},
  ];
  for (const headers of all) {
    expect(() => requireOwnOrigin(ask('GET', headers))).not.toThrow();
  }
});

describe('routes', () => {
  it('answers every other method with 405 and the allowed methods', async () => {
    const { POST, ...others } = routesOf(testServer, { POST: created });
    expect((await POST(ask())).status).toBe(201);
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'] as const) {
      const response = await others[method](ask(method));
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
    }
  });

  it('answers HEAD if there is GET, and OPTIONS without CORS headers', async () => {
    const { HEAD, OPTIONS } = routesOf(testServer, { GET: created });
    expect((await HEAD(ask('HEAD'))).status).toBe(201);
    const options = await OPTIONS(ask('OPTIONS', { origin: 'https://elsewhere.test' }));
    expect(options.status).toBe(204);
    expect(Object.fromEntries(options.headers)).toEqual({ allow: 'GET, HEAD, OPTIONS' });
  });

  it('returns a problem as its document, with its headers', async () => {
    const problem = new Problem('unknown-agent', 'D.', { valid: ['a'] }, { 'retry-after': '5' });
    const { response, text } = await answerTo(problem);
    expect(response.status).toBe(422);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(JSON.parse(text)).toEqual({
      type: 'urn:callboard:problem:unknown-agent',
      title: 'Unknown agent',
      status: 422,
      detail: 'D.',
      valid: ['a'],
    });
  });

  it('logs an unknown error without secrets, and reveals nothing of it to the client', async () => {
    vi.stubEnv('LIVEKIT_API_SECRET', 'correct-horse-battery-staple');
    const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';
    const { response, text, log } = await answerTo(
      new Error(`no luck with correct-horse-battery-staple and ${token}`),
    );
    vi.unstubAllEnvs();
    expect(response.status).toBe(500);
    expect(text).not.toMatch(/luck|route\.test|correct/);
    expect(log).toContain('POST /api/rooms: internal: Error: no luck with [secret] and [token]');
    expect(log).toContain('route.test.ts');
  });

  it('lists the missing settings', async () => {
    const { response, text } = await answerTo(new ConfigError(['LIVEKIT_URL is not set']));
    expect(response.status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({
      type: 'urn:callboard:problem:not-configured',
      settings: ['LIVEKIT_URL is not set'],
    });
  });
});

describe('requireOwnOrigin', () => {
  const from = (headers: HeadersInit) => () => requireOwnOrigin(ask('POST', headers));

  it('accepts our own pages, and clients other than browsers', () => {
    expect(from({ host: 'desk.test' })).not.toThrow();
    expect(from({ host: 'desk.test:3000', origin: 'http://desk.test:3000' })).not.toThrow();
    expect(from({ host: 'desk.test', origin: 'https://desk.test' })).not.toThrow();
  });

  it.each(['null', 'https://desk.test.evil.test', 'https://desk.test:444', 'desk.test', ''])(
    'refuses %j',
    (origin) => {
      expect(from({ host: 'desk.test', origin })).toThrow(Problem);
    },
  );
});
