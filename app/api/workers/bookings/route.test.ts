// The worker's own client against the real route and a real database; and what is not a worker's.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { DESK_PATH, DeskAway, type Wish } from '@/lib/bookings/desk';
import { deskClient } from '@/lib/bookings/desk-client';
import type { Happening } from '@/lib/calls/event';
import { NO_LIVEKIT, storeOn, type TestDatabase, testFolder } from '@/lib/testing/calls-database';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { signBody } from '@/lib/worker-auth';

let place: TestDatabase;
let store: Awaited<ReturnType<typeof storeOn>>;
let web: TestServer;
let route: typeof import('./route');

beforeAll(async () => {
  place = await testFolder();
  store = await storeOn(place);
  route = await import('./route');
  web = await serveRoutes({ [DESK_PATH]: route });
});
afterAll(async () => {
  await store.closeStore();
  await web.close();
  await place.remove();
});

const told: Happening[] = [];
const clientAt = (url: string, signer = NO_LIVEKIT, deployment = 'production') =>
  deskClient({
    config: { ...signer, CALLBOARD_URL: url },
    deployment,
    where: () => ({ room: 'room-1', call: 'c-1' }),
    tell: (what) => told.push(what),
  });
const wish = (more: Partial<Wish> = {}): Wish => ({
  ...{ day: '2026-11-27', minute: 870, minutes: 15, service: 'blood test', name: 'Ann' },
  ...{ people: ['Nurse Patel'], zone: 'Europe/London', place: 'Willow Street Practice' },
  ...more,
});

it('books, moves and cancels, and of two calls at once one gets the time', async () => {
  const [ann, ben] = [clientAt(web.url), clientAt(web.url)];
  const both = await Promise.all([ann.book(wish()), ben.book(wish({ name: 'Ben' }))]);
  expect(both.filter(Boolean)).toHaveLength(1);
  const day = await ann.taken('2026-11-27', '2026-11-27');
  expect(day).toEqual([{ day: '2026-11-27', minute: 870, minutes: 15, person: 'Nurse Patel' }]);
  const [booked] = both.filter((one) => one !== undefined);
  const moved = await ann.book(wish({ minute: 900, replaces: booked?.reference, name: 'Cleo' }));
  expect(moved).toEqual({ ...booked, minute: 900, name: 'Cleo' });
  expect(await ann.cancel(moved?.reference ?? '')).toBe(true);
  expect(await ann.cancel('nobody')).toBe(false);
  expect(await ann.taken('2026-11-27', '2026-11-27')).toEqual([]);
});

it('finds by the full name and the day, in its own diary, and what is cancelled no more', async () => {
  const ann = clientAt(web.url);
  const name = 'Ann Lee';
  const booked = await ann.book(wish({ minute: 930, name }));
  expect(await ann.find('2026-11-27', 'ann lee')).toEqual([booked]);
  expect(await ann.find('2026-11-27', 'Ann')).toEqual([]);
  expect(await ann.find('2026-11-26', name)).toEqual([]);
  expect(await clientAt(web.url, NO_LIVEKIT, 'staging').find('2026-11-27', name)).toEqual([]);
  expect(await ann.cancel(booked?.reference ?? '')).toBe(true);
  expect(await ann.find('2026-11-27', name)).toEqual([]);
  const { readDesk } = await import('@/lib/bookings/store/read-desk');
  const [shown] = (await readDesk({ from: '2026-11-27', name })).bookings;
  expect(shown).toMatchObject({ name, cancelledBy: 'call' });
});

it('books nothing in production’s diary from staging', async () => {
  const staging = clientAt(web.url, NO_LIVEKIT, 'staging');
  expect(await staging.book(wish({ minute: 600 }))).toBeDefined();
  expect(await clientAt(web.url).taken('2026-11-27', '2026-11-27')).toEqual([]);
});

it('books once where the answer was lost on its way', async () => {
  let asked = 0;
  // Passes on what it is asked, and breaks the line before the first answer.
  const lossy = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      const { authorization = '' } = request.headers;
      const headers = { 'content-type': 'application/json', authorization };
      const body = Buffer.concat(chunks);
      const answer = await fetch(web.url + DESK_PATH, { method: 'POST', headers, body });
      const text = await answer.text();
      asked += 1;
      if (asked === 1) response.destroy();
      else response.end(text);
    });
  });
  await new Promise<void>((resolve) => lossy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void lossy.close());
  const { port } = lossy.address() as AddressInfo;
  const booked = await clientAt(`http://127.0.0.1:${port}`).book(wish({ minute: 720 }));
  expect([asked, booked?.minute]).toEqual([2, 720]);
  const again = await clientAt(web.url).taken('2026-11-27', '2026-11-27');
  expect(again.filter(({ minute }) => minute === 720)).toHaveLength(1);
});

it('takes nothing from a stranger, in another shape, or signed for something else', async () => {
  const stranger = { ...NO_LIVEKIT, LIVEKIT_API_SECRET: 'x'.repeat(32) };
  await expect(clientAt(web.url, stranger).book(wish({ minute: 1_000 }))).rejects.toThrow(DeskAway);
  const send = async (value: object, kind: 'desk' | 'events' = 'desk') => {
    const body = JSON.stringify(value);
    const authorization = await signBody(kind, body, NO_LIVEKIT);
    const headers = { 'content-type': 'application/json', authorization };
    return (await fetch(web.url + DESK_PATH, { method: 'POST', headers, body })).status;
  };
  const free = { ask: 'taken', deployment: 'production', from: '2026-11-27', to: '2026-11-27' };
  expect(await send(free)).toBe(200);
  expect(await send(free, 'events')).toBe(401);
  expect(await send({ ...free, from: '2026-02-30' })).toBe(400);
  expect(await send({ ...free, ask: 'everything' })).toBe(400);
  expect((await fetch(web.url + DESK_PATH)).status).toBe(405);
  const day = await clientAt(web.url).taken('2026-11-27', '2026-11-27');
  expect(day.filter(({ minute }) => minute === 1_000)).toEqual([]);
});

it('says that the diary is away, and takes messages all the same', async () => {
  const gone = await serveRoutes({});
  await gone.close();
  const desk = clientAt(gone.url);
  await expect(desk.taken('2026-11-27', '2026-11-27')).rejects.toThrow(DeskAway);
  told.length = 0;
  const reference = desk.takeMessage({ text: 'Call me back', for: 'Doctor Lee', from: 'Ann' });
  expect(told).toEqual([
    {
      ...{ kind: 'message_taken', reference, deployment: 'production' },
      ...{ text: 'Call me back', to: 'Doctor Lee', from: 'Ann' },
    },
  ]);
});
