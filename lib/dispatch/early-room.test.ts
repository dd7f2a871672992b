// How many rooms are created before anybody joins them.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRoomEarly, earlyRoomJoined } from '@/lib/dispatch/early-room';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
import { testServer } from '@/lib/testing/server';

const { account, address, anonymous, caller, oneCall } = PERSON_ATTRIBUTES;
const AT_ONCE = 2;
/** Milliseconds after which LiveKit has closed a room that nobody joined. */
const CLOSED_MS = 25_000;

let rooms = 0;
const created = vi.fn(async () => ({}));
const livekit = { rooms: { createRoom: created } } as unknown as LiveKit;

/** A server with these settings. */
function settings(env: Readonly<Record<string, string>>) {
  const PUBLIC = { PUBLIC_URL: 'https://calls.example.com', TRUST_PROXY: '1' };
  return { ...testServer({ AUTH_SECRET: 'x'.repeat(32), ...PUBLIC, ...env }), livekit };
}
let server: ReturnType<typeof settings>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  created.mockClear();
  server = settings({ PUBLIC_CALLS_AT_ONCE: `${AT_ONCE}` });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Requests an early room with this token. @returns its name, if it was created */
async function ask(attributes: Record<string, string>): Promise<string | undefined> {
  rooms += 1;
  const room = `room-${rooms}`;
  const before = created.mock.calls.length;
  const agent = { name: 'front-desk', deployment: '', metadata: '' };
  await createRoomEarly(server, {
    room,
    identity: `i-${rooms}`,
    attributes,
    agent,
  });
  return created.mock.calls.length > before ? room : undefined;
}

const visitor = (from: string, agent = 'front-desk', id = `browser:${rooms}`) => ({
  ...{ [anonymous]: agent, [address]: from },
  ...{ [oneCall]: 'caller', [caller]: id },
});
const person = (id: string) => ({ [oneCall]: 'account', [account]: id });

test('one for a caller, until it is joined or has closed', async () => {
  const first = await ask(person('ann'));
  expect(first).toBeDefined();
  expect(await ask(person('ann'))).toBeUndefined();
  expect(await ask(person('ben'))).toBeDefined();
  await earlyRoomJoined(server, 'another-room', {
    identity: 'i',
    attributes: person('ann'),
  });
  expect(await ask(person('ann'))).toBeUndefined();
  await earlyRoomJoined(server, first ?? '', { identity: 'i', attributes: person('ann') });
  expect(await ask(person('ann'))).toBeDefined();
  vi.setSystemTime(Date.now() + CLOSED_MS - 1);
  expect(await ask(person('ann'))).toBeUndefined();
  vi.setSystemTime(Date.now() + 1);
  expect(await ask(person('ann'))).toBeDefined();
});

test('few for an address, whatever cookies its visitors send, and few for an agent from all addresses', async () => {
  expect(await ask(visitor('a'))).toBeDefined();
  expect(await ask(visitor('a'))).toBeDefined();
  expect(await ask(visitor('a'))).toBeUndefined();
  expect(await ask(visitor('b'))).toBeUndefined();
  const billing = [];
  for (const from of ['c', 'd', 'e', 'f']) billing.push(await ask(visitor(from, 'billing')));
  expect(billing.filter(Boolean)).toHaveLength(AT_ONCE);
  // People who sign in do not depend on them.
  expect(await ask(person('ann'))).toBeDefined();
});

test('an anonymous caller who joins makes room for the next', async () => {
  const attributes = visitor('a');
  const first = await ask(attributes);
  await ask(visitor('a'));
  expect(await ask(visitor('a'))).toBeUndefined();
  await earlyRoomJoined(server, first ?? '', { identity: 'i', attributes });
  expect(await ask(visitor('a'))).toBeDefined();
});

test('none for programs that call for many people', async () => {
  expect(await ask({ [account]: 'ann' })).toBeUndefined();
});

test('any number if nobody else can reach the server', async () => {
  server = settings({ PUBLIC_URL: '', TRUST_PROXY: '0' });
  for (let n = 0; n < 5; n += 1) expect(await ask({})).toBeDefined();
});
