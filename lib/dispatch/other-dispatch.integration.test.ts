// Which dispatches of agents are stored: those of a room, not of an earlier room of its name.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isStored } from '@/lib/dispatch/other-dispatch';
import { server } from '@/lib/server';
import { usualCall } from '@/lib/testing/call-events';
import { storeOn, testFolder } from '@/lib/testing/calls-database';
import { endServer } from '@/lib/testing/server';

let place: Awaited<ReturnType<typeof testFolder>>;

beforeAll(async () => {
  place = await testFolder();
  const store = await storeOn(place);
  const events = usualCall().map(({ arrivedAt: _, ...event }) => event);
  await store.storeEvents(server(), events, Date.now());
});
afterAll(async () => {
  await endServer();
  await place?.remove();
});

it.each([
  ['RM_1', 'front-desk', true],
  ['RM_1', 'my-agent', false],
  // The room of that name ended, and was opened anew.
  ['RM_2', 'front-desk', false],
])('in room %s, a dispatch of %s: %s', async (sid, agent, expected) => {
  expect(await isStored(server(), { name: 'r1', sid, metadata: '' }, agent)).toBe(expected);
});
