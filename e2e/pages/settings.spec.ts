// Settings stored in the browser.
import { expect, test } from '../support/test';

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
