// Every page of the built product with calls and agents, in both languages: no server error, no error boundary, no
// console messages. English pages are accessible; German pages have no English text and fit on a phone.
// `accounts.spec.ts` opens them without data, signed in.
import type { Page } from '@playwright/test';
import { fitsWidth, isAccessible } from '@/e2e/support/accessibility';
import { openAll } from '@/e2e/support/every-page';
import { expect, test } from '@/e2e/support/test';
import { messagesOf, NAMESPACES, partsOf } from '@/lib/messages/testing/all-messages';

/** Pages without a link to them: people open them with a URL they were given, or by mistake. */
const ADDRESSES = [
  '/',
  '/account',
  '/admin/audit',
  '/admin/keys',
  '/admin/people',
  '/agents/front-desk',
  '/agents/front-desk/rollout',
  '/agents/front-desk/simulations',
  '/agents/front-desk/test',
  '/agents/front-desk/versions',
  '/agents/front-desk/workers',
  '/agents/nobody',
  '/agents/nobody/rollout',
  '/callers/nobody',
  '/calls/nothing',
  '/doctor?agent=front-desk',
  '/doctor?room=nowhere',
  '/embed?agent=front-desk',
  '/embed?agent=nobody',
  '/join/nothing',
  '/nowhere',
  '/password/nothing',
  '/privacy',
  '/sign-in',
  '/admin/telephone',
  '/sign-up/nothing',
];

/** Upper bound in milliseconds for all pages. */
const LIMIT_MS = 300_000;

/** English sentences and titles with a different German translation. */
const ENGLISH = new Set(
  NAMESPACES.flatMap((name) => {
    const german = new Map(messagesOf('de', name));
    const whole = messagesOf('en', name).filter(([, text]) => partsOf(text).names.length === 0);
    return whole
      .filter(([key, text]) => text.length > 3 && text !== german.get(key))
      .map(([, text]) => text);
  }),
);

/** Visible lines that are in English. */
async function englishOn(page: Page): Promise<string[]> {
  const lines = (await page.locator('body').innerText()).split('\n').map((line) => line.trim());
  return lines.filter((line) => ENGLISH.has(line));
}

/** Pages that belong to nothing in the navigation, or exist with accounts only. */
const ALONE = /^\/(account|embed|join|nowhere|password|privacy|sign-in|sign-up)\b/;

/** Buttons with an icon alone that do not say what they do on pointing at them. */
const untold = (page: Page) =>
  page
    .locator('button[aria-label]:not([title], [role="switch"])')
    .evaluateAll((all) =>
      all.filter((one) => !(one as HTMLElement).innerText.trim()).map(({ outerHTML }) => outerHTML),
    );

/** What scrolls up and down by a line's width alone: Firefox shows a bar for it. */
const scrollsByALine = (page: Page) =>
  page.locator('main *').evaluateAll((all) =>
    all
      .filter((one) => {
        const over = one.scrollHeight - one.clientHeight;
        return over > 0 && over <= 2 && /auto|scroll/.test(getComputedStyle(one).overflowY);
      })
      .map(({ outerHTML }) => outerHTML.slice(0, 200)),
  );

/**
 * Checks an English page: it is accessible, lights its place in the navigation, has at most one way back, and its icons
 * say what they do.
 */
async function isInPlace(page: Page, address: string): Promise<void> {
  await isAccessible(page, address);
  const lit = page.locator('header [aria-current]');
  // Some addresses lead to another page.
  await expect(lit, address).toHaveCount(ALONE.test(new URL(page.url()).pathname) ? 0 : 1);
  expect(await untold(page), address).toEqual([]);
  expect(await scrollsByALine(page), address).toEqual([]);
  expect(await page.locator('main .lucide-arrow-left').count(), address).toBeLessThan(2);
}

/** Checks a German page. */
async function isGerman(page: Page, address: string): Promise<void> {
  expect(await englishOn(page), address).toEqual([]);
  const fonts = page.evaluate(() => [...document.fonts].filter((one) => one.status === 'loaded'));
  expect(await fonts, address).toEqual([]);
  for (const width of [320, 390, 640, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await fitsWidth(page, `${address}, ${width} px`);
  }
}

/** Chromium's own way, because a route of Playwright turns the cache off. */
async function blockFonts(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setBlockedURLs', { urls: ['*.woff2'] });
}

for (const [locale, lang, look] of [
  ['en-GB', 'en', isInPlace],
  ['de-DE', 'de', isGerman],
] as const) {
  test.describe(locale, () => {
    test.use({ locale });

    test(`every page, ${lang}`, async ({ page, stack: { web } }) => {
      test.setTimeout(LIMIT_MS);
      // German pages fit before their fonts have loaded, too: the fallback font is wider.
      if (lang === 'de') await blockFonts(page);
      const { wrong, opened } = await openAll(page, { web, lang, addresses: ADDRESSES, look });
      expect(wrong).toEqual([]);
      expect(opened).toEqual(expect.arrayContaining(['/calls', '/agents', '/doctor', '/settings']));
    });
  });
}
