// Recordings over real HTTP: whole, in ranges, only recordings, and deleted with the call.

import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { deleteOld } from '@/lib/calls/store/retention';
import { server } from '@/lib/server';
import { sampleCall } from '@/lib/testing/calls';
import { storeOn, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';

const SOUND = Buffer.from(Array.from({ length: 1_000 }, (_, at) => at % 251));
const NOW = Date.now();
let place: TestDatabase;
let store: Awaited<ReturnType<typeof storeOn>>;
let web: TestServer;
const at = (file: string) => join(place.folder, 'recordings', file);

function put(file: string, ageDays = 0): void {
  mkdirSync(join(at(file), '..'), { recursive: true });
  writeFileSync(at(file), SOUND);
  const time = NOW / 1_000 - ageDays * 86_400;
  utimesSync(at(file), time, time);
}

/** A call with these recordings. */
async function keep(seed: number, files: readonly string[], when = NOW) {
  const events = sampleCall(seed, when, { turns: 1, ending: 'caller' });
  const recordings = files.map((file, which) => ({
    ...(events.find(({ source }) => source.startsWith('worker')) as (typeof events)[number]),
    id: `recording-${seed}-${which}`,
    at: when + 1_000 + which,
    what: { kind: 'recording', file, startedAt: when + 1_000, channels: 2 } as const,
  }));
  await store.storeEvents(server(), [...events, ...recordings], when);
  return `sample-${seed}`;
}

const ask = (path: string, headers: HeadersInit = {}, method = 'GET') =>
  fetch(`${web.url}/api/calls/${path}`, { headers, method });

beforeAll(async () => {
  place = await testDatabase();
  store = await storeOn(place);
  web = await serveRoutes({
    '/api/calls/[id]': await import('@/app/api/calls/[id]/route'),
    '/api/calls/[id]/recordings/[n]': await import('@/app/api/calls/[id]/recordings/[n]/route'),
  });
});
afterAll(async () => {
  await web?.close();
  await endServer();
  await place?.remove();
  vi.unstubAllEnvs();
});

describe('GET /api/calls/{id}/recordings/{n}', () => {
  let id: string;
  beforeEach(async () => {
    put('sample-1/ada.wav');
    id = await keep(1, [
      'sample-1/ada.wav',
      '../db/PG_VERSION',
      '../outside.wav',
      'sample-1/x.wav',
    ]);
    writeFileSync(join(place.folder, 'outside.wav'), SOUND);
  });

  test('whole', async () => {
    const answer = await ask(`${id}/recordings/0`);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': '1000',
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
    });
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(SOUND);
  });

  test('HEAD has the same headers without the audio', async () => {
    const answer = await ask(`${id}/recordings/0`, {}, 'HEAD');
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '1000']);
    expect(await answer.text()).toBe('');
  });

  test.each([
    ['bytes=0-', 0, 999],
    ['bytes=0-0', 0, 0],
    ['bytes=100-199', 100, 199],
    ['bytes=900-5000', 900, 999],
    ['bytes=-10', 990, 999],
    ['bytes=-5000', 0, 999],
  ])('a part: %s', async (range, start, end) => {
    const answer = await ask(`${id}/recordings/0`, { range });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([
      206,
      `bytes ${start}-${end}/1000`,
    ]);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(SOUND.subarray(start, end + 1));
  });

  test.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('no such part: %s', async (range) => {
    const answer = await ask(`${id}/recordings/0`, { range });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
  });

  test.each(['lines=0-9', 'bytes=9-3', 'bytes=0-1,5-6', 'bytes=-'])(
    'what is no range is passed over: %s',
    async (range) => {
      expect((await ask(`${id}/recordings/0`, { range })).status).toBe(200);
    },
  );

  test.each([
    ['outside the folder, no recording', '1'],
    ['outside the folder', '2'],
    ['not on the disk', '3'],
    ['never made', '4'],
    ['no number', '-1'],
    ['no number', '..%2F0'],
    ['no number', 'ada.wav'],
  ])('%s: 404 (%s)', async (_, n) => {
    const answer = await ask(`${id}/recordings/${n}`);
    const { type } = await answer.json();
    expect([answer.status, type]).toEqual([404, 'urn:callboard:problem:unknown-recording']);
  });

  test('an unknown call has none', async () => {
    const answer = await ask('nobody/recordings/0');
    expect((await answer.json()).type).toBe('urn:callboard:problem:unknown-call');
  });

  test('other sites are refused', async () => {
    const origin = 'https://elsewhere.example';
    expect((await ask(`${id}/recordings/0`, { origin })).status).toBe(403);
  });
});

describe('deletion of recordings', () => {
  test('a call is deleted with its recordings, and nothing else', async () => {
    put('sample-2/ada.wav');
    put('sample-2/frank.wav');
    put('RM_x/other.wav');
    put('RM_x/own.wav');
    await keep(2, ['sample-2/ada.wav', 'sample-2/frank.wav', 'RM_x/own.wav', '../outside.wav']);
    writeFileSync(join(place.folder, 'outside.wav'), SOUND);
    const answer = await ask('sample-2', {}, 'DELETE');
    // Any other file name could be a file of the worker's machine.
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { not_deleted: [{ file: '../outside.wav' }] },
    ]);
    expect(existsSync(at('sample-2'))).toBe(false);
    expect(existsSync(at('RM_x/own.wav'))).toBe(false);
    expect(existsSync(at('RM_x/other.wav'))).toBe(true);
    expect(existsSync(join(place.folder, 'outside.wav'))).toBe(true);
  });

  test('deletes old recordings, and those of old calls', async () => {
    await endServer();
    store = await storeOn({ env: { ...place.env, CALLS_KEEP_DAYS: '2' } });
    put('sample-3/old.wav', 31);
    put('sample-3/new.wav', 29);
    put('sample-4/ada.wav');
    await keep(4, ['sample-4/ada.wav'], NOW - 3 * 86_400_000);
    const old = () =>
      ['sample-3/old.wav', 'sample-4/ada.wav'].filter((file) => existsSync(at(file)));
    await deleteOld(server(), NOW);
    expect(old()).toEqual([]);
    expect(existsSync(at('sample-3/new.wav'))).toBe(true);
  });
});
