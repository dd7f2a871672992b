// Accessibility of the call page before and during a call. `screens.spec.ts` checks it with a colleague, interrupted and
// after the call, and `pages/every-page.spec.ts` the start page.

import { isAccessible } from '@/e2e/support/accessibility';
import { ADA } from '@/e2e/support/agents';
import { hold } from '@/e2e/support/hold';
import { expect, test } from '@/e2e/support/test';

test('a call is accessible while it connects and while the agent listens', async ({ caller }) => {
  const anna = await caller('/?deployment=staging');
  const { page } = anna;
  // Holding back the token keeps the page in the state before the room.
  const release = await hold(page, '**/api/token');
  await anna.start();
  await expect(anna.status).toHaveText('Connecting…');
  await isAccessible(page, 'connecting');
  release();

  await anna.hears(ADA);
  await anna.agentListens();
  await isAccessible(page, 'listening');
  await anna.end();
});
