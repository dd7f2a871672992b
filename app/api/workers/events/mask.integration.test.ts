// Masking, from a worker's event to everything that is stored or sent: all rows of all
// tables, the API, the metrics and the log.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { EVENTS_PATH, type EventData } from '@/lib/calls/event';
import { signBody } from '@/lib/livekit/worker-auth';
import { allRows } from '@/lib/testing/all-rows';
import { askRoute } from '@/lib/testing/api';
import { NO_LIVEKIT, storeOn, type TestDatabase } from '@/lib/testing/calls-database';
import { testDatabase } from '@/lib/testing/databases';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';

/** Said in the call, in the ways that people speak. */
const SAID = [
  'anna.hale@example.com',
  'It is anna dot hale at example dot com.',
  'Call me on 020 7946 0018, please.',
  'oh two oh, seven nine four six, double oh one eight',
  'plus forty-four twenty seventy-nine forty-six double oh eighteen',
  'My card is 4111 1111 1111 1111.',
  'four one one one, one one one one, one one one one, one one one one',
];
const LEAKS = /hale|7946|seven nine four six|seventy-nine|4111|four one one one/i;
/** IDs, times in milliseconds and metric values, which may contain any digits by chance. */
const OWN_NUMBERS =
  /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|\b1\d{12}\b|(?<=^\w+(\{.*\})? )[\d.e+-]+$/gm;
const withoutNumbers = (text: string) => text.replace(OWN_NUMBERS, '');
const SIGNS = /\[e-mail\]|\[phone number\]|\[card number\]/;

let place: TestDatabase;
let web: TestServer;
const log: string[] = [];

beforeAll(async () => {
  for (const name of ['error', 'warn', 'info', 'log'] as const) {
    vi.spyOn(console, name).mockImplementation((...said) => void log.push(said.join(' ')));
  }
  vi.stubEnv('MASK', 'email,phone,card');
  place = await testDatabase();
  await storeOn(place);
  web = await serveRoutes({
    [EVENTS_PATH]: await import('@/app/api/workers/events/route'),
    '/api/calls': await import('@/app/api/calls/route'),
    '/api/calls/[id]': await import('@/app/api/calls/[id]/route'),
    '/api/calls/[id]/transcript': await import('@/app/api/calls/[id]/transcript/route'),
    '/api/metrics': await import('@/app/api/metrics/route'),
  });
});
afterAll(async () => {
  await web?.close();
  await endServer();
  await place?.remove();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** All kinds of events that contain or quote speech. */
function everythingWith(said: string): EventData[] {
  const agent = { agent: 'front-desk', deployment: 'production' };
  const turn = { startedAt: Date.now(), endedAt: Date.now(), identity: 'i', by: 'Ann' };
  return [
    { kind: 'turn', speaker: 'caller', text: said, ...turn },
    { kind: 'turn', speaker: 'agent', text: `I heard: ${said}`, ...turn },
    {
      ...{ kind: 'tool', identity: 'a', tool: 'note', label: said, failed: false, ms: 1 },
      ...{ args: JSON.stringify({ note: said }), result: JSON.stringify([said]) },
    },
    { kind: 'error', where: 'model', message: `Refused: ${said}`, stack: `Error: ${said}\n at a` },
    { kind: 'failover', ...agent, attempt: 1, reason: said },
    { kind: 'gave_up', ...agent, reason: said },
    { kind: 'job_refused', ...agent, job: 'j', worker: 'w', reason: said },
    { kind: 'ended', why: 'closed', reason: said },
  ];
}

async function report(happened: readonly EventData[]): Promise<void> {
  const events = happened.map((what, at) => ({
    ...{ id: randomUUID(), call: 'c-1', room: 'r', source: 'worker:w-1', at: Date.now() + at },
    what,
  }));
  const body = JSON.stringify({ worker: 'w-1', sentAt: Date.now(), events });
  const authorization = await signBody('events', body, NO_LIVEKIT);
  expect((await askRoute(web.url + EVENTS_PATH, 'POST', body, { authorization })).status).toBe(204);
}

it('is stored and sent nowhere unmasked', async () => {
  const agent = { agent: 'front-desk', deployment: 'production' };
  const asked: EventData = { kind: 'requested', origin: 'page', ...agent, identity: 'i' };
  const words = SAID.flatMap(everythingWith);
  await report([asked, ...words]);

  const rows = await allRows();
  expect(rows.get('events')).toHaveLength(1 + words.length);
  const events = rows.get('events') ?? [];
  expect(events.filter((row) => SIGNS.test(JSON.stringify(row)))).toHaveLength(words.length);
  expect(rows.get('calls')?.[0]?.transcript).toMatch(SIGNS);
  expect([...rows].filter(([, all]) => LEAKS.test(withoutNumbers(JSON.stringify(all))))).toEqual(
    [],
  );
  for (const path of [
    ...['/api/calls/c-1', '/api/calls/c-1/transcript', '/api/calls/c-1/transcript?format=vtt'],
    ...['/api/calls?text=hale', '/api/metrics'],
  ]) {
    const answer = await fetch(web.url + path);
    expect([path, answer.status]).toEqual([path, 200]);
    expect(withoutNumbers(await answer.text()), path).not.toMatch(
      /hale@|dot hale|7946|seventy-nine|4111|one one one/,
    );
  }
  // Nor can it be found by masked text.
  expect((await askRoute(`${web.url}/api/calls?text=7946`, 'GET')).body.calls).toEqual([]);
  expect(withoutNumbers(log.join('\n'))).not.toMatch(LEAKS);
});
