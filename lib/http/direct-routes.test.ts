// Routes that are answered before Next.js: what they get and send is what they would get and send there.
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAndValidateFlightRouterState as parseRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { routesOf } from '@/lib/auth/route';
import { recordAddresses } from '@/lib/http/client-address';
import { builtHeaders, directRoutes } from '@/lib/http/direct-routes';
import { DRAIN_MAX_BYTES, readJson } from '@/lib/http/read-json';
import { guard } from '@/lib/http/refused-requests';
import { testServer } from '@/lib/testing/server';

/** Milliseconds for a body. */
const BODY_MS = 200;
const json = { 'content-type': 'application/json' };

/** As in `.next/routes-manifest.json`. */
const rules = [
  { regex: '^(?:/(.*))?$', headers: [{ key: 'X-Content-Type-Options', value: 'nosniff' }] },
  { regex: '^/api(?:/(.*))?$', headers: [{ key: 'Cross-Origin-Resource-Policy', value: 'none' }] },
  { regex: '^/embed\\.js$', headers: [{ key: 'X-Embed', value: 'yes' }] },
  {
    regex: '^(?:/(.*))?$',
    has: [{ type: 'header', key: 'x-forwarded-proto', value: 'https' }],
    headers: [{ key: 'Strict-Transport-Security', value: 'max-age=1' }],
  },
];

const state = testServer();
const route = routesOf(() => state, {
  POST: async (request, { server, visitor }) => {
    const asked = await readJson(server, request, z.object({ name: z.string() }), {
      maxMs: BODY_MS,
    });
    const headers = new Headers({ 'set-cookie': 'a=1' });
    headers.append('set-cookie', 'b=2');
    return Response.json({ ...asked, by: visitor.by }, { status: 201, headers });
  },
});

const http = createServer((_, response) => response.end('by Next.js'));
let web: string;
beforeAll(async () => {
  recordAddresses();
  const direct = directRoutes({ '/api/token': route }, rules);
  guard(http, { parseRouterState, dev: false, direct });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  web = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterAll(async () => {
  http.close();
  http.closeAllConnections();
  await once(http, 'close');
});

const post = (path: string, body = '{"name":"anna"}', headers: Record<string, string> = {}) =>
  fetch(web + path, { method: 'POST', headers: { ...json, ...headers }, body });

/** All that the server sends for the beginning of a request, until it closes the connection. */
async function answerTo(version: string, ...head: string[]): Promise<string> {
  const socket = connect(Number(new URL(web).port), '127.0.0.1').setEncoding('utf8');
  const type = 'Content-Type: application/json';
  socket.write([`POST /api/token ${version}`, type, ...head, '', '{'].join('\r\n'));
  let text = '';
  for await (const part of socket) text += part;
  return text;
}

it('reads the headers from the build', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-built-'));
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
  onTestFinished(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });
  expect(builtHeaders).toThrow('ENOENT');
  mkdirSync(join(folder, '.next'));
  const manifest = { version: 3, redirects: [], headers: rules };
  writeFileSync(join(folder, '.next/routes-manifest.json'), JSON.stringify(manifest));
  expect(builtHeaders()).toEqual(rules);
});

describe('a direct route', () => {
  it('answers requests to its path, with any query, as its file does', async () => {
    for (const path of ['/api/token', '/api/token?x=1']) {
      const answer = await post(path);
      expect(answer.status).toBe(201);
      // It sees that the request comes from this machine.
      expect(await answer.json()).toEqual({ name: 'anna', by: 'local' });
      expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    }
    const proxied = await post('/api/token', '{"name":"anna"}', {
      'x-forwarded-for': '203.0.113.1',
    });
    expect(proxied.status).toBe(403);
    expect((await fetch(`${web}/api/token`)).status).toBe(405);
    expect((await fetch(`${web}/api/token`, { method: 'OPTIONS' })).status).toBe(204);
  });

  it('leaves all other paths to Next.js', async () => {
    for (const path of ['/api/token/', '/api/tokens', '/api/%74oken', '/api/./x/../token/x']) {
      expect(await (await post(path)).text(), path).toBe('by Next.js');
    }
  });

  it('sends the headers that next.config.ts gives its path', async () => {
    for (const answer of [await post('/api/token'), await post('/api/token', '{')]) {
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('none');
      expect(answer.headers.get('x-embed')).toBeNull();
      expect(answer.headers.get('strict-transport-security')).toBeNull();
    }
    const tls = await post('/api/token', '{', { 'x-forwarded-proto': 'https' });
    expect(tls.headers.get('strict-transport-security')).toBe('max-age=1');
  });

  it('answers a request without a host, and one whose host is none', async () => {
    expect(await answerTo('HTTP/1.0', 'Content-Length: 1')).toMatch(/^HTTP\/1\.1 403 /);
    const invalid = ['Host: a/b', 'Content-Length: 1', 'Connection: close'];
    const text = await answerTo('HTTP/1.1', ...invalid);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toMatch(/^content-type: application\/problem\+json\r$/im);
  });

  it('comes after what is refused', async () => {
    const answer = await fetch(`${web}/api/token`, { method: 'PROPFIND' });
    expect(answer.status).toBe(405);
    expect((await post('/api/token', '{', { 'next-router-state-tree': 'x' })).status).toBe(400);
  });

  it('refuses bodies that are too large, and keeps no connection whose body never ends', async () => {
    const large = await post('/api/token', '"'.repeat(DRAIN_MAX_BYTES));
    expect(large.status).toBe(413);
    await post('/api/token', '"'.repeat(20 * DRAIN_MAX_BYTES)).then(
      ({ status }) => expect(status).toBe(413),
      (error: Error) =>
        expect(error.cause).toMatchObject({
          code: expect.stringMatching(/^(EPIPE|ECONNRESET|UND_ERR_SOCKET)$/),
        }),
    );
    const socket = connect(Number(new URL(web).port), '127.0.0.1').setEncoding('utf8');
    const head =
      'POST /api/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';
    socket.write(`${head}Content-Length: 9\r\n\r\n{`);
    let text = '';
    for await (const part of socket) text += part;
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect((await post('/api/token')).status).toBe(201);
  });
});
