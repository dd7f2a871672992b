// The pages in German: for a browser that asks for it and for whoever chose it, from the first byte,
// with nothing left in English and nothing wider than a phone.
import type { Page } from '@playwright/test';
import { ALL, textsOf } from '@/lib/text/testing/all-texts';
import { expect, test } from '../support/test';

const PAGES = [
  '/',
  '/calls',
  '/agents',
  '/agents/front-desk/rollout',
  '/doctor',
  '/settings',
  '/settings/rules',
  '/join/nothing',
  '/nowhere',
];

/** English sentences and titles that German says in other words. */
const ENGLISH = new Set(
  Object.entries(ALL).flatMap(([name, { en, de }]) => {
    const german = new Map(textsOf(de, name));
    const told = textsOf(en, name).filter(
      ([path, text]) => text.length > 3 && text !== german.get(path),
    );
    return told.map(([, text]) => text);
  }),
);

/** Lines to read that are English ones. */
async function englishOn(page: Page): Promise<string[]> {
  // biome-ignore lint/performance/useDomNodeTextContent: lines as they are seen
  const lines = (await page.locator('body').innerText()).split('\n').map((line) => line.trim());
  return lines.filter((line) => ENGLISH.has(line));
}

test.describe('with a German browser', () => {
  test.use({ locale: 'de-DE' });

  test('every page is German', async ({ page, stack }) => {
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    for (const path of PAGES) {
      const answer = await page.goto(new URL(path, stack.web).href);
      expect(await answer?.text(), path).toContain('<html lang="de"');
      await expect(page.getByRole('navigation', { name: 'Hauptmenü' })).toBeVisible();
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await englishOn(page), path).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, `${path}, ${width} px: pixels too wide`).toBeLessThanOrEqual(0);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('says before a call that the agent speaks English', async ({ page, stack }) => {
    await page.goto(stack.web);
    await expect(page.getByText('Dieser Agent spricht Englisch.')).toBeVisible();
  });
});

test('whoever chooses a language has it at once, on every page and the next time', async ({
  page,
  stack,
}) => {
  await page.goto(new URL('/settings', stack.web).href);
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.getByRole('radio', { name: 'Deutsch' }).check();
  await expect(page.getByRole('heading', { name: 'Optionen', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page).toHaveTitle(/^Optionen/);

  await page.getByRole('link', { name: 'Anrufe', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Anrufe', level: 1 })).toBeVisible();
  await page.goto(new URL('/settings', stack.web).href);
  await expect(page.getByRole('radio', { name: 'Deutsch' })).toBeChecked();

  await page.getByRole('radio', { name: 'Automatisch' }).check();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});
