// A worker's report over HTTP, and its effect on the page.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as agents from '@/app/api/agents/route';
import * as health from '@/app/api/health/route';
import * as reports from '@/app/api/workers/reports/route';
import { agentsAnswer } from '@/lib/agents/answers';
import { signBody } from '@/lib/livekit/worker-auth';
import { REPORT_PATH, type WorkerReport } from '@/lib/livekit/worker-report';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import packageJson from '@/package.json';

const KEY = 'key';
const SECRET = 'a-secret-that-is-long-enough-for-a-server';
let web: TestServer;

beforeAll(async () => {
  vi.stubEnv('LIVEKIT_URL', 'ws://127.0.0.1:9');
  vi.stubEnv('LIVEKIT_API_KEY', KEY);
  vi.stubEnv('LIVEKIT_API_SECRET', SECRET);
  web = await serveRoutes({
    [REPORT_PATH]: reports,
    '/api/agents': agents,
    '/api/health': health,
  });
});

afterAll(async () => {
  await web.close();
  vi.unstubAllEnvs();
});

const staging: WorkerReport = {
  worker: 'w1',
  agent: 'line-check',
  deployment: 'staging',
  version: '1',
  activeJobs: 1,
  maxJobs: 8,
  state: 'live',
};

async function send(sent: unknown, secret = SECRET, body = JSON.stringify(sent)) {
  const authorization = await signBody('report', JSON.stringify(sent), {
    LIVEKIT_API_KEY: KEY,
    LIVEKIT_API_SECRET: secret,
  });
  const headers = { 'content-type': 'application/json', authorization };
  return fetch(web.url + REPORT_PATH, { method: 'POST', headers, body });
}

const lineCheck = async () => {
  const answer = await (await fetch(`${web.url}/api/agents`)).json();
  expect(agentsAnswer.parse(answer)).toEqual(answer);
  return answer.agents.find((agent: { name: string }) => agent.name === 'line-check');
};

it('makes a deployment live on the page, and only that one', async () => {
  expect((await lineCheck()).deployments.map((one: { live: boolean }) => one.live)).toEqual([
    false,
    false,
  ]);
  const response = await send([staging]);
  expect([response.status, await response.text()]).toEqual([204, '']);
  expect(await lineCheck()).toEqual({
    name: 'line-check',
    ...{ title: 'Milo', source: 'code', public: false },
    person: 'Milo',
    role: 'line check',
    summary: expect.any(String),
    deployments: [
      {
        name: 'production',
        live: false,
        reports: true,
        workers: 0,
        activeJobs: 0,
        maxJobs: 0,
        problem: 'No worker is running',
        runs: [],
        failing: [],
        workerDetails: [],
      },
      {
        name: 'staging',
        live: true,
        reports: true,
        workers: 1,
        activeJobs: 1,
        maxJobs: 8,
        runs: [],
        failing: [],
        workerDetails: [{ worker: 'w1', version: '1', activeJobs: 1, maxJobs: 8, state: 'live' }],
      },
    ],
  });
});

it('needs the worker, its agent and its capacity, and shows nobody its rooms', async () => {
  const jobs = [{ room: 'lobby', identity: 'agent-AJ_1' }];
  const plain = { worker: 'w2', agent: 'line-check', maxJobs: 4 };
  expect((await send([{ ...plain, deployment: '', jobs }])).status).toBe(204);
  const [production] = (await lineCheck()).deployments;
  expect(production).toMatchObject({ name: 'production', live: true, activeJobs: 1, maxJobs: 4 });
  expect(JSON.stringify(production)).not.toContain('lobby');
  const refused = await send([{ worker: 'w2', agent: 'line-check' }]);
  expect(await refused.json()).toMatchObject({ errors: [{ pointer: '#/0/maxJobs' }] });
});

it('refuses unsigned, altered and invalid reports', async () => {
  const other = await send([staging], 'x'.repeat(32));
  expect(other.status).toBe(401);
  expect(other.headers.get('www-authenticate')).toBe('Bearer');
  const changed = JSON.stringify([{ ...staging, activeJobs: 8 }]);
  expect((await send([staging], SECRET, changed)).status).toBe(401);
  expect((await send([{ ...staging, state: 'fine' }])).status).toBe(400);
  expect((await send([])).status).toBe(400);
});

it('health responds with the version', async () => {
  const response = await fetch(`${web.url}/api/health`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok', version: packageJson.version });
});
