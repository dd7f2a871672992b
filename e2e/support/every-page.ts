// Opens every page by its URL and by every link to it, and expands everything on it. Other buttons that open a page (sign
// in and out, delete a call) are covered by their own tests.
import { expect, type Page } from '@playwright/test';

/** A page's path and query without ids and values: each kind of page is opened once. */
const kindOf = ({ pathname, searchParams }: URL) =>
  `${pathname.replace(/^\/(calls|callers)\/.+/, '/$1/…').replace(/^\/agents\/[^/]+/, '/agents/…')}?${[...searchParams.keys()].sort()}`;

interface Visit {
  /** URL of the product. */
  readonly web: string;
  /** Language of the browser. */
  readonly lang: 'en' | 'de';
  readonly addresses: readonly string[];
  /** Additional check of a page; `address` names it in a failure. */
  readonly look?: (page: Page, address: string) => Promise<void>;
}

/**
 * Opens the given pages and everything they link to.
 * @returns problems (server errors, error boundaries, console messages) and the paths of the pages
 */
export async function openAll(page: Page, { web, lang, addresses, look }: Visit) {
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // Chromium's message about a failed request, which is checked below.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    wrong.push(`${page.url()}: ${message.text()}`);
  });
  page.on('response', (answer) => {
    if (answer.status() >= 500) wrong.push(`${page.url()}: ${answer.status()} ${answer.url()}`);
  });
  const left = addresses.map((path) => new URL(path, web));
  const known = new Set(left.map(kindOf));
  for (const url of left) {
    const answer = await page.goto(url.href);
    // Next.js renders some not-found pages in the browser.
    if (answer?.ok()) expect(await answer.text(), url.href).toContain(`<html lang="${lang}"`);
    await expect(page.locator('html'), url.href).toHaveAttribute('lang', lang);
    await expect(page.getByRole('main'), url.href).toBeVisible();
    await look?.(page, url.href);
    const folded = page.locator('summary, main button[aria-expanded="false"]');
    await folded.evaluateAll((all) => {
      for (const one of all) (one as HTMLElement).click();
    });
    const links = await page.locator('a[href]').evaluateAll((all) =>
      // `download` links and API URLs are files, not pages.
      all.flatMap((one) => (one.hasAttribute('download') ? [] : [(one as HTMLAnchorElement).href])),
    );
    for (const link of links.map((href) => new URL(href))) {
      if (link.origin !== url.origin || link.pathname.startsWith('/api/')) continue;
      if (known.has(kindOf(link))) continue;
      known.add(kindOf(link));
      left.push(link);
    }
  }
  return { wrong, opened: left.map(({ pathname }) => pathname) };
}
