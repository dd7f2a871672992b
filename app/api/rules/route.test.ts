// The rules over HTTP: reading, saving by version, and refusals.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as route from '@/app/api/rules/route';
import * as schema from '@/app/api/rules/schema/route';
import { rulesAnswer } from '@/lib/rules/answer';
import { testRule } from '@/lib/rules/testing/rules';
import { server } from '@/lib/server';
import { askRoute } from '@/lib/testing/api';
import { NO_LIVEKIT, type TestDatabase, testFolder } from '@/lib/testing/calls-database';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { endServer, newServer } from '@/lib/testing/server';

let place: TestDatabase;
let web: TestServer;

beforeAll(async () => {
  place = await testFolder();
  await newServer({ ...NO_LIVEKIT, ...place.env });
  web = await serveRoutes({ '/api/rules': route, '/api/rules/schema': schema });
});

afterAll(async () => {
  await web.close();
  await endServer();
  await place.remove();
  vi.unstubAllEnvs();
});

const ask = (method: string, body?: unknown, headers: HeadersInit = {}) =>
  askRoute(`${web.url}/api/rules`, method, body, headers);
const put = (etag: string, ...rules: unknown[]) => ask('PUT', { rules }, { 'if-match': etag });
const current = async () => (await ask('GET')).body;

it('has no rules at first, and names its schema', async () => {
  const { status, body, headers } = await ask('GET');
  const $schema = `${web.url}/api/rules/schema`;
  expect([status, body]).toEqual([200, { $schema, etag: '"none"', rules: [] }]);
  expect(headers.get('etag')).toBe(body.etag);
  const described = await askRoute($schema, 'GET');
  expect(described.body.properties.rules.items.required).toEqual(['name', 'when', 'then']);
});

it('saves, and refuses an outdated version', async () => {
  const { etag } = await current();
  const saved = await put(etag, testRule({ name: 'mine' }));
  expect([saved.status, saved.body.rules]).toEqual([200, [testRule({ name: 'mine' })]]);
  expect(server().rules.inForce).toEqual(saved.body.rules);
  const lost = await put(etag, testRule({ name: 'theirs' }));
  expect([lost.status, lost.body.type]).toEqual([412, 'urn:callboard:problem:changed-elsewhere']);
  expect(await current()).toEqual(saved.body);
  expect((await put(`W/${saved.body.etag}`)).body.rules).toEqual([]);
  expect(server().rules.inForce).toEqual([]);
});

it('accepts the document that it returned, edited, and keeps the order of conditions', async () => {
  const { etag } = await current();
  const attributes = { 'z-first': '*', plan: 'gold', a: '*' };
  await put(etag, testRule({ if: { attributes } }));
  const document = await current();
  const { rules } = document;
  expect(rulesAnswer.parse(document)).toEqual({ rules, etag: document.etag });
  expect(Object.keys(document.rules[0].if.attributes)).toEqual(Object.keys(attributes));
  document.rules[0].enabled = false;
  const saved = await ask('PUT', document, { 'if-match': document.etag });
  expect([saved.status, saved.body.rules[0].enabled]).toEqual([200, false]);
});

it('accepts one of three concurrent saves', async () => {
  const { etag } = await current();
  const answers = await Promise.all(['a', 'b', 'c'].map((name) => put(etag, testRule({ name }))));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
});

const changed = (from: string, to: string) =>
  JSON.parse(JSON.stringify({ rules: [testRule()] }).replace(from, to));

it.each<[string, number, unknown, HeadersInit, string | undefined]>([
  ['no version', 428, { rules: [] }, {}, undefined],
  ['no rules', 400, {}, { 'if-match': '"none"' }, '#/rules'],
  [
    'an agent there is not',
    400,
    changed('front-desk', 'x'),
    { 'if-match': '"none"' },
    '#/rules/0/then/agent',
  ],
  [
    'a deployment there is not',
    400,
    changed('production', 'x'),
    { 'if-match': '"none"' },
    '#/rules/0/then/deployment',
  ],
  [
    'a field there is not',
    400,
    changed('"enabled"', '"on"'),
    { 'if-match': '"none"' },
    '#/rules/0/on',
  ],
  ['another site', 403, { rules: [] }, { origin: 'https://evil.test' }, undefined],
])('refuses %s', async (_, status, body, headers, pointer) => {
  const answer = await ask('PUT', body, headers);
  expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([status, pointer]);
});

it('cannot be read by other sites', async () => {
  expect((await ask('GET', undefined, { origin: 'https://evil.test' })).status).toBe(403);
});
