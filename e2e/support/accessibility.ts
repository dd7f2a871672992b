// Checks that a page has no accessibility violations in both themes, and is no wider than its window.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

/** Each theme and each width once: layout does not depend on the theme, and colors do not depend on the width. */
const WINDOWS = [
  { width: 1280, theme: 'light' },
  { width: 320, theme: 'dark' },
] as const;
/** Evaluated through Playwright, because the page's Content-Security-Policy allows no injected script. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Checks that nothing on the page is wider than its window. @param state names it in a failure */
export async function fitsWidth(page: Page, state: string): Promise<void> {
  const overflow = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  // After the window has been resized, sizes in `vw` follow with the next frame.
  await expect.poll(overflow, { message: `${state}: pixels too wide` }).toBeLessThanOrEqual(0);
}

/** Checks that no label of the navigation is cut off, on phones, tablets and laptops. */
export async function hasWholeLabels(page: Page): Promise<void> {
  for (const width of [320, 360, 390, 480, 640, 768, 1280]) {
    await page.setViewportSize({ width, height: 720 });
    const cut = () =>
      page
        .getByRole('banner')
        .getByRole('link')
        .locator('span')
        .evaluateAll((all) =>
          all
            .filter((one) => one.clientWidth > 1 && one.scrollWidth > one.clientWidth)
            .map((one) => one.textContent),
        );
    await expect.poll(cut, { message: `${width} px` }).toEqual([]);
  }
}

/** Checks the page in its current state. @param state names it in a failure */
export async function isAccessible(page: Page, state: string): Promise<void> {
  await page.evaluate(AXE);
  for (const { width, theme } of WINDOWS) {
    await page.setViewportSize({ width, height: 720 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveClass(new RegExp(theme));
    const { violations } = await page.evaluate(() =>
      (window as unknown as { axe: typeof import('axe-core') }).axe.run({
        resultTypes: ['violations'],
      }),
    );
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`);
    expect(found, `${state}, ${width} px, ${theme}`).toEqual([]);
    await fitsWidth(page, `${state}, ${width} px`);
  }
}
