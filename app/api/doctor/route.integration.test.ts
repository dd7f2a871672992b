// The doctor over HTTP with a real LiveKit server: what works, what is broken, and that it
// leaves nothing behind.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import * as connection from '@/app/api/doctor/connection/route';
import * as doctor from '@/app/api/doctor/route';
import { listCalls } from '@/lib/calls/store/store';
import { finding, NDJSON_TYPE, report, reportLine } from '@/lib/core/finding';
import { runCheck } from '@/lib/doctor/check';
import { speechCheck } from '@/lib/doctor/checks/speech';
import { isProbeRoom } from '@/lib/livekit/probe-room';
import { server } from '@/lib/server';
import { startApi, type TestApi } from '@/lib/testing/api';
import { testDatabase } from '@/lib/testing/databases';
import { claimsOf } from '@/lib/testing/participant';
import { serveFetch, type TestServer } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';

// One test call is enough.
vi.mock('@/lib/core/catalogue', async (original) => {
  const real = await original<typeof import('@/lib/core/catalogue')>();
  const [frontDesk] = real.catalogue;
  return { ...real, agentsInCode: () => [{ ...frontDesk, deployments: ['production'] }] };
});

let api: TestApi;
let place: Awaited<ReturnType<typeof testDatabase>>;
let speech: TestServer;
/** The fake server's transcript of any audio. */
let heard = 'We are open from nine to five every day of the week.';

beforeAll(async () => {
  speech = await serveFetch(async (request) => {
    await request.arrayBuffer();
    return request.url.endsWith('/transcriptions')
      ? Response.json({ text: heard })
      : new Response(Buffer.alloc(4_000));
  });
  const at = `${speech.url}/v1`;
  [place, api] = await Promise.all([
    testDatabase(),
    startApi({ '/api/doctor': doctor, '/api/doctor/connection': connection }),
  ]);
  const settings = { ...place.env, SPEECH_STT_URL: at, SPEECH_TTS_URL: at };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.stubEnv('CALLBOARD_URL', api.url);
  // As in a web process, the database is open before the first request.
  await listCalls(server());
});
afterAll(async () => {
  await speech.close();
  await api.close();
  await endServer();
  await place.remove();
});

describe('GET /api/doctor', () => {
  it('sends findings line by line, shares one examination among clients, and leaves nothing behind', async () => {
    const both = await Promise.all([
      fetch(`${api.url}/api/doctor`, { headers: { accept: NDJSON_TYPE } }),
      api.ask('GET', '/api/doctor'),
    ]);
    const [lines, whole] = both;
    expect(lines.headers.get('content-type')).toContain(NDJSON_TYPE);
    const parsed = (await lines.text())
      .trimEnd()
      .split('\n')
      .map((line) => reportLine.parse(JSON.parse(line)));
    const plan = parsed.flatMap((line) => ('plan' in line ? line.plan : []));
    const found = parsed.flatMap((line) => ('finding' in line ? [line.finding] : []));
    expect(parsed.at(-1)).toMatchObject({ end: { state: 'fail' } });
    expect(found.map(({ id }) => id).sort()).toEqual(plan.map(({ id }) => id).sort());

    const body = report.parse(whole.body);
    expect(body.findings.toSorted(byId)).toEqual(found.toSorted(byId));
    const state = Object.fromEntries(body.findings.map((one) => [one.id, one.state]));
    expect(state).toMatchObject({
      server: 'ok',
      keys: 'ok',
      clock: 'ok',
      database: 'ok',
      ports: 'ok',
      speech: 'ok',
      // This server was given no address for them.
      webhooks: 'fail',
    });
    const agents = body.findings.filter(({ id }) => id.startsWith('agent:'));
    const none = { state: 'fail', seen: expect.stringContaining('No worker') };
    expect(agents).toMatchObject([{ id: 'agent:front-desk:production', ...none }]);
    expect(await api.livekit.rooms.listRooms()).toEqual([]);
  });

  it('diagnoses a room without an agent, and an unknown room', async () => {
    const { body } = await api.ask('GET', '/api/doctor?room=nobody%20was%20here');
    expect(body.findings).toHaveLength(1);
    expect(finding.parse(body.findings[0])).toMatchObject({
      id: 'why',
      state: 'unknown',
      seen: expect.stringContaining('No call and no live room'),
    });
  });

  it('refuses other sites, and invalid room names', async () => {
    const foreign = { origin: 'https://elsewhere.example' };
    expect((await api.ask('GET', '/api/doctor', undefined, foreign)).status).toBe(403);
    const long = await api.ask('GET', `/api/doctor?room=${'x'.repeat(257)}`);
    expect(long.status).toBe(422);
  });

  it('checks the speech servers with a round trip', async () => {
    heard = 'Nothing of the kind';
    expect(await runCheck(speechCheck(server(), 'en'))).toMatchObject({
      state: 'warn',
      seen: expect.stringContaining('Nothing of'),
    });
  });
});

it('a token for the connection check joins a separate room, where nothing may be published', async () => {
  const { status, body } = await api.ask('POST', '/api/doctor/connection', {});
  expect(status).toBe(201);
  const claims = z
    .object({ video: z.record(z.string(), z.unknown()), exp: z.number(), nbf: z.number() })
    .parse(claimsOf(body));
  expect(isProbeRoom(String(claims.video.room))).toBe(true);
  expect(claims.video).toMatchObject({ canPublish: false, canPublishData: false });
  expect(claims.exp - claims.nbf).toBeLessThanOrEqual(60);
});

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
