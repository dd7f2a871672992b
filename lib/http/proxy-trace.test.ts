// Requests that reach a server without sign-in on this machine directly, and through a proxy on it: raw ones, because Next
// and HTTP clients add headers.
import { readFile } from 'node:fs/promises';
import { Agent, get, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createViteServer } from 'vitest/node';
import { routesOf } from '@/lib/auth/route';
import { recordAddresses } from '@/lib/http/client-address';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { testServer } from '@/lib/testing/server';

const CHROME = 'User-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/148.0.0.0';

let web: TestServer;
beforeAll(async () => {
  for (const name of ['AUTH', 'HOST', 'PUBLIC_URL', 'CALLBOARD_URL']) vi.stubEnv(name, '');
  recordAddresses();
  web = await serveRoutes({
    '/api/agents': routesOf(testServer, {
      GET: (_, { visitor }) => Response.json({ by: visitor.by }),
    }),
  });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await web.close();
});

/** Sends a request with these lines, and `Host` as a proxy writes it. @returns the body of the response */
async function ask(lines: readonly string[] = [], version = '1.1') {
  const { host, port } = new URL(web.url);
  const socket = connect({ host: '127.0.0.1', port: Number(port) });
  const head = [`GET /api/agents HTTP/${version}`, `Host: ${host}`, ...lines];
  socket.end(`${head.join('\r\n')}\r\n\r\n`);
  const said = await text(socket);
  return said.slice(said.indexOf('\r\n\r\n'));
}

it.each([
  ['a program', []],
  ['an SSH port forward', ['Connection: keep-alive']],
  ['a script', ['Connection: close', 'User-Agent: Python-urllib/3.12']],
  ['a browser', [CHROME, 'Accept-Language: de', 'Connection: keep-alive']],
  [
    'the WebSocket of a browser',
    [CHROME, 'Accept-Language: de', 'Connection: keep-alive, Upgrade'],
  ],
  ['a program that names a proxy', ['Callboard-Proxied: via']],
  ['a program that names addresses', ['Callboard-Address: 1.2.3.4', 'callboard-address: 5.6.7.8']],
  ['a trace and a request ID', ['Traceparent: 00-1-2-01', 'X-Request-ID: 1']],
])('%s is the user of this machine', async (_, lines) => {
  expect(await ask(lines)).toContain('"by":"local"');
});

it('the development server of docs/front-ends.md is the user of this machine', async () => {
  const page = await readFile(new URL('../../docs/front-ends.md', import.meta.url), 'utf8');
  const proxy = /proxy: (\{.*\}),\n/.exec(page)?.[1]?.replace('http://localhost:3000', web.url);
  const configured = new Function('Agent', `return ${proxy}`)(Agent);
  const vite = await createViteServer({
    ...{ configFile: false, logLevel: 'silent', appType: 'custom' },
    server: { host: '127.0.0.1', port: 0, ws: false, watch: null, proxy: configured },
  });
  try {
    await vite.listen();
    const { port } = (vite.httpServer as Server).address() as AddressInfo;
    const host = `127.0.0.1:${port}`;
    const headers = {
      ...{ host, origin: `http://${host}`, connection: 'keep-alive' },
      ...{ 'user-agent': 'Mozilla/5.0', 'accept-language': 'de' },
    };
    const answer = await new Promise<IncomingMessage>((done, fail) => {
      get(`http://${host}/api/agents`, { headers }, done).once('error', fail);
    });
    expect(await text(answer)).toContain('"by":"local"');
  } finally {
    await vite.close();
    configured['/api'].agent.destroy();
  }
});

it.each([
  ['nginx by default', [], '1.0'],
  ['nginx by default, kept open', ['Connection: keep-alive'], '1.0'],
  ['nginx since 1.29.7, for a browser', [CHROME, 'Accept-Language: de']],
  ['nginx with HTTP/1.1, for a browser', [CHROME, 'Accept-Language: de', 'Connection: close']],
  ...[
    ...['Forwarded: for=203.0.113.7', 'X-Forwarded-For: 203.0.113.7', 'X-Forwarded-For: 127.0.0.1'],
    ...['x-forwarded-host: calls.example.com', 'X-Forwarded-Host: localhost:3000'],
    ...['X-Forwarded-Proto: https', 'X-Forwarded-Port: 443', 'X-Forwarded-Server: front'],
    ...['X_Forwarded_For: 203.0.113.7', 'X-Forwarded: 1', 'X-Forwarded-Prefix: /a'],
    ...['Via: 1.1 Caddy', 'X-Real-IP: 203.0.113.7', 'CF-Connecting-IP: 203.0.113.7', 'CDN-Loop: a'],
    ...['True-Client-IP: 203.0.113.7', 'X-Client-IP: 203.0.113.7', 'Client-IP: 203.0.113.7'],
    ...[
      'Fly-Client-IP: 203.0.113.7',
      'X-Cluster-Client-IP: 203.0.113.7',
      'Fastly-Client-IP: 1.2.3.4',
    ],
    ...['X-Original-Forwarded-For: 203.0.113.7', 'X-Original-URL: /', 'X-Originating-IP: 1.2.3.4'],
    ...['X-Remote-Addr: 203.0.113.7', 'WL-Proxy-Client-IP: 203.0.113.7', 'X-ProxyUser-Ip: 1.2.3.4'],
    ...[
      'X-Envoy-External-Address: 203.0.113.7',
      'X-Amzn-Trace-Id: Root=1',
      'X-Azure-ClientIP: 1.2.3.4',
    ],
    ...['X-Host: calls.example.com', 'X-Scheme: https', 'Tailscale-User-Login: a@example.com'],
  ].map((line): [string, string[]] => [line, [line]]),
  // A header of ours does not replace what is seen.
  ['both', ['X-Real-IP: 203.0.113.7', 'Callboard-Proxied:', 'Callboard-Address: 127.0.0.1']],
] as [string, string[], string?][])('%s may be anybody', async (_, lines, version) => {
  const said = await ask(lines, version);
  expect(said).toContain('urn:callboard:problem:not-permitted');
  expect(said).toContain('through a proxy');
});
