// The start page before a call: what it says of the agents, and why a call cannot be started.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CallPage } from '@/components/call/call-page';
import { leaveCall } from '@/components/call/call-store';
import { answerWith, type Sent, show } from '@/components/testing/show';
import type { ListedAgent } from '@/lib/agents/agent';
import type { AgentsAnswer, DeploymentStatus } from '@/lib/agents/answers';
import type { Language } from '@/lib/core/language';
import { BUILT_IN } from '@/lib/core/model-names';

vi.mock(import('next/navigation'), async (load) => ({
  ...(await load()),
  usePathname: () => '/',
}));

// Next's bundles have `require`.
vi.mock(import('@/components/call/live-code'), async () => {
  const { code } = await import('@/components/call/live');
  return { liveCode: () => code };
});

const ADA: ListedAgent = {
  ...{ name: 'front-desk', person: 'Ada', deployments: ['production'] },
  ...{ role: '', summary: '', source: 'code', public: false },
};
const RUNS = { models: [BUILT_IN], stt: [], tts: [], voice: 'slt', tools: [], missing: [] };
const LIVE: DeploymentStatus = {
  ...{ name: 'production', live: true, reports: true, workers: 1, activeJobs: 0, maxJobs: 5 },
  ...{ runs: [RUNS], failing: [], workerDetails: [] },
};
const AGENTS: AgentsAnswer = { agents: [{ ...ADA, title: 'Ada', deployments: [LIVE] }] };

/** Answers requests for the agents, and refuses all others as if the server were away. */
const serve = (agents: () => unknown = () => AGENTS) =>
  answerWith(({ path }: Sent) => {
    if (path === '/api/agents') return Response.json(agents());
    throw new TypeError('Failed to fetch');
  });

const shown = (language: Language = 'en') =>
  show(
    <CallPage
      {...{ agent: undefined, deployment: undefined, firstAgent: undefined }}
      {...{ joinTimeoutMs: 5_000, serverUrl: 'ws://127.0.0.1:9', recorded: false }}
      monitored={false}
    />,
    { agents: [ADA], language },
  );

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => {
  leaveCall();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('takes no answer that is not about agents, and uses the next one', async () => {
  let answer: unknown = {};
  serve(() => answer);
  const page = await shown();
  const away = page.getByText('The server is not responding');
  await expect.element(away).toBeVisible();
  answer = AGENTS;
  // Pages ask at once when they become visible.
  document.dispatchEvent(new Event('visibilitychange'));
  await expect.element(away).not.toBeInTheDocument();
});

it('says that calls do not get through while LiveKit does not respond, and shows no agent as live', async () => {
  let livekitResponds = false;
  serve(() => ({ ...AGENTS, livekitResponds }));
  const page = await shown();
  const silent = page.getByText('calls do not get through');
  await expect.element(silent).toBeVisible();
  await expect.element(page.getByText('live', { exact: true })).not.toBeInTheDocument();
  livekitResponds = true;
  document.dispatchEvent(new Event('visibilitychange'));
  await expect.element(page.getByText('live', { exact: true })).toBeVisible();
  await expect.element(silent).not.toBeInTheDocument();
});

it('says before a call that the agent speaks English, on pages in other languages', async () => {
  serve();
  const page = await shown('de');
  await expect.element(page.getByText('Dieser Agent spricht Englisch.')).toBeVisible();
});

it('says that the browser cannot make calls, and asks for no token', async () => {
  vi.stubGlobal('RTCPeerConnection', undefined);
  const requests = serve();
  const page = await shown();
  await page.getByRole('button', { name: 'Start call' }).click();
  await expect.element(page.getByText('This browser cannot make calls')).toBeVisible();
  expect(requests.filter(({ path }) => path === '/api/token')).toEqual([]);
});

it.each<[string, () => void]>([
  [
    'before the call',
    () =>
      vi.stubGlobal(
        'Audio',
        class {
          constructor() {
            throw new TypeError('the page is broken');
          }
        },
      ),
  ],
  [
    'while it asks for a token',
    () =>
      vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
        throw new TypeError('the page is broken');
      }),
  ],
])('does not blame the server for an error of the page %s', async (_, breakPage) => {
  serve();
  const page = await shown();
  await expect.element(page.getByText('live')).toBeVisible();
  breakPage();
  await page.getByRole('button', { name: 'Start call' }).click();
  await expect.element(page.getByText('This page ran into an error')).toBeVisible();
  await expect.element(page.getByRole('main')).not.toHaveTextContent('server');
  const broken = expect.objectContaining({ message: 'the page is broken' });
  expect(console.error).toHaveBeenCalledWith(broken);
});

it('says that the server cannot be reached', async () => {
  serve();
  const page = await shown();
  await page.getByRole('button', { name: 'Start call' }).click();
  await expect.element(page.getByText('The server cannot be reached')).toBeVisible();
});
