// What a stranger tries against the running product, and does not get. Each title begins with the threat;
// what leaks is looked for in `secrets.spec.ts`, and who may do what, and how often, is tried elsewhere.
import { isProbeRoom } from '@/lib/doctor/probe-room';
import { webhookEvent } from '@/lib/testing/webhook';
import { type Slow, send, sendSlowly, sign } from './support/attack';
import { rooms, type Stack } from './support/stack';
import { expect, test } from './support/test';

const JSON_TYPE = { 'content-type': 'application/json' };
const WEBHOOK = '/api/webhooks/livekit';
/** Seconds a stolen webhook is worth something: its token holds for five minutes. */
const TEN_MINUTES = 600;

/** Rooms but for the doctor's; those of calls just over are there for a while. */
const liveRooms = async (stack: Stack) =>
  (await rooms(stack).listRooms()).map(({ name }) => name).filter((name) => !isProbeRoom(name));

/** Rooms that were not there before. */
const begun = async (stack: Stack, before: readonly string[]) =>
  (await liveRooms(stack)).filter((name) => !before.includes(name));

test('cross-origin use: other sites, sandboxed pages and forms start nothing', async ({
  stack,
}) => {
  const before = await liveRooms(stack);
  const asks = [
    ['POST', '/api/token', {}],
    ['POST', '/api/rooms', { name: 'foreign' }],
    ['POST', '/api/dispatch-agent', { room: 'foreign', agent: 'front-desk' }],
    ['DELETE', '/api/rooms/foreign', undefined],
    ['PUT', '/api/rules', { rules: [] }],
    ['GET', '/api/calls', undefined],
  ] as const;
  for (const [method, path, value] of asks) {
    const body = value && JSON.stringify(value);
    for (const origin of ['https://evil.example', 'null', stack.web.replace(/\d+$/, '1')]) {
      const told = await send(stack, method, path, { ...JSON_TYPE, origin }, body);
      expect([method, path, origin, told.status]).toEqual([method, path, origin, 403]);
      expect(told.headers.get('access-control-allow-origin')).toBeNull();
    }
    if (value === undefined) continue;
    const form = await send(stack, method, path, { 'content-type': 'text/plain' }, body);
    expect([method, path, form.status]).toEqual([method, path, 415]);
  }
  expect(await begun(stack, before)).toEqual([]);
});

test('cross-origin use: a page of another site reads and starts nothing', async ({
  page,
  stack,
}) => {
  const before = await liveRooms(stack);
  // Another origin of this machine, whose pages have no policy of their own.
  await page.goto(new URL('/v1/models', stack.speech).href);
  const got = await page.evaluate(async (web) => {
    const post = { method: 'POST', body: '{}' };
    const answers = await Promise.allSettled([
      fetch(`${web}/api/calls`),
      fetch(`${web}/api/token`, { ...post, headers: { 'content-type': 'application/json' } }),
      fetch(`${web}/api/token`, { ...post, mode: 'no-cors' }),
    ]);
    return answers.map((one) => (one.status === 'fulfilled' ? one.value.type : one.status));
  }, stack.web);
  // The last every site may send: the server refuses it, and the page gets not even an opaque answer.
  expect(got).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await begun(stack, before)).toEqual([]);
});

test('webhook forgery and replay: nothing but what LiveKit signed, about this body, just now', async ({
  stack,
}) => {
  const room = { name: 'forged', sid: 'RM_forged' };
  const body = JSON.stringify(webhookEvent('room_started', { room }));
  const own = { key: stack.apiKey, secret: stack.apiSecret, body };
  const now = Date.now() / 1_000;
  const post = async (authorization: string, sent = body) => {
    const headers = { 'content-type': 'application/webhook+json', authorization };
    return (await send(stack, 'POST', WEBHOOK, headers, sent)).status;
  };
  const grant = { sub: 'caller', video: { roomJoin: true, room: 'forged' } };
  const [head, claims] = sign(own).split('.');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');

  expect(await post('')).toBe(401);
  expect(await post(sign({ ...own, key: 'another-key' }))).toBe(401);
  expect(await post(sign({ ...own, secret: 'x'.repeat(43) }))).toBe(401);
  expect(await post(sign({ ...own, body: `${body} ` }))).toBe(401);
  expect(await post(sign({ ...own, claims: { sha256: undefined, ...grant } }))).toBe(401);
  expect(await post(sign({ ...own, at: now - TEN_MINUTES }))).toBe(401);
  expect(await post(sign({ ...own, at: now + TEN_MINUTES }))).toBe(401);
  expect(await post(`${none}.${claims}.`)).toBe(401);
  expect(await post(`${head}.${claims}.`)).toBe(401);
  expect(await post(sign(own), ' '.repeat(4 * 1024 * 1024 + 1))).toBe(413);
  const asked = await send(stack, 'GET', '/api/calls?q=forged');
  expect(asked.text).not.toContain('RM_forged');
  // The same, as it is meant to be, is taken: what was refused above was refused for its fault alone.
  expect(await post(sign(own))).toBe(200);
});

test('forged worker events: another key, another body, an old one, another kind', async ({
  stack,
}) => {
  const report = { worker: 'w-forged', sentAt: Date.now(), events: [] };
  const body = JSON.stringify(report);
  const now = Date.now() / 1_000;
  const claims = { kind: 'callboard-worker-events' };
  const own = { key: stack.apiKey, secret: stack.apiSecret, body, claims };
  const post = async (token: string, path = '/api/workers/events', sent = body) => {
    const headers = { ...JSON_TYPE, authorization: `Bearer ${token}` };
    return (await send(stack, 'POST', path, headers, sent)).status;
  };
  expect(await post(sign({ ...own, key: 'another-key' }))).toBe(401);
  expect(await post(sign({ ...own, secret: 'x'.repeat(43) }))).toBe(401);
  expect(await post(sign({ ...own, body: `${body} ` }))).toBe(401);
  expect(await post(sign({ ...own, at: now - TEN_MINUTES }))).toBe(401);
  expect(await post(sign({ ...own, claims: {} }))).toBe(401);
  expect(await post(sign({ ...own, claims: { ...claims, sha256: undefined } }))).toBe(401);
  for (const other of ['reports', 'lifeline']) {
    expect(await post(sign(own), `/api/workers/${other}`)).toBe(401);
  }
  expect(await post(sign(own), undefined, ' '.repeat(8 * 1024 * 1024))).toBe(413);
});

test('resource exhaustion: slow and large bodies keep nobody waiting', async ({ stack }) => {
  const slow: Slow[] = [
    ...Array.from({ length: 200 }, () => sendSlowly(stack, 'POST', '/api/token')),
    ...['/', '/calls', '/embed', '/nowhere'].map((path) => sendSlowly(stack, 'POST', path)),
    sendSlowly(stack, 'DELETE', '/api/rooms/nobody'),
  ];
  const answers = Promise.all(slow.map(({ answer }) => answer));
  const begun = performance.now();
  expect((await send(stack, 'GET', '/api/health')).status).toBe(200);
  expect((await send(stack, 'GET', '/')).status).toBe(200);
  expect(performance.now() - begun).toBeLessThan(5_000);
  const large = '"'.repeat(5 * 1024 * 1024);
  expect((await send(stack, 'POST', '/api/token', JSON_TYPE, large)).status).toBe(413);

  const told = await answers;
  for (const { line, ms } of told.slice(0, 200)) {
    expect(line).toBe('HTTP/1.1 408 Request Timeout');
    expect(ms).toBeLessThan(15_000);
  }
  // Nothing is sent to pages: they answer before it has come.
  for (const { line, ms } of told.slice(200, 204)) {
    expect(line).toBe('HTTP/1.1 303 See Other');
    expect(ms).toBeLessThan(5_000);
  }
  expect(told[204]?.ms).toBeLessThan(5_000);
  for (const { destroy } of slow) destroy();
});

test('script injection and framing: each page has its own policy, all data another', async ({
  stack,
}) => {
  const seen = new Set<string>();
  for (const path of ['/', '/calls', '/settings', '/join/x', '/nowhere', '/calls/x.js']) {
    const { text, headers } = await send(stack, 'GET', path);
    const policy = headers.get('content-security-policy') ?? '';
    const nonce =
      policy.match(/script-src 'self' 'nonce-([^']{22,})' 'strict-dynamic';/)?.[1] ?? '';
    expect(nonce, path).not.toBe('');
    expect(seen.has(nonce), `${path}: a nonce of its own`).toBe(false);
    seen.add(nonce);
    expect(policy, path).not.toMatch(/unsafe|\*/);
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).toContain(
      `connect-src 'self' ${stack.livekit} ${stack.livekit.replace('ws', 'http')};`,
    );
    for (const [tag] of text.matchAll(/<(script|style)\b[^>]*>/g)) {
      expect(tag, path).toContain(`nonce="${nonce}"`);
    }
    expect(text, path).not.toMatch(/<[^>]+ style="/);
  }
  const framed = await send(stack, 'GET', '/embed?agent=front-desk');
  expect(framed.headers.get('content-security-policy')).toContain(
    'frame-ancestors http://localhost:* http://127.0.0.1:*;',
  );
  const nobody = await send(stack, 'GET', '/embed?agent=constructor');
  expect(nobody.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  for (const path of ['/api/agents', '/api/calls', '/api/calls/none', '/api/none']) {
    const { headers } = await send(stack, 'GET', path);
    expect(headers.get('content-security-policy'), path).toBe(
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    );
    expect(headers.get('cross-origin-resource-policy'), path).toBe('same-origin');
  }
});

test('permissions and transport: the microphone alone, no guessing, TLS kept', async ({
  stack,
}) => {
  for (const path of ['/', '/api/agents', '/embed?agent=front-desk', '/embed.js']) {
    const { headers } = await send(stack, 'GET', path, { 'x-forwarded-proto': 'https' });
    expect(headers.get('permissions-policy')).toBe(
      'microphone=(self), camera=(), geolocation=(), display-capture=()',
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    const plain = await send(stack, 'GET', path);
    expect(plain.headers.get('strict-transport-security')).toBeNull();
  }
});
