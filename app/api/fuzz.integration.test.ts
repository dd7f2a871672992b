// Random requests to all routes of the built product: none fails (5xx), each refusal is a problem
// document without secrets or stacks, refused data is not stored, and accepted data is not
// lost unless its call was deleted. New routes are tested automatically; a valid body in BODIES reaches
// more of their code. npm run test:full has more cases. Another seed: FUZZ_SEED=7 FUZZ_CASES=10000 npx vitest …

import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { AccessToken } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { expectDescribed } from '@/app/api/openapi.json/described';
import type { CallEvent } from '@/lib/calls/event';
import { pathSegment } from '@/lib/core/path-segment';
import { storable } from '@/lib/db/storable';
import { identifies } from '@/lib/livekit/caller-key';
import { server } from '@/lib/server';
import { allRows } from '@/lib/testing/all-rows';
import { sampleCall } from '@/lib/testing/calls';
import { storeOn, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { ODD_NAMES, type OddRequest, oddRequests } from '@/lib/testing/fuzz';
import { BODIES, SIGNED } from '@/lib/testing/fuzz-bodies';
import { type LiveKitStandIn, startLiveKitStandIn } from '@/lib/testing/livekit-stand-in';
import { endServer } from '@/lib/testing/server';
import { startWeb, type WebProcess } from '@/lib/testing/web-process';
import { WEBHOOK_PATH } from '@/lib/testing/webhook';

/** Number of cases. */
const CASES = Number(process.env.FUZZ_CASES ?? 600);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
/** Makes expensive routes cheap: a complete examination takes seconds. */
const CHEAP: Readonly<Record<string, string>> = { '/api/doctor': 'room' };
/** 503 responses that are no failures: limits, and health. */
const NO_FAILURE = ['agents-busy'];

const ROUTES = readdirSync('app/api', { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|\/)route\.ts$/.test(file))
  .map((file) => ({ path: `/api/${file.replace(/\/?route\.ts$/, '')}` }));
/** Valid path parameters: calls, their caller, a room, a recording. */
const CALLS = Array.from({ length: 30 }, (_, at) => `sample-${at + 100}`);
const KNOWN = [...CALLS, 'caller-1', 'caller-2', 'room-1', 'room-1', 'AD_1', '0', '1'];
const EACH = Math.ceil(CASES / ROUTES.length);
/** Stored data is checked afterwards, and needs enough batches. */
const BATCHES = Math.max(4 * EACH, 112);

let place: TestDatabase;
let livekit: LiveKitStandIn;
let env: Readonly<Record<string, string>>;
let web: WebProcess;
let auth: typeof import('@/lib/livekit/worker-auth');
/** Event IDs with their batch, by whether it was accepted. */
const ids = { taken: new Map<string, string>(), refused: new Map<string, string>() };
/** Calls that were deleted according to responses. */
let deleted = 0;
/** When the sample calls were: within this hour, so that they are as long as real ones. */
const AT = Date.now() - 600_000;
let count = 0;
let cases = 0;

beforeAll(async () => {
  [place, livekit] = await Promise.all([testDatabase(), startLiveKitStandIn()]);
  // Only requests delete calls, whatever their age.
  const telephone = { LIVEKIT_SIP_OUTBOUND_TRUNK: 'ST_1' };
  env = { ...place.env, ...livekit.env, CALLS_KEEP_DAYS: '0', ...telephone };
  const store = await storeOn({ env });
  auth = await import('@/lib/livekit/worker-auth');
  for (const [at] of CALLS.entries()) {
    const call = sampleCall(at + 100, AT, { ending: 'caller' });
    await store.storeEvents(
      server(),
      call.map((event) => ofCaller(event, `caller-${at % 5}`)),
    );
  }
  for (const [at, name] of ODD_NAMES.entries()) {
    const call = sampleCall(at + 200, AT, { ending: 'caller' });
    await store.storeEvents(
      server(),
      call.map((event) => ({ ...ofCaller(event, name), call: name })),
    );
  }
  await store.storeEvents(server(), sampleCall(99, AT, { ending: 'caller' }));
  // A data folder has one owner.
  await endServer();
  livekit.people.set('room-1', [{ identity: 'ann' }]);
  for (const name of ODD_NAMES) livekit.people.set(name, [{ identity: name }]);
  web = await startWeb(env);
});

afterAll(async () => {
  await web?.stop();
  await livekit?.close();
  await endServer();
  await place?.remove();
  vi.unstubAllEnvs();
});

const ask = (path: string, init?: RequestInit) => fetch(`${web.url}${path}`, init);

/** The event with a known caller. */
function ofCaller(event: CallEvent, callerId: string): CallEvent {
  return event.what.kind === 'requested' ? { ...event, what: { ...event.what, callerId } } : event;
}

/** Signs a body as a worker or as LiveKit. */
async function signed(route: string, body: string): Promise<Record<string, string>> {
  const kind = SIGNED[route];
  if (kind) return { authorization: await auth.signBody(kind, body, livekit.env) };
  if (route !== WEBHOOK_PATH) return {};
  const token = new AccessToken(livekit.env.LIVEKIT_API_KEY, livekit.env.LIVEKIT_API_SECRET);
  token.sha256 = createHash('sha256').update(body).digest('base64');
  return { authorization: await token.toJwt(), 'content-type': 'application/webhook+json' };
}

/** Signs the body, and gives each event a unique ID, as workers do. */
async function readied(route: string, { body, headers, ...others }: OddRequest) {
  count += 1;
  if (typeof body !== 'string' || count % 4 === 0) return { body, headers, ...others };
  const own = body
    .replaceAll('"sample-7-', `"odd-${count}-`)
    .replaceAll('"EV_1"', `"EV_${count}"`)
    .replaceAll('"q"', `"q-${count}"`);
  return { ...others, body: own, headers: { ...headers, ...(await signed(route, own)) } };
}

/** The response must be as described. better-auth's responses and redirects of old names are not ours. */
function described(method: string, route: string, response: Response, text?: string): void {
  if (method === 'OPTIONS' || response.status === 308 || route.startsWith('/api/auth/')) return;
  expectDescribed(`${method} ${route}`, response, text);
}

async function check(route: string, odd: OddRequest): Promise<void> {
  cases += 1;
  const { method, path: asked, headers, body } = await readied(route, odd);
  const cheap = CHEAP[route];
  const path = cheap ? `${asked}${asked.includes('?') ? '&' : '?'}${cheap}=r-${count}` : asked;
  const left = new AbortController();
  const sent = { method, headers, signal: left.signal, redirect: 'manual' } as const;
  const response = await ask(path, {
    ...sent,
    ...(body !== undefined && { body: body as BodyInit }),
  });
  const events = typeof body === 'string' ? (body.match(/"odd-\d+-\d+"/g) ?? []) : [];
  if (route === '/api/workers/events') {
    for (const id of events) {
      ids[response.ok ? 'taken' : 'refused'].set(id.slice(1, -1), String(body));
    }
  }
  if (method === 'DELETE' && response.ok) {
    if (route === '/api/calls/[id]') deleted += 1;
    if (route === '/api/callers/[identity]') deleted += (await response.clone().json()).calls;
  }
  const isJson = response.headers.get('content-type')?.includes('json');
  if (method === 'HEAD' || (response.status < 400 && !isJson)) {
    if (method !== 'HEAD') described(method, route, response);
    // Some responses never end.
    left.abort();
    return;
  }
  const text = await response.text();
  if (response.status < 400) {
    described(method, route, response, text);
    return;
  }
  const where = `${method} ${path.slice(0, 200)} ${String(body).slice(0, 500)} → ${response.status} ${text.slice(0, 500)}`;
  if (route === '/api/health' && response.status === 503) return;
  expect(response.headers.get('content-type'), where).toContain('application/problem+json');
  const { type, title, status, detail } = JSON.parse(text);
  expect({ type, title, status, detail }, where).toEqual({
    ...{ type: expect.stringMatching(/^urn:/), title: expect.any(String) },
    ...{ status: response.status, detail: expect.any(String) },
  });
  if (!NO_FAILURE.includes(type.split(':').at(-1)))
    expect(response.status, where).toBeLessThan(500);
  // Zod's own words, which `lib/core/issue-words.ts` replaces.
  expect(text, where).not.toMatch(/invalid input|too (small|big)|expected \w+, received/i);
  expect(text).not.toMatch(/node_modules|\.ts:\d+|^\s+at /m);
  expect(text).not.toContain(livekit.env.LIVEKIT_API_SECRET);
}

it.each(ODD_NAMES)('reaches the caller, the call and the room %j by their path', async (name) => {
  const caller = `/api/callers/${pathSegment(name)}`;
  const exported = await ask(`${caller}/export`);
  described('GET', '/api/callers/[identity]/export', exported, await exported.clone().text());
  expect((await ask(`/calls/${pathSegment(name)}`)).status).toBe(200);
  // `/api/calls/export` is a route of its own.
  if (name !== 'export') {
    const call = await ask(`/api/calls/${pathSegment(name)}`);
    expect(await call.json()).toMatchObject({ call: { id: name } });
  }
  const dispatches = await ask(`/api/rooms/${pathSegment(name)}/dispatches`);
  expect(await dispatches.json()).toEqual({ room: name, dispatches: [] });
  // Calls of nobody in particular belong to no caller.
  expect(exported.status).toBe(identifies(name) ? 200 : 404);
  if (!identifies(name)) return;
  expect(await exported.json()).toMatchObject({ caller: name, calls: [{ call: {} }] });
  expect((await ask(`/callers/${pathSegment(name)}`)).status).toBe(200);
  const removed = await ask(caller, { method: 'DELETE' });
  expect(await removed.json()).toMatchObject({ calls: 1 });
  deleted += 1;
  expect((await ask(caller, { method: 'DELETE' })).status).toBe(404);
});

it.each(ROUTES)('$path', async ({ path }) => {
  // The same requests for any selection of routes.
  count = CASES * ROUTES.findIndex((one) => one.path === path);
  const { headers } = await ask(path.replaceAll(/[[\]]/g, ''), { method: 'OPTIONS' });
  const methods = (headers.get('allow') ?? '')
    .split(', ')
    .filter((one) => !['HEAD', 'OPTIONS'].includes(one));
  expect(methods.join()).not.toBe('');
  const odd = oddRequests(path, methods, BODIES[path] ?? {}, KNOWN);
  await fc.assert(
    fc.asyncProperty(odd, (request) => check(path, request)),
    { numRuns: path === '/api/workers/events' ? BATCHES : EACH, seed: SEED },
  );
});

it('lost nothing that was not deleted, and still responds', async () => {
  const call = await ask('/api/calls/sample-99');
  expect(call.status).toBe(200);
  const before = sampleCall(99, AT, { ending: 'caller' });
  const turns = before.filter(({ what }) => what.kind === 'turn').length;
  expect((await call.json()).call).toMatchObject({ id: 'sample-99', turns });
  for (const path of ['/api/rules', '/api/agents', '/api/rooms']) {
    expect((await ask(path)).status, path).toBe(200);
  }
});

it('logged no secret, and each line by itself', async () => {
  await web.stop();
  const said = web.said();
  expect(said).not.toContain(livekit.env.LIVEKIT_API_SECRET);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none may come from a request
  expect(said).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
  // A data folder has one owner.
  await storeOn({ env });
});

it('stored nothing of refused event batches', async () => {
  const rows = (await allRows()).get('events') ?? [];
  const kept = new Set(rows.map(({ id }) => id));
  expect(ids.taken.size).toBeGreaterThan(50);
  expect(ids.refused.size).toBeGreaterThan(50);
  expect([...ids.refused.keys()].filter((id) => kept.has(id))).toEqual([]);
});

it('stored all accepted events, unless their call was deleted', async () => {
  const rows = await allRows();
  const gone = rows.get('deleted_rooms') ?? [];
  const kept = new Set(rows.get('events')?.map(({ id }) => id));
  const missing = [...ids.taken].filter(([id]) => !kept.has(id));
  const lost = missing.filter(([id, batch]) => {
    const { events } = JSON.parse(batch) as { events: CallEvent[] };
    const { call, room = '' } = events.find((one) => one.id === id) ?? {};
    // Events without a call belong to the call in their room.
    return !gone.some((one) =>
      call === undefined ? one.name === storable(room) : one.call === storable(call),
    );
  });
  expect(lost).toEqual([]);
  expect(new Set(gone.map(({ call }) => call)).size).toBe(deleted);
});

it('ran all cases', () => expect(cases).toBeGreaterThanOrEqual(CASES));
