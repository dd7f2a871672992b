import { test } from './support/test';

test('shots', async ({ page }) => {
  for (const [name, width, scheme, lang] of [
    ['light', 1280, 'light', 'en'],
    ['dark', 1280, 'dark', 'de'],
    ['phone', 375, 'light', 'de'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await page
      .context()
      .addCookies([
        {
          name: 'language',
          value: lang,
          url: page.url().startsWith('http')
            ? page.url()
            : (await import('./support/stack')).loadStack().web,
        },
      ]);
    await page.goto((await import('./support/stack')).loadStack().web + '/rehearsals');
    await page.locator('button[aria-expanded]').last().click();
    await page.screenshot({ path: `/tmp/rehearse-shot-${name}.png`, fullPage: true });
  }
});
