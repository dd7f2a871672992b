// The call routes over real HTTP with a real database.

import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { server } from '@/lib/server';
import { parseScenario } from '@/lib/simulations/scenarios';
import { askRoute } from '@/lib/testing/api';
import { sampleCall } from '@/lib/testing/calls';
import { storeOn, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';

const AT = Date.UTC(2026, 10, 20, 10, 42);
let place: TestDatabase;
let store: Awaited<ReturnType<typeof storeOn>>;
let web: TestServer;
const ask = (method: string, path: string, headers?: HeadersInit) =>
  askRoute(web.url + path, method, undefined, headers);
const ids = ({ body }: Awaited<ReturnType<typeof ask>>) =>
  body.calls.map(({ id }: { id: string }) => id);
/** Stores events as if each had arrived at once. */
const keep = async (events: ReturnType<typeof sampleCall>) => {
  for (const event of events) await store.storeEvents(server(), [event], event.at);
};

beforeAll(async () => {
  place = await testDatabase();
  store = await storeOn(place);
  // After the settings, because modules are loaded again with them.
  web = await serveRoutes({
    '/api/calls': await import('@/app/api/calls/route'),
    '/api/calls/changes': await import('@/app/api/calls/changes/route'),
    '/api/calls/export': await import('@/app/api/calls/export/route'),
    '/api/calls/[id]': await import('@/app/api/calls/[id]/route'),
    '/api/calls/[id]/simulation': await import('@/app/api/calls/[id]/simulation/route'),
    '/api/calls/[id]/transcript': await import('@/app/api/calls/[id]/transcript/route'),
  });
  await keep(sampleCall(1, AT, { agent: 0, deployment: 'staging', turns: 3, ending: 'caller' }));
  await keep(
    sampleCall(2, AT + 60_000, { agent: 1, deployment: 'production', turns: 1, ending: 'agent' }),
  );
  await keep(
    sampleCall(3, AT + 120_000, { agent: 0, deployment: 'production', turns: 1, ending: 'on' }),
  );
});
afterAll(async () => {
  await web?.close();
  await endServer();
  await place?.remove();
  vi.unstubAllEnvs();
});

describe('GET /api/calls', () => {
  test('newest first, in snake_case, not cached', async () => {
    const answer = await ask('GET', '/api/calls');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(ids(answer)).toEqual(['sample-3', 'sample-2', 'sample-1']);
    expect(answer.body.calls[2]).toMatchObject({
      requested_at: AT,
      ended_by: 'caller',
      agents: ['front-desk'],
      deployments: ['staging'],
    });
    expect(answer.body).not.toHaveProperty('next_cursor');
  });

  test.each([
    ['agent=line-check', ['sample-2']],
    ['deployment=staging', ['sample-1']],
    ['ended_by=agent', ['sample-2']],
    ['outcome=none&live=false', ['sample-2']],
    [`from=${AT + 60_000}&to=2026-11-20T10:44:00Z`, ['sample-2']],
    ['text=saturday', ['sample-3', 'sample-2', 'sample-1']],
    ['text=%22half+past+two+is+fine%22', ['sample-1']],
    ['text=zebra', []],
    ['live=false', ['sample-2', 'sample-1']],
  ])('%s', async (query, expected) => {
    expect(ids(await ask('GET', `/api/calls?${query}`))).toEqual(expected);
  });

  test("live calls have their agent's state", async () => {
    const { body } = await ask('GET', '/api/calls?live=true');
    expect(body.calls).toMatchObject([{ id: 'sample-3', agent_state: 'speaking' }]);
  });

  test('page by page', async () => {
    const first = await ask('GET', '/api/calls?limit=2');
    expect(ids(first)).toEqual(['sample-3', 'sample-2']);
    const second = await ask('GET', `/api/calls?limit=2&cursor=${first.body.next_cursor}`);
    expect(ids(second)).toEqual(['sample-1']);
    expect(second.body).not.toHaveProperty('next_cursor');
  });

  test.each(['limit=101', 'ended_by=gold', 'cursor=x', 'agnet=a'])(
    '%s is refused',
    async (query) => {
      const { status, headers, body } = await ask('GET', `/api/calls?${query}`);
      expect(status).toBe(400);
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(body.type).toBe('urn:callboard:problem:invalid-request');
    },
  );

  test('other sites and other methods are refused', async () => {
    const origin = { origin: 'https://elsewhere.example' };
    for (const path of ['', '/sample-1', '/sample-1/transcript', '/changes', '/export'])
      expect((await ask('GET', `/api/calls${path}`, origin)).status).toBe(403);
    expect((await ask('DELETE', '/api/calls/sample-1', origin)).status).toBe(403);
    const { status, headers } = await ask('POST', '/api/calls');
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
});

describe('GET /api/calls/export', () => {
  test('every call of the filter is a line with its transcript', async () => {
    const response = await fetch(`${web.url}/api/calls/export?live=false&limit=1`);
    expect(response.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="callboard-calls-[\d-]{10}\.jsonl"$/,
    );
    const text = await response.text();
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ call }) => call.id)).toEqual(['sample-2', 'sample-1']);
    expect(lines[1].lines.map(({ by }: { by: string }) => by)).toContain('Ada');
    expect((await ask('GET', '/api/calls/export?agnet=a')).status).toBe(400);
  });
});

describe('GET /api/calls/{id}', () => {
  test('a whole call with its neighbours', async () => {
    const { status, body } = await ask('GET', '/api/calls/sample-2');
    expect(status).toBe(200);
    expect(body).toMatchObject({ call: { id: 'sample-2' }, newer: 'sample-3', older: 'sample-1' });
    expect(body.stages.map(({ name }: { name: string }) => name)).toEqual([
      'token',
      'room',
      'dispatch',
      'job',
      'join',
      'first audio',
    ]);
    const answer = body.marks.findLast((mark: { kind: string }) => mark.kind === 'turn');
    expect(answer).toMatchObject({ speaker: 'agent', by: 'Milo' });
    expect(answer.latency.first_audio).toBeGreaterThan(0);
  });

  test.each(['', '/transcript'])('unknown: 404%s', async (path) => {
    const { status, body } = await ask('GET', `/api/calls/nobody${path}`);
    expect([status, body.type]).toEqual([404, 'urn:callboard:problem:unknown-call']);
  });
});

describe('GET /api/calls/{id}/transcript', () => {
  test.each([
    ['json', 'application/json; charset=utf-8', /"by": "Ada"/],
    ['vtt', 'text/vtt; charset=utf-8', /^WEBVTT\n\n00:00:0\d\.\d{3} --> /],
    ['txt', 'text/plain; charset=utf-8', /^Callboard: .+ with Ada \(staging\)\n/],
  ])('%s is a download', async (format, type, words) => {
    const response = await fetch(`${web.url}/api/calls/sample-1/transcript?format=${format}`);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="callboard-2026-11-20-1042-front-desk.${format}"`,
    );
    expect(await response.text()).toMatch(words);
  });

  test('refuses another format, and lists the valid ones', async () => {
    const { status, body } = await ask('GET', '/api/calls/sample-1/transcript?format=pdf');
    expect([status, body.valid]).toEqual([400, ['json', 'vtt', 'txt']]);
  });
});

describe('GET /api/calls/{id}/simulation', () => {
  test('is a scenario file with the caller’s lines', async () => {
    const response = await fetch(`${web.url}/api/calls/sample-1/simulation`);
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="callboard-2026-11-20-1042-front-desk.jsonc"',
    );
    const file = parseScenario(await response.text(), 'basic/file.jsonc');
    expect(file.agent).toBe('front-desk');
    expect(file.talk.length).toBeGreaterThan(0);
  });
});

describe('changes and deletion', () => {
  test('streams the IDs of changed calls until the client disconnects', async () => {
    const control = new AbortController();
    const response = await fetch(`${web.url}/api/calls/changes`, { signal: control.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const hears = async (words: string) => {
      while (!heard.includes(words)) heard += (await reader?.read())?.value ?? '';
    };
    await hears('retry: 2000\n\n');
    expect(server().callFeed.size).toBe(1);
    await keep(sampleCall(4, AT + 180_000, { ending: 'none' }));
    await hears('data: {"id":"sample-4"}\n\n');
    expect((await ask('DELETE', '/api/calls/sample-4')).status).toBe(204);
    control.abort();
    await expect.poll(() => server().callFeed.size).toBe(0);
  });

  test('a call is deleted with all its data', async () => {
    expect((await ask('DELETE', '/api/calls/sample-1')).status).toBe(204);
    expect((await ask('DELETE', '/api/calls/sample-1')).status).toBe(404);
    expect((await ask('GET', '/api/calls/sample-1')).status).toBe(404);
    expect(ids(await ask('GET', '/api/calls?deployment=staging'))).toEqual([]);
  });

  test('an unavailable database: 503 with Retry-After', async () => {
    await endServer();
    await place.remove();
    // Without PostgreSQL, a missing folder would be created.
    mkdirSync(place.folder);
    writeFileSync(`${place.folder}/db`, 'no folder');
    for (const [method, path] of [
      ['GET', '/api/calls'],
      ['GET', '/api/calls/sample-2'],
      ['GET', '/api/calls/sample-2/transcript'],
      ['DELETE', '/api/calls/sample-2'],
    ] as const) {
      const { status, body } = await ask(method, path);
      expect([status, body.type]).toEqual([503, 'urn:callboard:problem:database-unavailable']);
    }
  });
});
