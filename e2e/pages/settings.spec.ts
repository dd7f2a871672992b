// Settings stored in the browser: the language, the theme, and what the call page shows. `every-page.spec.ts` opens all
// pages in both languages.
import { expect, test } from '@/e2e/support/test';

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

test.describe('with a German browser', () => {
  test.use({ locale: 'de-DE' });

  test('says before a call that the agent speaks English', async ({ page, stack }) => {
    await page.goto(stack.web);
    await expect(page.getByText('Dieser Agent spricht Englisch.')).toBeVisible();
  });
});

test('a chosen language applies at once, on every page and at the next visit', async ({
  page,
  stack,
}) => {
  await page.goto(new URL('/settings', stack.web).href);
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.getByRole('radio', { name: 'Deutsch' }).check();
  await expect(page.getByRole('heading', { name: 'Optionen', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page).toHaveTitle(/^Optionen/);

  await page.getByRole('link', { name: 'Verlauf', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Verlauf', level: 1 })).toBeVisible();
  await page.goto(new URL('/settings', stack.web).href);
  await expect(page.getByRole('radio', { name: 'Deutsch' })).toBeChecked();

  await page.getByRole('radio', { name: 'Automatisch' }).check();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});
