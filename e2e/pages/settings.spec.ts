// Settings are stored in the browser: the theme, what the call page shows, and the language, which the server reads.
// `every-page.spec.ts` opens all pages in both languages.
import { hasWholeLabels } from '@/e2e/support/accessibility';
import { expect, test } from '@/e2e/support/test';

test('settings apply at once, and are remembered on every page', async ({ page, stack }) => {
  await page.goto(new URL('/settings', stack.web).href);
  const captions = page.getByRole('switch', { name: /^(Captions|Untertitel)$/ });
  const before = await captions.isChecked();
  await captions.click();
  await page.getByRole('radio', { name: 'Dark' }).click();
  await page.getByRole('radio', { name: 'Deutsch' }).check();
  await expect(page.getByRole('heading', { name: 'Optionen', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page).toHaveTitle(/^Optionen/);
  await hasWholeLabels(page);

  await page.getByRole('link', { name: 'Anrufe', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Anrufe', level: 1 })).toBeVisible();
  await page.goto(new URL('/settings', stack.web).href);
  await expect(page.locator('html')).toHaveClass(/dark/);
  await expect(captions).toBeChecked({ checked: !before });
  await expect(page.getByRole('radio', { name: 'Deutsch' })).toBeChecked();

  await page.getByRole('radio', { name: 'Automatisch' }).check();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await hasWholeLabels(page);
});
