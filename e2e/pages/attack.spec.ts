// Attacks over HTTP on the web process of the built product, with and without sign-in: requests that no browser sends. None
// fails (5xx), fills the memory, or writes to the log in its own words. LiveKit is a stand-in: no request gets that far
// unless it is accepted. Attacks on calls: `threats.spec.ts` and `accounts.spec.ts`.
import assert from 'node:assert/strict';
import { expect, test } from '@playwright/test';
import { sign } from '@/e2e/support/attack';
import {
  ask,
  askAll,
  EndlessRequest,
  filled,
  hasParameter,
  type OddRequest,
  type OddResponse,
  pathsOf,
  withText,
} from '@/e2e/support/odd-requests';
import { ROUTES as UNDER_ROUTES } from '@/lib/http/refused-requests';
import { copyTemplate } from '@/lib/testing/folder-template';
import { BODIES, SIGNED } from '@/lib/testing/fuzz-bodies';
import { type LiveKitStandIn, startLiveKitStandIn } from '@/lib/testing/livekit-stand-in';
import { startWeb, type WebProcess } from '@/lib/testing/web-process';
import { WEBHOOK_PATH } from '@/lib/testing/webhook';

const MODES = {
  'without sign-in': {},
  'with sign-in': {
    AUTH: 'required',
    AUTH_SECRET: 'x'.repeat(40),
    PUBLIC_URL: 'http://localhost:3000',
    PUBLIC_AGENTS: 'line-check',
  },
};
/** Not UTF-8, or a NUL character. */
const INVALID = ['%', '%zz', '%E0%A4%A', '%ED%A0%80', '%FF', '%00', 'a%00b'];
/** Valid, but not if they are decoded twice, and with a line of their own for a log. */
const ODD = ['%25zz', '%2500', '%2F', 'x%0d%0aerror:%20forged%1b%5b31m%e2%80%ae'];
const ROUTES = pathsOf('route.ts');
const PAGES = pathsOf('page.tsx');
/** What Next.js serves itself, and what nobody serves. */
const OTHERS = [
  '/_next/image?url=%2Ficon.svg&w=64&q=75',
  '/_next/data/x.json',
  '/_next/static/x.js',
];
const NOWHERE = ['/nowhere', '/api/nothing', '/embed.js', '/favicon.ico', '/manifest.webmanifest'];
const ALL = [...ROUTES, ...PAGES, ...OTHERS, ...NOWHERE].map((path) => filled(path, 'x'));
const JSON_TYPE = { 'content-type': 'application/json' };
/** Nothing of the server's code. */
const STACK_TRACE = /node_modules|\.next\/|\.[jt]s:\d+|^\s+at /m;
/** Connections of one attack. */
const MANY = 40;
/**
 * How much the memory of the process may grow in MiB during an attack. Each one sends several hundred; the rest is what
 * V8 keeps of garbage.
 */
const GROWTH_MAX = 120;

// `assert`, because each `expect` of Playwright is a step of its report: thousands of them take longer than the requests.

/** What no response may be. */
function expectHarmless({ of, status, headers, text }: OddResponse & { readonly of: OddRequest }) {
  const where = `${of.method ?? 'GET'} ${of.path.slice(0, 200)} ${JSON.stringify(of.headers ?? {}).slice(0, 200)} ${of.body?.slice(0, 200) ?? ''} → ${status} ${text.slice(0, 300)}`;
  assert.ok(status < 500, where);
  // Pages contain their own names of files.
  if (headers['content-type']?.includes('html')) return;
  assert.doesNotMatch(text, STACK_TRACE, where);
}

function expectRefused(response: OddResponse & { readonly of: OddRequest }, status?: number) {
  expectHarmless(response);
  const { of, text, headers } = response;
  const where = `${of.method ?? 'GET'} ${of.path.slice(0, 200)} ${of.body?.slice(0, 200) ?? ''} → ${text.slice(0, 300)}`;
  assert.ok(response.status >= 400, where);
  if (status) assert.equal(response.status, status, where);
  if (of.method === 'HEAD') return;
  assert.match(headers['content-type'] ?? '', /^application\/problem\+json/, where);
  const problem = JSON.parse(text);
  assert.equal(problem.status, response.status, where);
  assert.match(problem.detail, /./, where);
}

for (const [mode, settings] of Object.entries(MODES)) {
  test.describe(mode, () => {
    test.describe.configure({ mode: 'serial' });
    let web: WebProcess;
    let livekit: LiveKitStandIn;
    /** Characters of output before the attacks. */
    let before: number;

    test.beforeAll(async () => {
      const data = test.info().outputPath('data');
      await copyTemplate(data);
      livekit = await startLiveKitStandIn();
      web = await startWeb({ ...livekit.env, ...settings, DATA_DIR: data });
      // What a page and a route load once is not growth. No test calls to agents that nobody runs.
      for (const path of ALL) {
        await ask(web, { path: path === '/api/doctor' ? `${path}?agent=nobody` : path });
      }
      before = web.said().length;
    });
    test.afterAll(async () => {
      await web?.stop();
      await livekit?.close();
    });

    /** Runs an attack; expects that the process does not grow by what it sends. */
    async function withinMemory(attack: () => Promise<void>): Promise<void> {
      const atFirst = web.memory();
      await attack();
      expect(web.memory() - atFirst).toBeLessThan(GROWTH_MAX);
      expect((await ask(web, { path: '/api/health' })).status).toBe(200);
    }

    /** Sends many bodies of this size that never end; they are held until the server has settled them all. */
    async function sendBodies(head: readonly string[], bytes: number): Promise<number[]> {
      const all = Array.from({ length: MANY }, () => new EndlessRequest(web, head, bytes));
      await expect.poll(() => all.every(({ isSettled }) => isSettled)).toBe(true);
      const statuses = all.map(({ status }) => status);
      for (const one of all) one.close();
      return statuses;
    }

    test('paths that are not percent-encoded UTF-8, on every route and page', async () => {
      const withParameter = [...ROUTES, ...PAGES].filter(hasParameter);
      const paths = [...withParameter, '/[x]', '/api/[x]', '/_next/[x]', '/_next/static/[x]'];
      const asked = paths.flatMap((path) =>
        [...INVALID, ...ODD].map((part) => ({ path: filled(path, part), part })),
      );
      for (const response of await askAll(web, asked)) {
        if (INVALID.includes(response.of.part)) expectRefused(response, 400);
        else expectHarmless(response);
      }
    });

    test('queries that are not percent-encoded UTF-8, and parameters that are given twice', async () => {
      const names = ['agent', 'room', 'text', 'from', 'cursor', 'limit', 'window', 'next', 'error'];
      const asked = ALL.flatMap((path) =>
        ['%E0%A4%A', '%00'].map((part) => ({
          path: `${path}${path.includes('?') ? '&' : '?'}${names.map((name) => `${name}=${part}&${name}=x`).join('&')}`,
        })),
      );
      for (const response of await askAll(web, asked)) {
        expectHarmless(response);
        if (response.of.path.includes('%00')) expectRefused(response, 400);
      }
    });

    test('methods that nothing has', async () => {
      const unknown = ['TRACE', 'PROPFIND', 'M-SEARCH', 'QUERY', 'LINK'];
      const asked = ALL.flatMap((path) => unknown.map((method) => ({ path, method })));
      for (const response of await askAll(web, asked)) expectRefused(response, 405);

      const pages = ALL.filter((path) => !UNDER_ROUTES.test(path));
      const changing = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
      const headers = { 'next-action': 'a'.repeat(42), 'content-type': 'multipart/form-data' };
      const changes = pages.flatMap((path) =>
        changing.map((method) => ({ path, method, headers })),
      );
      for (const response of await askAll(web, changes)) {
        expectRefused(response, 405);
        assert.equal(response.headers.allow, 'GET, HEAD');
      }
    });

    test('targets and headers that no client of ours sends', async () => {
      const targets = [
        '*',
        'http://127.0.0.1/calls',
        '//',
        '//x/',
        '/api/../calls',
        '/api/%2e%2e/x',
        '/.',
        '/\\',
      ];
      const long = [`/${'a'.repeat(12_000)}`, `/calls?${'a=b&'.repeat(3_000)}`];
      const odd: Record<string, string>[] = [
        ...['x', '%', '%5B%5D', '%5B'.repeat(1_000)].map((state) => ({
          rsc: '1',
          'next-router-state-tree': state,
        })),
        ...[{ rsc: '1', 'next-router-prefetch': '9' }, { 'next-router-segment-prefetch': 'x' }],
        ...[{ 'next-url': '%zz' }, { 'next-action': 'x' }, { 'x-nextjs-data': '1' }],
        ...[{ host: 'a b' }, { host: '%zz' }, { host: '[::1' }, { host: 'a:99999' }],
        ...[{ 'x-forwarded-host': 'a b' }, { 'x-forwarded-proto': 'x y' }, { origin: '%' }],
        ...[{ cookie: 'language=%E0%A4%A; callboard-caller=%00' }, { authorization: 'Bearer ÿ' }],
        ...[{ cookie: 'better-auth.session_token=%E0%A4%A.x' }, { 'accept-language': '%;q=x' }],
        ...[{ accept: 'x' }, { range: 'bytes=x' }, { 'if-none-match': '%' }, { traceparent: 'x' }],
      ];
      const seen = ['/', '/calls', '/calls/x', '/nowhere', '/api/calls', '/api/agents'];
      const asked = [
        ...[...targets, ...long].map((path) => ({ path })),
        ...seen.flatMap((path) => odd.map((headers) => ({ path, headers }))),
      ];
      for (const response of await askAll(web, asked)) expectHarmless(response);
    });

    test('JSON nested so deep that code overflows the stack', async () => {
      const nested = (levels: number, open: string, close: string) =>
        `${open.repeat(levels)}1${close.repeat(levels)}`;
      const bodies = [nested(30_000, '[', ']'), nested(10_000, '{"a":', '}')];
      const metadata = JSON.stringify(nested(2_700, '{"a":', '}'));
      const tokens = `{"room_config":{"agents":[{"agent_name":"line-check","metadata":${metadata}}]}}`;
      const asked = ROUTES.filter((path) => path !== '/api/auth/[...all]').flatMap((path) =>
        bodies.map((body) => ({
          path: filled(path, 'x'),
          method: 'POST',
          headers: JSON_TYPE,
          body,
        })),
      );
      for (const response of await askAll(web, asked)) expectHarmless(response);
      const token = { path: '/api/token', method: 'POST', headers: JSON_TYPE, body: tokens };
      expectHarmless({ of: token, ...(await ask(web, token)) });
    });

    test('NUL characters and unpaired surrogates in each field of each body', async () => {
      // Not only what anybody may send.
      const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = livekit.env;
      const claims = { kind: 'callboard-operator' };
      const operator = { authorization: `Bearer ${sign({ key, secret, body: '', claims })}` };
      const open = Object.entries(BODIES).filter(
        ([path]) => !SIGNED[path] && path !== WEBHOOK_PATH,
      );
      const asked = open.flatMap(([path, body]) =>
        ['a\0b', '\ud800', 'x\udc00'].flatMap((text) =>
          withText(body, text).map((changed) => ({
            ...{ path: filled(path, 'x'), method: path === '/api/rules' ? 'PUT' : 'POST' },
            ...{ headers: { ...JSON_TYPE, ...operator, 'if-match': '"x"' } },
            body: JSON.stringify(changed),
          })),
        ),
      );
      expect(asked.length).toBeGreaterThan(60);
      for (const response of await askAll(web, asked)) expectRefused(response);
    });

    test('bodies that nothing reads do not fill the memory', async () => {
      const nineMegabytes = 9 * 1024 * 1024;
      const heads = [
        ...[
          'POST /_next/image?url=%2Ficon.svg&w=64&q=75',
          'GET /_next/image?url=%2Ficon.svg&w=64&q=75',
        ],
        ...['POST /calls', 'GET /nowhere', 'POST /api/nothing', 'POST /api/%2e%2e/calls'],
      ];
      for (const head of heads) {
        await withinMemory(async () => {
          await sendBodies([`${head} HTTP/1.1`], nineMegabytes);
        });
      }
    });

    test('unsigned bodies are refused before they are read', async () => {
      const { LIVEKIT_API_KEY: key } = livekit.env;
      const secret = 'another secret of thirty-two letters';
      const forged = sign({ key, secret, body: '', claims: { kind: 'callboard-worker-events' } });
      const paths = [...Object.keys(SIGNED), WEBHOOK_PATH];
      for (const path of paths) {
        for (const authorization of ['', `Authorization: Bearer ${forged}`]) {
          const kind = path === WEBHOOK_PATH ? 'application/webhook+json' : 'application/json';
          const head = [`POST ${path} HTTP/1.1`, `Content-Type: ${kind}`];
          if (authorization) head.push(authorization);
          await withinMemory(async () => {
            const statuses = await sendBodies(head, 4 * 1024 * 1024);
            expect(new Set(statuses), `${path} ${authorization}`).toEqual(new Set([401]));
          });
        }
      }
    });

    test('connections that ask for an upgrade are answered', async () => {
      for (const path of ['/', '/nowhere', '/_next/static/x', '/_next/hmr', '/api/agents', '/%']) {
        const headers = { connection: 'upgrade', upgrade: 'websocket' };
        expectHarmless({ of: { path }, ...(await ask(web, { path, headers })) });
      }
    });

    test('the log contains no words of the requests, and no errors that they caused', () => {
      const said = web.said().slice(before);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none may come from a request
      expect(said).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
      expect(said).not.toMatch(/^error: forged/m);
      expect(said).not.toMatch(/URIError|RangeError|TypeError|unhandled|uncaught/i);
      expect(said).not.toContain(livekit.env.LIVEKIT_API_SECRET);
    });
  });
}
