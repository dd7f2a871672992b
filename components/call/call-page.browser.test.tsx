// The start page before a call: what it says of the agents, and why a call cannot be started.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { leaveCall } from '@/components/call/call-store';
import { AGENTS, serve, showCallPage } from '@/components/testing/call-page';

vi.mock(import('next/navigation'), async (load) => ({
  ...(await load()),
  usePathname: () => '/',
}));

// Next's bundles have `require`.
vi.mock(import('@/components/call/live-code'), async () => {
  const { code } = await import('@/components/call/live');
  return { liveCode: () => code };
});

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => {
  leaveCall();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('takes no answer that is not about agents, and uses the next one', async () => {
  let answer: unknown = {};
  serve(() => answer);
  const page = await showCallPage();
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
  const page = await showCallPage();
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
  const page = await showCallPage('de');
  await expect.element(page.getByText('Dieser Agent spricht Englisch.')).toBeVisible();
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
  const page = await showCallPage();
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
  const page = await showCallPage();
  await page.getByRole('button', { name: 'Start call' }).click();
  await expect.element(page.getByText('The server cannot be reached')).toBeVisible();
});
