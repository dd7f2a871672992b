import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { parseAndValidateFlightRouterState as parseRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guard, refusalOf, refuseRequests } from '@/lib/http/refused-requests';

const of = (method: string, url: string, headers: Record<string, string> = {}, dev = false) =>
  refusalOf({ method, url, headers } as unknown as IncomingMessage, { parseRouterState, dev })
    ?.kind;

describe('refusalOf', () => {
  it.each([
    ['GET', '/'],
    ['HEAD', '/calls'],
    ['GET', '/calls/sip_%2B49'],
    ['GET', '/calls/100%25'],
    ['GET', '/calls?text=100%'],
    ['GET', '/_next/static/x.js'],
    ['OPTIONS', '/api/calls'],
    ['DELETE', '/api/calls/x'],
    ['PATCH', '/api/calls/x'],
  ])('accepts %s %s', (method, url) => expect(of(method, url)).toBeUndefined());

  it.each(['%', '%zz', '%E0%A4%A', '%ED%A0%80', '%FF', '%00', 'a%00b'])(
    'refuses %s in a path',
    (part) => {
      for (const folder of ['/', '/calls/', '/api/calls/', '/_next/', '/_next/static/']) {
        expect(of('GET', folder + part), folder).toBe('invalid-request');
      }
    },
  );

  it('refuses a NUL character in a query, and targets that are not paths', () => {
    expect(of('GET', '/api/calls?text=a%00')).toBe('invalid-request');
    expect(of('OPTIONS', '*')).toBe('invalid-request');
    expect(of('GET', 'http://127.0.0.1/calls')).toBe('invalid-request');
  });

  it('refuses methods that nothing has', () => {
    for (const method of ['TRACE', 'CONNECT', 'PROPFIND', 'QUERY']) {
      for (const url of ['/', '/api/calls', '/api/nothing', '/_next/image'])
        expect(of(method, url), `${method} ${url}`).toBe('method-not-allowed');
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      for (const url of ['/', '/calls', '/nowhere', '/_next/image?url=x', '/api', '/API/token'])
        expect(of(method, url), `${method} ${url}`).toBe('method-not-allowed');
    }
  });

  it('takes no page for a route', () => {
    for (const url of ['/api/../calls', '/api/%2e%2e/calls', '/api/x/.%2E/../calls', '/api/%2e.'])
      expect(of('POST', url), url).toBe('method-not-allowed');
    expect(of('POST', '/api/./token')).toBeUndefined();
  });

  it('refuses bodies that are sent to pages', () => {
    expect(of('GET', '/', { 'content-length': '0' })).toBeUndefined();
    for (const url of ['/', '/_next/image', '/favicon.ico']) {
      expect(of('GET', url, { 'content-length': '9' })).toBe('invalid-request');
      expect(of('HEAD', url, { 'transfer-encoding': 'chunked' })).toBe('invalid-request');
    }
    expect(of('POST', '/api/token', { 'content-length': '9' })).toBeUndefined();
  });

  it('refuses a router state that Next.js does not accept', () => {
    const state = (value: string) => of('GET', '/calls', { 'next-router-state-tree': value });
    expect(state(encodeURIComponent('["",{"children":["calls",{}]},null,"refetch"]'))).toBe(
      undefined,
    );
    for (const value of ['', 'x', '%', '%5B%5D', '%5B'.repeat(2_000), '%E0%A4%A'])
      expect(state(value), value).toBe('invalid-request');
  });

  it('accepts what the pages of the development server send', () => {
    expect(of('POST', '/__nextjs_original-stack-frames', {}, true)).toBeUndefined();
    expect(of('GET', '/%', {}, true)).toBe('invalid-request');
  });
});

describe('guard', () => {
  const reached: string[] = [];
  const server = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    response.end('reached');
  });
  // It leaves the connection open, as Next.js does.
  server.on('upgrade', () => {});
  let port: number;
  beforeAll(async () => {
    guard(server, { parseRouterState, dev: false });
    guard(server, { parseRouterState, dev: false });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  /** Everything that the server sends until it closes the connection. */
  async function answerTo(...head: string[]): Promise<string> {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    socket.write([...head, 'Host: x', '', ''].join('\r\n'));
    let text = '';
    for await (const part of socket) text += part;
    return text;
  }

  it('answers with a problem document before the body has arrived, and closes the connection', async () => {
    reached.length = 0;
    const text = await answerTo('POST /calls HTTP/1.1', 'Content-Length: 9000000');
    expect(text).toMatch(/^HTTP\/1\.1 405 /);
    expect(text).toMatch(/^allow: GET, HEAD\r$/m);
    expect(text).toMatch(/^content-type: application\/problem\+json\r$/m);
    expect(text).toContain('"type":"urn:callboard:problem:method-not-allowed"');
    expect(reached).toEqual([]);
  });

  it('calls the server’s own listener once for all others', async () => {
    reached.length = 0;
    expect(await answerTo('GET /calls HTTP/1.1', 'Connection: close')).toMatch(/reached$/);
    expect(reached).toEqual(['GET /calls']);
  });

  it('checks requests on a connection that was opened before', async () => {
    const later = createServer((_, response) => response.end('reached'));
    later.listen(0, '127.0.0.1');
    await once(later, 'listening');
    const { port: own } = later.address() as AddressInfo;
    const socket = connect(own, '127.0.0.1').setEncoding('utf8');
    await once(later, 'connection');
    refuseRequests(own, { parseRouterState, dev: false });
    socket.write('GET /% HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    let text = '';
    for await (const part of socket) text += part;
    later.close();
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).not.toContain('reached');
  });

  it('answers requests for an upgrade as if they did not ask for it', async () => {
    const upgrade = ['Upgrade: websocket', 'Connection: upgrade, close'];
    expect(await answerTo('GET /calls HTTP/1.1', ...upgrade)).toMatch(/reached$/);
    expect(await answerTo('GET /% HTTP/1.1', ...upgrade)).toMatch(/^HTTP\/1\.1 400 /);
  });
});
