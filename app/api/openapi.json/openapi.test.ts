// The description of the API: complete, with valid examples, rendered, and good enough for a generator of clients.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { generateSource } from 'oazapfts';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { OPERATIONS, openApiDocument, problemsOf } from '@/app/api/openapi.json/document';
import { apiPage } from '@/app/api/openapi.json/markdown';
import { hasPermission, PERMISSIONS } from '@/lib/auth/permissions';
import { ROUTES } from '@/lib/auth/routes';
import type { Operation } from '@/lib/http/operation';

const FOLDER = 'test-results/openapi-client';
const PAGE = apiPage();
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

it('has every method of every route', () => {
  // better-auth's own paths are one route.
  const isOwn = (name: string) => !name.includes(' /api/auth/');
  const routes = Object.entries(ROUTES).flatMap(([path, rules]) =>
    Object.keys(rules).map((method) => `${method} ${path}`),
  );
  expect(Object.keys(OPERATIONS).filter(isOwn).sort()).toEqual(routes.filter(isOwn).sort());
});

it.each(Object.entries(OPERATIONS))('shows valid examples: %s', (_, { body, answers }) => {
  if (body?.example !== undefined) expect(() => body.schema.parse(body.example)).not.toThrow();
  for (const { schema, example } of answers) {
    if (schema && example !== undefined) expect(() => z.parse(schema, example)).not.toThrow();
  }
});

it('says who may do it, and how problems look', () => {
  const { paths, components } = openApiDocument();
  expect(Object.keys(components.schemas)).toContain('Problem');
  const token = paths['/api/token']?.post;
  expect(token).toMatchObject({
    security: [{}, { key: [] }, { session: [] }],
    responses: {
      201: {
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Admission' } } },
      },
      202: { content: { 'application/json': expect.anything() } },
      503: { content: { 'application/problem+json': expect.anything() } },
      default: { content: { 'application/problem+json': expect.anything() } },
    },
  });
  expect(paths['/api/rooms/{room}']?.delete).toMatchObject({
    security: [{ key: [] }, { session: [] }],
    'x-permission': 'dispatch',
    parameters: [
      { in: 'path', name: 'room', required: true },
      { in: 'query', name: 'reason', required: false },
    ],
  });
});

it('names the problems of whatever names an agent', () => {
  const all = [
    ...['POST /api/token', 'POST /api/dispatch-agent', 'POST /api/rooms'],
    ...['POST /api/rooms/[room]/dispatches', 'POST /api/calls/outbound'],
  ].map((name) => problemsOf(name, OPERATIONS[name] as Operation));
  const kinds = ['unknown-agent', 'unknown-deployment', 'invalid-deployment', 'not-allowed'];
  for (const problems of all) {
    expect(problems).toEqual(
      expect.arrayContaining([...kinds, 'invalid-request', 'out-of-bounds']),
    );
  }
});

it.each(Object.entries(ROUTES))('shows a way to send it that is accepted: %s', (path, rules) => {
  const key = { by: 'key', name: '', role: 'admin', scopes: PERMISSIONS } as const;
  const { paths } = openApiDocument();
  for (const [method, { permission }] of Object.entries(rules)) {
    if (permission === 'open' || permission === 'signed' || path.includes('[...')) continue;
    const accepted = hasPermission(key, permission);
    const at = path.replaceAll(/\[(\w+)\]/g, '{$1}');
    expect(paths[at]?.[method.toLowerCase()], `${method} ${path}`).toMatchObject({
      security: accepted ? [{ key: [] }, { session: [] }] : [{ session: [] }],
    });
    const section = PAGE.split(`\`${method} ${at}\` ·`)[1]?.split('\n### ')[0];
    expect(section).toContain(accepted ? '"authorization: Bearer $KEY"' : '"cookie: $COOKIE"');
  }
});

it('is rendered as docs/api.md: npm run docs writes it', async () => {
  await expect(PAGE).toMatchFileSnapshot(resolve('docs/api.md'));
});

it('is valid OpenAPI, and generates a client that compiles', async () => {
  mkdirSync(FOLDER, { recursive: true });
  const spec = `${FOLDER}/openapi.json`;
  writeFileSync(spec, JSON.stringify(openApiDocument()));
  writeFileSync(`${FOLDER}/client.ts`, await generateSource(spec));
  writeFileSync(
    `${FOLDER}/use.ts`,
    `import { ok } from '@oazapfts/runtime';
import { defaults, getRoomsRoomDispatches, postToken } from './client.js';
defaults.baseUrl = 'http://localhost:3000';
const agents = [{ agent_name: 'front-desk', attributes: { plan: 'gold' } }];
const granted = await ok(postToken({ room_config: { agents } }));
if ('state' in granted) granted.position satisfies number;
else granted.participant_token satisfies string;
// @ts-expect-error: there is no such field
await postToken({ video: {} });
const { dispatches } = await ok(getRoomsRoomDispatches('~..'));
dispatches[0]?.agent_name satisfies string | undefined;
`,
  );
  const options = [
    '--noEmit',
    '--strict',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--skipLibCheck',
  ];
  const tsc = [`${FOLDER}/use.ts`, ...options, '--ignoreConfig', '--types', 'node'];
  try {
    execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', ...tsc]);
  } catch (error) {
    expect(String((error as { stdout?: Buffer }).stdout)).toBe('');
    throw error;
  }
});
