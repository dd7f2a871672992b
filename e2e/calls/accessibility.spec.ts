// Accessibility of the call page: each state at both widths and in both themes.

import { isAccessible } from '../support/accessibility';
import { ADA } from '../support/agents';
import { expect, test } from '../support/test';

test('every state of a call is accessible', async ({ caller }) => {
  const anna = await caller('/?deployment=staging');
  const { page } = anna;
  await isAccessible(page, 'start');

  // Holding back the token keeps the page in the state before the room.
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/api/token', async (route) => {
    await held;
    await route.continue();
  });
  await anna.start();
  await expect(anna.status).toHaveText('Connecting…');
  await isAccessible(page, 'connecting');
  release();

  await anna.hears(ADA);
  await anna.agentListens();
  await isAccessible(page, 'listening');
  await anna.end();
  await expect(anna.status).toHaveText('Call ended');
  await isAccessible(page, 'after the call');
});
