// A call that is over, or interrupted: what is said of it, and what can be done.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CallView } from '@/components/call/call-view';
import { InterruptedView } from '@/components/call/interrupted-view';
import type { CallSnapshot } from '@/components/call/session/call-snapshot';
import { snapshot, testSession } from '@/components/testing/call';
import { answerWith, show } from '@/components/testing/show';

vi.mock(import('next/navigation'), async (load) => ({
  ...(await load()),
  usePathname: () => '/',
}));

beforeEach(() => void answerWith(() => Response.json({})));
afterEach(() => void vi.unstubAllGlobals());

const over = (change: Partial<CallSnapshot>) => {
  const session = testSession();
  session.state.set(snapshot(session, 'ended', { endedAt: Date.now(), ...change }));
  return show(<CallView session={session} onStart={async () => {}} />);
};

it('does not say of a call that never was that it ended', async () => {
  const page = await over({ connectedAt: undefined, end: { reason: 'unreachable' } });
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent('could not start');
  await expect.element(page.getByText('Call ended')).not.toBeInTheDocument();
  await expect.element(page.getByRole('heading', { name: 'Transcript' })).not.toBeInTheDocument();
  expect(document.title).toMatch(/^The call could not start/);
});

it('says of a call that it ended', async () => {
  const page = await over({ end: { reason: 'left' } });
  await expect.element(page.getByRole('status')).toHaveTextContent('Call ended');
  await expect.element(page.getByRole('heading', { name: 'Transcript' })).toBeVisible();
});

it('offers to end an interrupted call, and says if that fails', async () => {
  const session = testSession();
  const call = { ...snapshot(session, 'listening'), startedAt: Date.now() };
  const { order } = session;
  const was = { order, serverUrl: 'ws://127.0.0.1:9', token: 'token', at: Date.now(), call };
  const page = await show(<InterruptedView was={was} onStart={async () => {}} />);
  await expect.element(page.getByRole('button', { name: 'Return to the call' })).toBeVisible();
  await page.getByRole('button', { name: 'End call' }).click();
  await expect.element(page.getByRole('alert')).toHaveTextContent('could not be ended');
});
