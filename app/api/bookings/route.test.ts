// The diary over HTTP, as pages and calendars ask for it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { storeOn, type TestDatabase, testFolder } from '@/lib/testing/calls-database';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';

let place: TestDatabase;
let store: Awaited<ReturnType<typeof storeOn>>;
let web: TestServer;
let change: typeof import('@/lib/bookings/store/change-diary');

beforeAll(async () => {
  place = await testFolder();
  store = await storeOn(place);
  change = await import('@/lib/bookings/store/change-diary');
  web = await serveRoutes({
    '/api/bookings': await import('./route'),
    '/api/bookings/[id]/cancel': await import('./[id]/cancel/route'),
    '/api/bookings/[id]/calendar.ics': await import('./[id]/calendar.ics/route'),
    '/api/bookings.ics': await import('../bookings.ics/route'),
  });
});
afterAll(async () => {
  await store.closeStore();
  await web.close();
  await place.remove();
});

/** Far ahead, so that it is still to come. */
const book = (name: string, more: object = {}, deployment = 'production') =>
  change.book({
    ...{ ask: 'book', deployment, request: name, where: { room: 'r', call: 'c-1' } },
    wish: {
      ...{ day: '2999-11-27', minute: 870, minutes: 15, service: 'blood test', name },
      ...{ people: ['Nurse Patel'], zone: 'Europe/London' },
      ...more,
    },
  });
const get = async (query: string) => {
  const response = await fetch(`${web.url}/api/bookings${query}`);
  return { status: response.status, body: await response.json() };
};
const names = async (query: string) =>
  (await get(query)).body.bookings.map(({ name }: { name: string }) => name);

it('lists what is to come by day, filtered, with what callers left', async () => {
  await book('Sarah Jones');
  await book('Tom Okafor', { day: '2999-11-26' });
  await book('Rehearsal', { minute: 900 }, 'staging');
  await book('Long ago', { day: '2020-01-02' });
  expect(await names('')).toEqual(['Tom Okafor', 'Sarah Jones', 'Rehearsal']);
  expect(await names('?deployment=production&q=JON')).toEqual(['Sarah Jones']);
  expect(await names('?from=2020-01-01&to=2999-11-26')).toEqual(['Long ago', 'Tom Okafor']);
  const { body } = await get('?deployment=staging');
  expect(body).toMatchObject({ more_bookings: false, messages: [], more_messages: false });
  expect(body.bookings[0]).toMatchObject({ booked_at: expect.any(Number), person: 'Nurse Patel' });
});

it.each([
  ['?when=now', 'when is not a filter.'],
  ['?from=27.11.2026', 'from must be a date such as "2026-11-27".'],
  ['?to=2026-02-30', 'to must be a date such as "2026-11-27".'],
])('says what is wrong with %s', async (query, detail) => {
  expect(await get(query)).toMatchObject({
    status: 400,
    body: { type: 'urn:callboard:problem:invalid-request', detail },
  });
});

it('cancels by hand; who is not there is not found, and other sites may not', async () => {
  const [one] = (await get('?q=sarah')).body.bookings;
  const post = (id: string, headers = {}) =>
    fetch(`${web.url}/api/bookings/${id}/cancel`, { method: 'POST', headers });
  expect((await post(one.id, { origin: 'https://elsewhere.example' })).status).toBe(403);
  const cancelled = await post(one.id);
  expect([cancelled.status, await cancelled.json()]).toMatchObject([200, { cancelled_by: 'hand' }]);
  expect((await post(one.id)).status).toBe(200);
  const unknown = await post('nobody');
  expect([unknown.status, (await unknown.json()).type]).toEqual([
    404,
    'urn:callboard:problem:unknown-booking',
  ]);
});

it('gives one as a file to keep, and a diary to subscribe to', async () => {
  const [one] = (await get('?q=tom')).body.bookings;
  const file = await fetch(`${web.url}/api/bookings/${one.id}/calendar.ics`);
  expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(file.headers.get('content-disposition')).toBe(
    `attachment; filename="appointment-2999-11-26-${one.reference}.ics"`,
  );
  expect(await file.text()).toMatch(/SUMMARY:Tom Okafor: blood test with Nurse Patel\r\n/);
  const missing = await fetch(`${web.url}/api/bookings/nobody/calendar.ics`);
  expect([missing.status, missing.headers.get('content-type')]).toEqual([
    404,
    'application/problem+json',
  ]);
  const feed = async (query = '') => (await fetch(`${web.url}/api/bookings.ics${query}`)).text();
  const production = await feed();
  expect(production.match(/^SUMMARY:.*(?=\r)/gm)).toEqual([
    'SUMMARY:Tom Okafor: blood test with Nurse Patel',
    'SUMMARY:Sarah Jones: blood test with Nurse Patel',
  ]);
  expect(production.match(/^STATUS:.*(?=\r)/gm)).toEqual(['STATUS:CONFIRMED', 'STATUS:CANCELLED']);
  expect(await feed('?deployment=staging')).toMatch(/SUMMARY:Rehearsal/);
  expect((await fetch(`${web.url}/api/bookings.ics?diary=mine`)).status).toBe(400);
});
