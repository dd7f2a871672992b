// The pages as everyone can use them: on a desk and 320 px wide, in both themes, without an accessibility violation.
import { isAccessible } from '../support/accessibility';
import { expect, test } from '../support/test';

const PAGES = [
  '/',
  '/settings',
  '/settings/rules',
  '/calls',
  '/agents?window=week',
  '/agents/front-desk/rollout',
  '/rehearsals',
  '/calls/nothing',
  '/join/nothing',
  '/nowhere',
  '/embed?agent=front-desk',
  '/embed?agent=nobody',
];

test('every page is accessible', async ({ page, stack }) => {
  const { calls } = await (await fetch(new URL('/api/calls', stack.web))).json();
  for (const path of [...PAGES, `/calls/${calls[0].id}`]) {
    await page.goto(new URL(path, stack.web).href);
    await isAccessible(page, path);
  }
});

test('settings are remembered in the browser', async ({ page, stack }) => {
  await page.goto(new URL('/settings', stack.web).href);
  const captions = page.getByRole('switch', { name: 'Captions' });
  const before = await captions.isChecked();
  await captions.click();
  await page.getByRole('radio', { name: 'Dark' }).click();
  await page.reload();
  await expect(page.locator('html')).toHaveClass(/dark/);
  await expect(captions).toBeChecked({ checked: !before });
});
