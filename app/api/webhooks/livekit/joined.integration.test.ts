// Tokens that must not be used any more on a public server: with the real routes, database
// and LiveKit server, which admits everybody with a valid token.

import type { Room } from '@livekit/rtc-node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { server } from '@/lib/server';
import { requireSignIn, signUp } from '@/lib/testing/accounts';
import { askRoute } from '@/lib/testing/api';
import type { TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { stopParts } from '@/lib/testing/end-parts';
import { knownCalls } from '@/lib/testing/known-calls';
import { startLiveKitServer, type TestLiveKitServer } from '@/lib/testing/livekit-server';
import { claimsOf, joinWith } from '@/lib/testing/participant';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { WEBHOOK_PATH } from '@/lib/testing/webhook';

let place: TestDatabase;
let livekitServer: TestLiveKitServer;
let web: TestServer;
let livekit: import('@/lib/livekit/clients').LiveKit;
let keeping: () => Promise<void>;
const cookies: Record<string, string> = {};
const rooms: Room[] = [];

beforeAll(async () => {
  place = await testDatabase();
  // The server needs the web process's address, and the web process the server's settings.
  const files = { [WEBHOOK_PATH]: {}, '/api/token': {} };
  web = await serveRoutes(files);
  livekitServer = await startLiveKitServer(web.url + WEBHOOK_PATH);
  requireSignIn(place, {
    ...{ ...livekitServer.env, TRUST_PROXY: '1', PUBLIC_AGENTS: 'front-desk,line-check' },
    ...{ PUBLIC_CALLS_PER_ADDRESS: '0', PUBLIC_CALLS_AT_ONCE: '2', PUBLIC_CALLS_PER_AGENT: '3' },
  });
  Object.assign(files[WEBHOOK_PATH], await import('@/app/api/webhooks/livekit/route'));
  Object.assign(files['/api/token'], await import('@/app/api/token/route'));
  livekit = (await import('@/lib/livekit/clients')).liveKit(livekitServer.env);
  keeping = (await import('@/lib/calls/ingest/store-calls')).startStoringCalls(server());
  for (const name of ['ann', 'ben']) cookies[name] = await signUp('caller', `${name}@example.com`);
});

afterEach(async () => {
  await Promise.all(rooms.splice(0).map((room) => room.disconnect()));
});
afterAll(() => stopParts({ server: livekitServer, keeping, web, place }));

interface Pass {
  readonly server_url: string;
  readonly participant_token: string;
}

const asking = (agent: string, headers: Record<string, string>) => {
  const body = { room_config: { agents: [{ agent_name: agent }] } };
  return askRoute(`${web.url}/api/token`, 'POST', body, headers);
};

async function ask(as: string): Promise<Pass> {
  const answer = await asking('line-check', { cookie: cookies[as] ?? '' });
  expect(answer.status).toBe(201);
  return answer.body;
}

/** As an anonymous visitor from this address. */
const askAnonymously = (agent: string, from: string) => asking(agent, { 'x-forwarded-for': from });

async function anonymousPass(agent: string, from: string): Promise<Pass> {
  const answer = await askAnonymously(agent, from);
  expect(answer.status).toBe(201);
  return answer.body;
}

/** The room of a token. */
const roomOf = (pass: Pass): string => claimsOf(pass).video.room;

async function join(pass: Pass): Promise<Room> {
  const room = await joinWith(pass);
  rooms.push(room);
  return room;
}

const live = async () => (await livekit.rooms.listRooms()).map(({ name }) => name);
/** Calls that the database has as begun or ended. */
const known = async (ended: boolean) =>
  (await knownCalls())
    .filter(({ endedAt }) => (endedAt !== null) === ended)
    .map(({ room }) => room);

it('a used token is invalid once its call has ended', async () => {
  const pass = await ask('ann');
  const first = await join(pass);
  const name = first.name ?? '';
  await expect.poll(() => known(false)).toContain(name);
  await first.disconnect();
  await livekit.rooms.deleteRoom(name);
  await expect.poll(() => known(true)).toContain(name);
  const again = await join(pass);
  await expect.poll(() => again.isConnected).toBe(false);
  await expect.poll(live).not.toContain(name);
});

it('a token is valid if its room ended before anybody joined', async () => {
  const pass = await ask('ann');
  const name = roomOf(pass);
  await livekit.rooms.createRoom({ name });
  await livekit.rooms.deleteRoom(name);
  await expect.poll(() => known(true)).toContain(name);
  const room = await join(pass);
  await expect.poll(() => known(false)).toContain(name);
  expect(room.isConnected).toBe(true);
  await livekit.rooms.deleteRoom(name);
});

it('removed people cannot rejoin any call with any token', async () => {
  const { listPeople, removePerson } = await import('@/lib/auth/people');
  const { removeFromCalls } = await import('@/lib/dispatch/remove-from-calls');
  await signUp('admin');
  cookies.cleo = await signUp('caller', 'cleo@example.com');
  const [used, unused] = [await ask('cleo'), await ask('cleo')];
  const first = await join(used);
  await expect.poll(() => known(false)).toContain(first.name);
  const id =
    (await listPeople(server())).find(({ email }) => email === 'cleo@example.com')?.id ?? '';
  await removePerson(server(), id);
  await removeFromCalls(server(), id, 'all');
  await expect.poll(() => first.isConnected).toBe(false);
  for (const pass of [used, unused]) {
    const again = await join(pass);
    await expect.poll(() => again.isConnected).toBe(false);
  }
});

it('of two concurrent tokens of one caller only the first is valid; other callers are not affected', async () => {
  const passes = [await ask('ben'), await ask('ben'), await ask('ann')];
  // The check uses stored calls, which takes a moment.
  await expect.poll(() => known(false)).toEqual(expect.arrayContaining(passes.map(roomOf)));
  const [first, second, other] = (await Promise.all(passes.map(join))) as [Room, Room, Room];
  await expect.poll(() => [first.isConnected, second.isConnected].filter(Boolean)).toHaveLength(1);
  expect(other.isConnected).toBe(true);
  // And it stays so.
  const kept = first.isConnected ? first : second;
  await expect.poll(live).toHaveLength(2);
  expect(await live()).toContain(kept.name);
});

it('only anonymous visitors who join count for the limit of an agent', async () => {
  const agent = 'front-desk';
  const passes: Pass[] = [];
  for (const n of [1, 2, 3, 4, 5]) passes.push(await anonymousPass(agent, `10.3.0.${n}`));
  const joined = await Promise.all(passes.slice(0, 3).map(join));
  const asked = async () => (await askAnonymously(agent, '10.3.0.6')).status;
  await expect.poll(asked).toBe(429);
  const late = await join(passes[3] as Pass);
  await expect.poll(() => late.isConnected).toBe(false);
  expect(joined.every((room) => room.isConnected)).toBe(true);
  // A caller who reconnects joins the same call.
  await joined[0]?.disconnect();
  const back = await join(passes[0] as Pass);
  await expect.poll(() => known(false)).toContain(back.name);
  await expect.poll(live).not.toContain(late.name);
  expect(back.isConnected).toBe(true);
});

it('limits concurrent calls of anonymous callers from one address', async () => {
  const from = '10.4.0.1';
  const passes: Pass[] = [];
  for (let n = 0; n < 3; n += 1) passes.push(await anonymousPass('line-check', from));
  const first = await join(passes[0] as Pass);
  const second = await join(passes[1] as Pass);
  const asked = async () => (await askAnonymously('line-check', from)).status;
  await expect.poll(asked).toBe(429);
  const third = await join(passes[2] as Pass);
  await expect.poll(() => third.isConnected).toBe(false);
  expect([first.isConnected, second.isConnected]).toEqual([true, true]);
  expect((await askAnonymously('line-check', '10.4.0.2')).status).toBe(201);
  await livekit.rooms.deleteRoom(first.name ?? '');
  await expect.poll(asked).toBe(201);
});

it("only an anonymous caller's token has an end time", async () => {
  const attributes = (pass: Pass) => claimsOf(pass).attributes;
  const granted = attributes(await anonymousPass('line-check', '10.5.0.1'));
  const minutes = (Number(granted['callboard.ends-at']) - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(14);
  expect(minutes).toBeLessThanOrEqual(15);
  expect(JSON.stringify(granted)).not.toContain('10.5.0.1');
  expect(attributes(await ask('ann'))).not.toHaveProperty('callboard.ends-at');
});
