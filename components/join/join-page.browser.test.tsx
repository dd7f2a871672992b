// An invitation: what the invited person is told before joining.
import { beforeEach, expect, it, vi } from 'vitest';
import { JoinPage } from '@/components/join/join-page';
import { answerWith, show } from '@/components/testing/show';

vi.mock(import('next/navigation'), async (load) => ({
  ...(await load()),
  usePathname: () => '/join/x',
}));

beforeEach(() => void answerWith(() => Response.json({})));

it('says before joining what is recorded and monitored, and where to read more', async () => {
  const seen = { takeover: 'leave', expires_at: '2030-01-01T00:00:00Z', agent: undefined } as const;
  const start = { joinTimeoutMs: 1, serverUrl: '', recorded: true, monitored: true };
  const page = await show(
    <JoinPage invitation="x" seen={seen as never} agent={undefined} start={start} />,
  );
  await expect.element(page.getByText('The sound is recorded. This call may be')).toBeVisible();
  const privacy = page.getByRole('link', { name: 'Privacy' });
  await expect.element(privacy).toHaveAttribute('href', '/privacy');
});
