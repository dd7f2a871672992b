// A colleague joins the call with an invitation, in another browser. The agent leaves, and can be called back.
import { ADA, ADDRESS, ASK_ADDRESS } from '@/e2e/support/agents';
import { Caller } from '@/e2e/support/caller';
import { takesOver } from '@/e2e/support/conversations';
import { expect, test } from '@/e2e/support/test';

test('a colleague takes over: sees what was said, and is heard; the agent is called back', async ({
  caller,
  browser,
  stack,
}) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  await anna.asks(ASK_ADDRESS, ADDRESS);
  const [asked = ''] = await anna.transcript.locator('[data-speaker=you] p').allInnerTexts();
  const url = await anna.invite();
  await anna.page.getByRole('button', { name: 'Close' }).click();

  const context = await browser.newContext({ permissions: ['microphone'] });
  const ben = await Caller.open(context, stack, url);
  await takesOver(ben, anna, asked);

  // The link works only once.
  const second = await Caller.open(await browser.newContext(), stack, url);
  await expect(second.page.getByRole('heading', { level: 1 })).toHaveText(/was used/);
  await second.page.context().close();

  await ben.page.getByRole('button', { name: 'Leave call' }).click();
  await context.close();
  await expect(anna.transcript).toContainText('Ben left');
  await anna.markNow();
  await anna.page.getByRole('button', { name: 'Call Ada back' }).click();
  await anna.hears(/back/i);
  await anna.agentListens();
  await anna.asks(ASK_ADDRESS, ADDRESS);
  await anna.end();
});
