// What the header says of the call: the way back while it goes on, and which deployment is meant.
import { act } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CallBadge } from '@/components/call/call-badge';
import { callStore, leaveCall } from '@/components/call/call-store';
import { CallView } from '@/components/call/call-view';
import { chooseDeployment } from '@/components/settings/choice';
import { Header } from '@/components/shell/header';
import { snapshot, testSession } from '@/components/testing/call';
import { answerWith, show } from '@/components/testing/show';

const at = vi.hoisted(() => ({ path: '/' }));
vi.mock(import('next/navigation'), async (load) => ({
  ...(await load()),
  usePathname: () => at.path,
}));

beforeEach(() => void answerWith(() => Response.json({ agents: [] })));
afterEach(() => {
  leaveCall();
  chooseDeployment(undefined);
  vi.unstubAllGlobals();
});

/** The header on a page, during a call to this deployment. */
function header(path: string, deployment?: string) {
  at.path = path;
  if (deployment) {
    const session = testSession(deployment);
    callStore.set({ phase: 'live', session, View: CallView, Badge: CallBadge });
  }
  return show(<Header />, { rights: ['call', 'history', 'dispatch'] });
}

it('leads back to a call while it goes on, and not after its end', async () => {
  const page = await header('/calls', 'production');
  const back = page.getByRole('link', { name: 'Back to the call' });
  await expect.element(back).toHaveAttribute('href', '/');
  const call = callStore.get();
  if (call.phase === 'live') act(() => call.session.end('left'));
  await expect.element(back).not.toBeInTheDocument();
  await expect.element(page.getByRole('timer')).not.toBeInTheDocument();
});

it.each<[string, string, string | undefined, string | undefined, string | undefined]>([
  ['on the start page', '/', 'staging', undefined, 'Calls go to staging. Change in Settings'],
  ['in Settings', '/settings', 'staging', undefined, 'Calls go to staging.'],
  ['on staging', '/', undefined, 'staging', 'This call uses staging.'],
  ['on production', '/', 'staging', 'production', undefined],
  ['on the page of another call', '/calls/c1', undefined, 'staging', undefined],
])('says where calls go %s', async (_, path, chosen, call, said) => {
  chooseDeployment(chosen);
  const page = await header(path, call);
  const banner = page.getByText(/^(Calls go|This call)/);
  await expect
    .poll(() => document.documentElement.hasAttribute('data-staging'))
    .toBe(Boolean(said));
  if (said) await expect.element(banner).toHaveTextContent(said);
});

it('says that a traffic split sent the caller to where the agent runs', async () => {
  const session = testSession('production');
  const call = snapshot(session, 'listening', { reported: 'staging', share: 'staging' });
  session.end('left');
  session.state.set(call);
  const page = await show(<CallBadge session={session} awayFrom={undefined} />, {
    rights: ['watch'],
  });
  await expect.element(page.getByText('staging ✓ · traffic split')).toBeVisible();
});
