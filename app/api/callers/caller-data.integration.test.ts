// All data of a caller in all tables and files: what routes, workers and people's actions
// store is in the export, and is deleted with the caller. A new table needs a line here, and the
// test verifies that line.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { EventData } from '@/lib/calls/event';
import type { SignedKind } from '@/lib/livekit/worker-auth';
import { requireSignIn, signUp } from '@/lib/testing/accounts';
import { allRows, type Row } from '@/lib/testing/all-rows';
import { askRoute } from '@/lib/testing/api';
import { NO_LIVEKIT, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';

/** What happens to a caller's rows when the caller is deleted. */
const TABLES: Readonly<Record<string, 'go' | 'room names' | 'none'>> = {
  ...{ calls: 'go', call_rooms: 'go', events: 'go' },
  // Kept for thirty days, so that late events do not recreate calls: IDs and rooms, no content.
  deleted_rooms: 'room names',
  // Keyed hashes of starts, deleted within minutes.
  rate_limits: 'none',
  // Invitations, queues and rules of live rooms.
  shared_state: 'none',
  // Statistics of many calls, and reasons for rollouts.
  ...{ rollouts: 'none', rollout_log: 'none' },
  // Their callers are programs.
  ...{ simulation_sessions: 'none', simulation_runs: 'none' },
  // Data of people who sign in; accounts are removed on the people page.
  ...{ accounts: 'none', account_sessions: 'none', account_logins: 'none', account_keys: 'none' },
  ...{ account_passkeys: 'none', account_verifications: 'none', account_attempts: 'none' },
  ...{ sign_up_links: 'none', audit_log: 'none' },
};
/** Derived columns, and LiveKit's room columns, which the export omits. */
const DERIVED: readonly string[] = ['search', 'transcript', 'room_sid', 'sid'];
/** Occurs in all of Ann's data, and nowhere else. */
const ANN = /quill/i;

let place: TestDatabase;
let web: TestServer;
let admin: string;
let auth: typeof import('@/lib/livekit/worker-auth');

beforeAll(async () => {
  place = await testDatabase();
  requireSignIn(place);
  auth = await import('@/lib/livekit/worker-auth');
  web = await serveRoutes({
    '/api/callers/[identity]': await import('@/app/api/callers/[identity]/route'),
    '/api/callers/[identity]/export': await import('@/app/api/callers/[identity]/export/route'),
    '/api/workers/events': await import('@/app/api/workers/events/route'),
  });
  admin = await signUp('admin');
  await keepsEverythingOf('quill', 'Ann Quill');
  await keepsEverythingOf('other', 'Ben Other');
});
afterAll(async () => {
  await web?.close();
  await endServer();
  await place?.remove();
  vi.unstubAllEnvs();
});

const ask = (method: string, path: string) =>
  askRoute(web.url + path, method, undefined, { cookie: admin });

/** As a worker reports it. */
async function report(kind: SignedKind, path: string, body: object): Promise<void> {
  const text = JSON.stringify(body);
  const authorization = await auth.signBody(kind, text, NO_LIVEKIT);
  const { status } = await askRoute(web.url + path, 'POST', text, { authorization });
  expect([path, status < 300]).toEqual([path, true]);
}

/** Two calls of one caller with everything that can be stored; each of their texts contains `own`. */
async function keepsEverythingOf(own: string, name: string): Promise<void> {
  for (const which of [1, 2]) {
    const [call, room] = [`${own}-call-${which}`, `${own}-room-${which}`];
    const identity = `${own}-identity`;
    const agent = { agent: 'front-desk', deployment: 'production' };
    const turn = { startedAt: Date.now(), endedAt: Date.now() };
    const happened: EventData[] = [
      { kind: 'requested', origin: 'page', ...agent, identity, name, callerId: `${own}-browser` },
      { kind: 'room_started' },
      { kind: 'person_joined', identity, name, role: 'caller', callerId: `${own}-browser` },
      { kind: 'agent_joined', identity: 'agent-1', ...agent, worker: 'w-1' },
      { kind: 'turn', speaker: 'caller', identity, by: name, text: `I am ${own}.`, ...turn },
      { kind: 'turn', speaker: 'agent', identity: 'a', by: 'Ada', text: `Hello ${own}.`, ...turn },
      {
        ...{ kind: 'tool', identity: 'a', tool: 'book', label: `Booked for ${own}`, failed: false },
        ...{ args: `{"name":"${own}"}`, result: `["${own}"]`, ms: 5 },
      },
      { kind: 'error', where: 'speech', message: `${own} was cut`, stack: `Error: ${own}` },
      {
        ...{ kind: 'recording', file: `${call}/agent-1.wav`, channels: 2 },
        ...{ startedAt: Date.now(), endedAt: Date.now() },
      },
      { kind: 'person_left', identity, why: 'left' },
      { kind: 'ended', why: 'caller-left', reason: `${own} hung up` },
    ];
    const events = happened.map((what, at) => ({
      ...{ id: `${call}-${at}`, call, room, roomSid: `RM_${own}_${which}` },
      ...{ source: 'worker:w-1', at: Date.now() + at, what },
    }));
    const sentAt = Date.now();
    await report('events', '/api/workers/events', { worker: 'w-1', sentAt, events });
    const file = join(place.folder, 'recordings', call, 'agent-1.wav');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `sound of ${own}`);
  }
}

const isOf = (row: Row) => ANN.test(JSON.stringify(row));

/** Files of the data folder that mention Ann, without the database's own. */
const filesOfAnn = () =>
  readdirSync(place.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(place.folder, 'db')))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => ANN.test(path) || ANN.test(readFileSync(path, 'latin1')));

/** Every text in a value. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : Object.values((value ?? {}) as object).flatMap((one) => textsIn(one));

it("covers a caller's rows in every table", async () => {
  const there = await allRows();
  expect([...there.keys()].sort()).toEqual(Object.keys(TABLES).sort());
  for (const [table, rows] of there) {
    expect([table, rows.some(isOf)]).toEqual([table, TABLES[table] === 'go']);
  }
  expect(filesOfAnn()).toHaveLength(2);
});

it('exports all of it', async () => {
  const { status, headers, body } = await ask('GET', '/api/callers/quill-browser/export');
  expect(status).toBe(200);
  expect(headers.get('content-disposition')).toContain('attachment');
  const given = JSON.stringify(textsIn(body));
  const missing = [...(await allRows())].flatMap(([table, rows]) =>
    rows.filter(isOf).flatMap((row) =>
      Object.entries(row)
        .filter(([column]) => !DERIVED.includes(column))
        .flatMap(([column, value]) => textsIn(value).map((text) => ({ table, column, text })))
        .filter(({ text }) => !given.includes(JSON.stringify(text).slice(1, -1))),
    ),
  );
  expect(missing).toEqual([]);
  expect(given).not.toMatch(/other/i);
});

it('deletes all of it from all tables and the disk, and nothing else', async () => {
  const before = await allRows();
  const { status, body } = await ask('DELETE', '/api/callers/quill-browser');
  expect([status, body]).toEqual([200, { calls: 2, letta_agents: 0, not_deleted: [] }]);
  const after = await allRows();
  for (const [table, rows] of after) {
    const isKept = TABLES[table] === 'room names';
    expect([table, rows.some(isOf)]).toEqual([table, isKept]);
    const others = (all: typeof before) =>
      (all.get(table) ?? []).flatMap((row) => (isOf(row) ? [] : JSON.stringify(row))).sort();
    if (table === 'audit_log') expect(others(after)).toHaveLength(others(before).length + 1);
    else expect([table, others(after)]).toEqual([table, others(before)]);
  }
  const gone = after.get('deleted_rooms')?.map(({ call, name }) => `${call} ${name}`);
  expect(gone?.sort()).toEqual(['quill-call-1 quill-room-1', 'quill-call-2 quill-room-2']);
  expect(filesOfAnn()).toEqual([]);
  expect(existsSync(join(place.folder, 'recordings', 'other-call-1', 'agent-1.wav'))).toBe(true);
  for (const [method, path] of [
    ['GET', '/api/callers/quill-browser/export'],
    ['DELETE', '/api/callers/quill-browser'],
  ] as const) {
    expect((await ask(method, path)).status).toBe(404);
  }
  expect((await ask('GET', '/api/callers/other-browser/export')).body.calls).toHaveLength(2);
});
