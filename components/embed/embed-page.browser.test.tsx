// A call in a frame on another site: its color, and what callers are told before.
// biome-ignore lint/style/noRestrictedImports: the colors, which are the subject
import '@/app/globals.css';
import { beforeEach, expect, it, vi } from 'vitest';
import { EmbedPage } from '@/components/embed/embed-page';
import { answerWith, show } from '@/components/testing/show';
import type { ListedAgent } from '@/lib/agents/agent';

vi.mock(import('next/navigation'), async (load) => ({
  ...(await load()),
  usePathname: () => '/embed',
}));

const ADA: ListedAgent = {
  ...{ name: 'front-desk', person: 'Ada', deployments: ['production'] },
  ...{ role: '', summary: '', source: 'code', public: true },
};

beforeEach(() => void answerWith(() => Response.json({})));

it('has its color on the dark stage too, and says what is recorded and monitored', async () => {
  const start = { joinTimeoutMs: 1, serverUrl: '', recorded: true, monitored: true };
  const page = await show(
    <>
      <EmbedPage agent="front-desk" color="#7a3fd0" language={undefined} {...start} />
      <p className="dark">stage</p>
    </>,
    { agents: [ADA] },
  );
  const stage = getComputedStyle(page.getByText('stage').element());
  for (const name of ['--primary', '--primary-hover']) {
    expect(stage.getPropertyValue(name)).toContain('#7a3fd0');
  }
  await expect.element(page.getByText('The sound is recorded. This call may be')).toBeVisible();
  const privacy = page.getByRole('link', { name: 'Privacy' });
  await expect.element(privacy).toHaveAttribute('target', '_blank');
});
