// The rules over HTTP: reading, saving by version, and refusals with the position of faults.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { askRoute } from '@/lib/testing/api';
import { testRule } from '@/lib/testing/rules';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import * as route from './route';

let folder: string;
let file: string;
let web: TestServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callboard-rules-'));
  file = join(folder, 'rules.json');
  const env = {
    LIVEKIT_URL: 'ws://127.0.0.1:9',
    LIVEKIT_API_KEY: 'key',
    LIVEKIT_API_SECRET: 'a-secret-that-is-long-enough-for-a-server',
    DATA_DIR: folder,
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  web = await serveRoutes({ '/api/rules': route });
});

beforeEach(() => rm(file, { force: true }));

afterAll(async () => {
  await web.close();
  await rm(folder, { recursive: true });
  vi.unstubAllEnvs();
});

const ask = (method: string, body?: unknown, headers: HeadersInit = {}) =>
  askRoute(`${web.url}/api/rules`, method, body, headers);
const put = (etag: string, ...rules: unknown[]) => ask('PUT', { rules }, { 'if-match': etag });

it('has no rules without a file, and returns only its name', async () => {
  const { status, body, headers } = await ask('GET');
  expect([status, body]).toEqual([
    200,
    { file: 'rules.json', etag: body.etag, rules: [], faults: [] },
  ]);
  expect(headers.get('etag')).toBe(body.etag);
});

it('saves, and refuses an outdated version', async () => {
  const { etag } = (await ask('GET')).body;
  const saved = await put(etag, testRule({ name: 'mine' }));
  expect([saved.status, saved.body.rules]).toEqual([200, [testRule({ name: 'mine' })]]);
  const lost = await put(etag, testRule({ name: 'theirs' }));
  expect([lost.status, lost.body.type]).toEqual([412, 'urn:callboard:problem:changed-elsewhere']);
  expect((await ask('GET')).body).toEqual(saved.body);
  expect((await put(`W/${saved.body.etag}`)).body.rules).toEqual([]);
});

it('accepts one of two concurrent saves', async () => {
  const { etag } = (await ask('GET')).body;
  const answers = await Promise.all(['a', 'b', 'c'].map((name) => put(etag, testRule({ name }))));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
});

it('returns the faults of an invalid file, and does not change it', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const { etag } = (await ask('GET')).body;
  await put(etag, testRule({ name: 'kept' }));
  await writeFile(file, '{\n  "rules": [{}]\n}');
  const { body } = await ask('GET');
  expect(body.rules).toEqual([testRule({ name: 'kept' })]);
  expect(body.faults[0]).toEqual({
    pointer: '#/rules/0/name',
    detail: 'must be text',
    line: 2,
    column: 13,
  });
  const refused = await put(body.etag);
  expect([refused.status, refused.body.type]).toEqual([409, 'urn:callboard:problem:rules-broken']);
  expect(await readFile(file, 'utf8')).toBe('{\n  "rules": [{}]\n}');
});

it.each<[string, number, unknown, HeadersInit, string | undefined]>([
  ['no version', 428, { rules: [] }, {}, undefined],
  ['no rules', 400, {}, { 'if-match': '"none"' }, '#/rules'],
  [
    'an agent there is not',
    400,
    JSON.parse(JSON.stringify({ rules: [testRule()] }).replace('front-desk', 'x')),
    { 'if-match': '"none"' },
    '#/rules/0/then/agent',
  ],
  ['another site', 403, { rules: [] }, { origin: 'https://evil.test' }, undefined],
])('refuses %s', async (_, status, body, headers, pointer) => {
  const answer = await ask('PUT', body, headers);
  expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([status, pointer]);
});

it('cannot be read by other sites', async () => {
  expect((await ask('GET', undefined, { origin: 'https://evil.test' })).status).toBe(403);
});
