// A complete simulation, started on the page, with the real speech engines on both sides.
import { expect, test } from '@/e2e/support/test';

test('the page runs a simulation on both deployments, and links to its calls', async ({
  page,
  stack,
}) => {
  await page.goto(new URL('/agents/front-desk/simulations', stack.web).href);
  const choose = page.getByRole('region', { name: 'Run simulations' });
  await choose.getByRole('button', { name: /^None.*Basic$/ }).click();
  await choose.getByRole('checkbox', { name: 'Says where the practice is' }).check();
  await choose.getByLabel('Deployment').selectOption('production and staging');
  await choose.getByRole('button', { name: 'Make 2 calls' }).click();
  const live = page.getByRole('region', { name: 'In progress' });
  await expect(live.getByText('0 of 2 calls done')).toBeVisible();
  await expect(live).toBeHidden({ timeout: 100_000 });
  const row = page.getByRole('listitem').filter({ hasText: 'Says where the practice is' });
  await row.getByRole('button', { name: /^Show results/ }).click();
  await expect(row.getByRole('button', { name: /^staging: Run 1, passed/ })).toBeVisible();
  await row
    .getByRole('button', { name: /^production: Run 1, passed/ })
    .last()
    .click();
  await expect(row.getByText('What is your address?')).toBeVisible();
  await row.getByRole('link', { name: 'The call' }).click();
  await expect(page.getByRole('main')).toContainText('Simulation: Says where the practice is');
});
