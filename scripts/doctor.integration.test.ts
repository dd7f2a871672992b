// `npm run doctor` as users and scripts run it: the real program with the real route, and without it. The checks
// themselves are tested elsewhere.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as doctor from '@/app/api/doctor/route';
import { listCalls } from '@/lib/calls/store/store';
import { type Finding, report } from '@/lib/core/finding';
import { startExamination } from '@/lib/doctor/examine';
import { server } from '@/lib/server';
import { startApi } from '@/lib/testing/api';
import { testDatabase } from '@/lib/testing/databases';
import { freePort } from '@/lib/testing/ports';
import { serveFetch } from '@/lib/testing/serve-routes';
import { endServer } from '@/lib/testing/server';
import { runScript } from '@/scripts/testing/run-script';

const FINDINGS: Finding[] = [
  {
    ...{ id: 'server', title: 'LiveKit server', state: 'ok', seen: 'It answers.' },
    ...{ matters: '', todo: '' },
  },
  {
    ...{ id: 'agent', title: 'front-desk on production', state: 'fail', seen: 'No worker.' },
    ...{ matters: '', todo: 'Start its worker: npm run agent.' },
  },
];

const CHECKS = FINDINGS.map(({ id, title, ...said }) => ({
  id,
  title,
  limitMs: 1_000,
  run: async () => said,
}));

let api: Awaited<ReturnType<typeof startApi>>;
let place: Awaited<ReturnType<typeof testDatabase>>;

beforeAll(async () => {
  [place, api] = await Promise.all([testDatabase(), startApi({ '/api/doctor': doctor })]);
  for (const [name, value] of Object.entries(place.env)) vi.stubEnv(name, value);
  // In a web process, the database is already open.
  await listCalls(server());
  // Who asks for an examination gets the one that is running.
  server().examinations.set('en', startExamination(CHECKS));
});
afterAll(async () => {
  await api.close();
  await endServer();
  await place.remove();
});

const run = (args: readonly string[], env: Record<string, string> = {}) =>
  runScript('doctor', args, {
    ...{ DATA_DIR: process.env.DATA_DIR, CALLBOARD_URL: api.url },
    ...env,
  });

describe('with the web process', () => {
  it('shows each finding, and exits with 1 if something is broken', async () => {
    const { code, out, err } = await run([]);
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(/✓ well +LiveKit server/);
    expect(out).toMatch(/✗ broken +front-desk on production/);
    expect(out).toMatch(/→ Start its worker: npm run agent\./);
    expect(out.split('\n').at(-1)).toMatch(/^\d+ broken, .* well in /);
  });

  it('prints the report as JSON, and nothing else, for scripts', async () => {
    const { code, out } = await run(['--json']);
    expect(code).toBe(1);
    expect(report.parse(JSON.parse(out)).findings).toMatchObject(FINDINGS);
  });

  it('explains why no agent joined a room, and exits with 0 if nothing is broken', async () => {
    const { code, out } = await run(['--room', 'never was']);
    expect(code).toBe(0);
    expect(out).toContain('No call and no live room of this name is known.');
  });
});

describe('without the web process', () => {
  it('says so, and checks what it can', async () => {
    const port = await freePort();
    const env = {
      CALLBOARD_URL: `http://127.0.0.1:${port}`,
      LIVEKIT_URL: api.server.env.LIVEKIT_URL,
    };
    const { code, out } = await run(['--json'], { ...env, ...api.server.env });
    expect(code).toBe(1);
    const { findings } = report.parse(JSON.parse(out));
    const states = Object.fromEntries(findings.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({ web: 'fail', server: 'ok' });
    expect(findings[0]?.seen).toContain(`Callboard does not answer at http://127.0.0.1:${port}`);
  });

  it('reports that another program uses its port', async () => {
    const other = await serveFetch(() => new Response('hello'));
    const { code, out } = await run([], { CALLBOARD_URL: other.url });
    await other.close();
    expect(code).toBe(1);
    expect(out).toContain('is not Callboard');
  });
});

it('exits with 2 if arguments are invalid', async () => {
  for (const args of [['--nothing'], ['--room', ''], ['something']]) {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).toContain('Usage: npm run doctor');
  }
  expect((await run(['--help'])).out).toContain('Exit code 0');
});
