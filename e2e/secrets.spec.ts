// What must not leave the product: secrets, tokens and its inside, in answers to broken requests, in what
// browsers load, and in what a run has logged.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { send } from './support/attack';
import { TEST_DATA } from './support/stack';
import { expect, test } from './support/test';

const JSON_TYPE = { 'content-type': 'application/json' };
/** Three base64url parts, as every token has. */
const JWT = /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/;
const STACK_TRACE = /\n\s+at |node_modules|\.next\/|\.ts:\d+|file:\/\//;

test('misconfiguration: no stack and no token in an answer, nothing open to the network', async ({
  stack,
}) => {
  const broken = [
    ['POST', '/api/token', '{'],
    ['POST', '/api/token', '{"room_config":{"agents":[{"agent_name":"\\u0000"}]}}'],
    ['POST', '/api/token', '{"participant_token":"eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl"}'],
    ['POST', '/api/dispatch-agent', '[]'],
    ['POST', '/api/rooms/%00/dispatches', '{}'],
    ['GET', '/api/calls?cursor=x&from=y', undefined],
    ['GET', '/api/calls/%2e%2e%2f%2e%2e%2fkeys.json', undefined],
    ['GET', '/api/calls/x/recordings/..%2f..%2fkeys.json', undefined],
    ['GET', '/api/nothing', undefined],
    ['GET', '/%E0%A4%A', undefined],
    ['GET', '/embed?agent=constructor', undefined],
    ['GET', '/_next/static/..%2f..%2f.env', undefined],
  ] as const;
  for (const [method, path, body] of broken) {
    const told = await send(stack, method, path, JSON_TYPE, body);
    expect(told.text, path).not.toMatch(STACK_TRACE);
    expect(told.text, path).not.toMatch(JWT);
    expect(told.text, path).not.toContain(stack.apiSecret);
    expect(told.status, path).toBeLessThan(500);
    expect(told.headers.get('x-powered-by'), path).toBeNull();
  }
  expect(stack.apiSecret.length).toBeGreaterThanOrEqual(32);
  expect(statSync(join(TEST_DATA, 'keys.json')).mode & 0o077).toBe(0);

  const outside = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
  if (!outside) return;
  for (const place of [stack.web, stack.livekit, stack.speech]) {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect(Number(new URL(place).port), outside, () => resolve(true));
      socket.setTimeout(2_000, () => resolve(false)).once('error', () => resolve(false));
      socket.once('close', () => socket.destroy());
    });
    expect(reached, `${place} from the network`).toBe(false);
  }
});

test('secrets in the bundle: none in what browsers load, and none in what the run has logged', async ({
  stack,
}) => {
  const filesIn = (folder: string, kind: RegExp) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((file) => kind.test(file))
          .map((file) => join(folder, file))
      : [];
  const bundle = filesIn('.next/static', /\.(js|css|json|map)$/);
  const pages = filesIn('.next/server/app', /\.(html|rsc|meta)$/);
  expect(bundle.length).toBeGreaterThan(10);
  for (const file of [...bundle, ...pages, 'public/embed.js']) {
    const text = readFileSync(file, 'utf8');
    expect(text.includes(stack.apiSecret), file).toBe(false);
    // The doctor's advice names settings in its sentences; no code may have one as a value's name.
    expect(/[.{,]["']?(LIVEKIT_API_SECRET|DATABASE_URL)\b/.test(text), file).toBe(false);
    expect(text, file).not.toMatch(JWT);
  }
  const logs = filesIn('test-results', /\.log$/).concat(filesIn(TEST_DATA, /\.log$/));
  expect(logs).toContain(join('test-results', 'npm-start.log'));
  for (const file of new Set(logs)) {
    const text = readFileSync(file, 'utf8');
    expect(text.includes(stack.apiSecret), file).toBe(false);
    expect(text.match(JWT)?.[0], file).toBeUndefined();
  }
});
