// Deletion of copies that were not called for long, with a fake Letta server.

import type { Letta } from '@letta-ai/letta-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lettaClient } from '@/lib/letta/client';
import { COPY_TAG, callersCopy } from '@/lib/letta/copies';
import { deleteOldCopies, tidyCopies } from '@/lib/letta/old-copies';
import { type LettaStandIn, startLetta } from '@/lib/letta/testing/letta-server';
import { testServer } from '@/lib/testing/server';

const DAY_MS = 24 * 60 * 60_000;
const LONG_AGO = '2026-01-01T00:00:00.000Z';
const MONTH_AGO = Date.now() - 30 * DAY_MS;

let letta: LettaStandIn;
let client: Letta;
let sam: string;

beforeEach(async () => {
  letta = await startLetta();
  client = await lettaClient({ url: letta.url, key: undefined }, 2_000);
  sam = letta.add('Sam');
});
afterEach(() => letta.close());

/** Lets time pass without calls. */
function age(...ids: string[]): void {
  for (const id of ids) Object.assign(letta.agents.get(id) ?? {}, { updated_at: LONG_AGO });
}
const isThere = (id: string) => letta.agents.has(id);
const ownBlocks = (id: string) =>
  letta.agents.get(id)?.blocks.filter(({ read_only }) => !read_only) ?? [];

test('deletes a copy and its own blocks, but not the original, shared blocks, or other copies', async () => {
  const [ann, ben] = await Promise.all([
    callersCopy(client, sam, 'ann'),
    callersCopy(client, sam, 'ben'),
  ]);
  const [gone] = ownBlocks(ann);
  const before = letta.blocks.size;
  age(sam, ann);
  expect(await deleteOldCopies(client, MONTH_AGO)).toBe(1);
  expect([sam, ann, ben].map(isThere)).toEqual([true, false, true]);
  expect(letta.blocks.has(gone?.id ?? '')).toBe(false);
  expect(letta.blocks.size).toBe(before - 1);
});

test('keeps a block that another agent uses', async () => {
  const ann = await callersCopy(client, sam, 'ann');
  const [own] = ownBlocks(ann);
  if (own) letta.agents.get(sam)?.blocks.push(own);
  age(ann);
  expect(await deleteOldCopies(client, MONTH_AGO)).toBe(1);
  expect(letta.blocks.has(own?.id ?? '')).toBe(true);
});

test('counts a call, whatever Letta reports', async () => {
  const ann = await callersCopy(client, sam, 'ann');
  age(ann);
  expect(await callersCopy(client, sam, 'ann')).toBe(ann);
  age(ann);
  expect(await deleteOldCopies(client, MONTH_AGO)).toBe(0);
  expect(isThere(ann)).toBe(true);
});

test('creates a new copy at the next call', async () => {
  const ann = await callersCopy(client, sam, 'ann');
  age(ann);
  await deleteOldCopies(client, MONTH_AGO);
  expect(await callersCopy(client, sam, 'ann')).not.toBe(ann);
});

test('runs once an hour, with the retention of calls', async () => {
  const server = testServer({ CALLS_KEEP_DAYS: '30' });
  const connection = { url: letta.url, key: undefined };
  const copy = () => letta.add('Sam', { tags: [COPY_TAG] });
  const first = copy();
  age(first);
  await tidyCopies(server, connection);
  expect(isThere(first)).toBe(false);
  const second = copy();
  age(second);
  await tidyCopies(server, connection);
  expect(isThere(second)).toBe(true);
  await tidyCopies(server, connection, Date.now() + DAY_MS);
  expect(isThere(second)).toBe(false);
});
