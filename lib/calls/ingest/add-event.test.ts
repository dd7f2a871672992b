// Events that are added together: one write, none lost because of another, and delivered as one group.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EventDelivery } from '@/lib/calls/delivery/event-delivery';
import type { CallEvent, EventData } from '@/lib/calls/event';
import { type AddedEvent, addEvent, addEvents } from '@/lib/calls/ingest/add-event';
import { testServer } from '@/lib/testing/server';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'callboard-add-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(data, { recursive: true });
});

const server = () => testServer({ DATA_DIR: data });
const minted = (id: string): AddedEvent => ({
  ...{ id, room: 'r', call: 'c' },
  what: { kind: 'token_minted', ms: 1 },
});
/** Ids of the events on disk. */
const kept = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line).id);

it('writes events that are added together at once and in order', () => {
  const to = server();
  const writes = vi.spyOn(to.events, 'add');
  expect(addEvents(to, [minted('a'), minted('b'), minted('c')])).toBe(true);
  expect(addEvent(to, { id: 'd', room: 'r' }, { kind: 'room_started' })).toBe(true);
  expect(writes).toHaveBeenCalledTimes(2);
  expect(kept(to.events.folder)).toEqual(['a', 'b', 'c', 'd']);
});

it('leaves out an invalid event, which is logged, and keeps the others', () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const bad = { ...minted('bad'), what: { kind: 'token_minted', ms: -1 } as EventData };
  const to = server();
  expect(addEvents(to, [minted('a'), bad, minted('b')])).toBe(true);
  expect(kept(to.events.folder)).toEqual(['a', 'b']);
  expect(log).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('invalid token_minted'));
});

it('says so if they are not on disk, and writes them with the next ones', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const to = server();
  // A file in place of the folder.
  writeFileSync(join(data, 'events'), '');
  expect(addEvents(to, [minted('a'), minted('b')])).toBe(false);
  rmSync(join(data, 'events'));
  expect(addEvents(to, [minted('c')])).toBe(true);
  expect(kept(to.events.folder)).toEqual(['a', 'b', 'c']);
});

it('delivers what is added between two deliveries as one group', async () => {
  const to = server();
  const groups: string[][] = [];
  const delivery = new EventDelivery(
    to.events,
    async (events: readonly CallEvent[]) => {
      groups.push(events.map(({ id }) => id));
      return 'taken';
    },
    () => {},
  );
  // Sixteen requests, each of which adds its events before the next delivery.
  const ids = Array.from({ length: 16 }, (_, at) => [`${at}-requested`, `${at}-minted`]);
  for (const own of ids) addEvents(to, own.map(minted));
  await expect.poll(() => groups.flat().length).toBe(32);
  expect(groups).toEqual([ids.flat()]);
  await delivery.stop();
});
