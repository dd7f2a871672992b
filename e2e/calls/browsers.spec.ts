// Calls in browsers that lack something, or change the page: without media devices, as on http in a company network; with
// an error in the page; and translated by the browser.
import type { BrowserContext, Page } from '@playwright/test';
import { ADDRESS, ASK_ADDRESS } from '@/e2e/support/agents';
import { Caller } from '@/e2e/support/caller';
import { rooms } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';

const button = (page: Page, name: string) => page.getByRole('button', { name });

/** Errors of pages from now on. */
function errorsIn(context: BrowserContext): string[] {
  const errors: string[] = [];
  context.on('weberror', (error) => errors.push(String(error.error())));
  return errors;
}

const transcriptOf = (page: Page) => page.getByRole('log', { name: 'Transcript' });

async function asksByText(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(ASK_ADDRESS);
  await page.keyboard.press('Enter');
  await expect(transcriptOf(page)).toContainText(ADDRESS);
}

test('a page that may not use media devices makes a text call, and says why', async ({
  context,
  stack,
}) => {
  const errors = errorsIn(context);
  await context.addInitScript(() => {
    const remove = (from: object, ...names: string[]) => {
      for (const name of names) Object.defineProperty(from, name, { get: () => undefined });
    };
    // What insecure or locked-down pages lack, or are denied.
    remove(Navigator.prototype, 'mediaDevices', 'permissions', 'locks', 'clipboard', 'wakeLock');
    remove(Navigator.prototype, 'serviceWorker', 'share');
    remove(window, 'AudioContext', 'MediaRecorder', 'Notification', 'IntersectionObserver');
    remove(window, 'BroadcastChannel', 'caches', 'indexedDB');
    remove(crypto, 'subtle');
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    for (const denied of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, denied, {
        get() {
          throw new DOMException('Denied', 'SecurityError');
        },
      });
    }
  });
  const page = await context.newPage();
  await page.goto(stack.web);
  await button(page, 'Start call').click();
  await expect(transcriptOf(page)).toContainText('How can I help?');
  await expect(page.getByText('This browser offers no microphone')).toBeVisible();
  await asksByText(page);
  await button(page, 'End call').click();
  await expect(page.getByRole('status')).toHaveText('Call ended');
  expect(errors).toEqual([]);
});

test('a page that crashes in a call says that the call goes on, and ends it', async ({
  context,
  stack,
}) => {
  // The transcript needs it.
  await context.addInitScript(() => {
    const original = window.ResizeObserver;
    Object.assign(window, {
      ResizeObserver: undefined,
      repair: () => Object.assign(window, { ResizeObserver: original }),
    });
  });
  const anna = await Caller.open(context, stack, '/', 'device');
  const { page } = anna;
  await button(page, 'Start call').click();
  await expect(page.getByText('Your call goes on.')).toBeVisible();
  await page.evaluate(() => (window as unknown as { repair(): void }).repair());
  await button(page, 'Back to the call').click();
  await expect(anna.transcript).toContainText('How can I help?');
  await asksByText(page);

  // Again, while it is on: the summary of the next call is not there.
  await page.evaluate(() => Object.assign(window, { ResizeObserver: undefined }));
  await page.getByRole('link', { name: 'Agents' }).click();
  await page.getByRole('link', { name: 'Back to the call' }).click();
  await expect(page.getByText('Your call goes on.')).toBeVisible();
  await button(page, 'End call').click();
  await expect(page.getByText('Your call goes on.')).toHaveCount(0);
  await expect.poll(() => rooms(stack).listRooms([anna.room])).toEqual([]);
});

/**
 * Translates texts as long as the page is open: as Chrome does, two <font> elements take the place of each; as Safari does,
 * another text does, and another element that of each that has texts beside it; as Firefox does, all are taken out of their
 * element before they return.
 */
function translate(): void {
  const isKept = (text: Node) =>
    Boolean(text.parentElement?.closest('[translate=no], .notranslate, script, style, textarea'));
  const ours = new WeakSet<Node>();
  let how = 'Chrome';
  const one = (text: Node) => {
    const words = text.nodeValue ?? '';
    const parent = text.parentElement;
    if (!words.trim() || !parent || isKept(text) || ours.has(text)) return;
    const translated = document.createTextNode(`«${words}»`);
    ours.add(translated);
    if (how === 'Chrome') {
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      inner.append(translated);
      outer.append(inner);
      text.parentNode?.replaceChild(outer, text);
      return;
    }
    const nodes = [...parent.childNodes].map((node) => (node === text ? translated : node));
    if (how === 'Firefox') for (const node of [...parent.childNodes].reverse()) node.remove();
    parent.replaceChildren(...nodes);
  };
  const below = (root: Node) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found: Node[] = [];
    while (texts.nextNode()) found.push(texts.currentNode);
    if (root.nodeType === Node.TEXT_NODE) found.push(root);
    for (const text of found) one(text);
  };
  const begin = () => {
    document.documentElement.lang = 'fr';
    below(document.body);
    new MutationObserver((records) => {
      for (const { target, addedNodes } of records)
        for (const node of [target, ...addedNodes]) below(node);
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  };
  const translatePage = (as: string) => {
    const isFirst = how === 'Chrome' && document.documentElement.lang !== 'fr';
    how = as;
    if (isFirst) begin();
  };
  Object.assign(window, { translatePage });
}

const translateAs = (page: Page, browser: 'Chrome' | 'Safari' | 'Firefox') =>
  page.evaluate(
    (as) => (window as unknown as { translatePage(as: string): void }).translatePage(as),
    browser,
  );

test('a translated text that comes and goes beside another one', async ({ context, stack }) => {
  const errors = errorsIn(context);
  await context.addInitScript(translate);
  const page = await context.newPage();
  await page.goto(`${stack.web}/calls?agent=nobody`);
  const nothing = page.getByRole('main').locator('p', { hasText: 'No calls match' });
  const search = page.getByRole('searchbox');
  await search.fill('x');
  await expect(nothing).toContainText('filters: ');
  for (const browser of ['Chrome', 'Safari', 'Firefox'] as const) {
    await translateAs(page, browser);
    for (const words of ['zebra', '', 'giraffe', 'zebra']) {
      await search.fill(words);
      await expect(nothing, browser).toContainText(words ? 'filters: ' : 'filter: ');
      await expect(nothing, browser).toContainText('«');
      const hints = (await nothing.innerText()).match(/The search looks/g) ?? [];
      expect(hints.length, browser).toBe(words ? 1 : 0);
    }
  }
  expect(errors).toEqual([]);
});

test('a call on a page that the browser translates: live texts go on, the rest is translated', async ({
  context,
  stack,
}) => {
  const errors = errorsIn(context);
  await context.addInitScript(translate);
  const anna = await Caller.open(context, stack, '/', 'test');
  const { page } = anna;
  // The page is awake: React compares what it finds with what the server has sent.
  await expect(page.getByText('live', { exact: true }).first()).toBeVisible();
  await translateAs(page, 'Chrome');
  await button(page, 'Start call').click();
  await expect(anna.transcript).toContainText('How can I help?');
  await expect(anna.status).toHaveText('Listening');
  await anna.asks(ASK_ADDRESS, ADDRESS);
  await expect(anna.transcript).toContainText(ADDRESS);
  await expect(anna.transcript).not.toContainText('«');
  await expect(page.getByRole('heading', { name: 'Ada' })).toHaveText('Ada');
  await expect(page.getByRole('timer')).not.toHaveText('0:00');
  await expect(page.getByRole('heading', { name: 'Transcript' })).toHaveText('«Transcript»');
  // Other pages are walked while they are translated.
  const walks = { Agents: 'Chrome', Admin: 'Firefox', Calls: 'Safari' } as const;
  for (const [name, browser] of Object.entries(walks)) {
    await translateAs(page, browser);
    await page.getByRole('navigation').getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^«.+»$/);
  }
  await page.getByRole('link', { name: 'Back to the call' }).click();
  // Other pages have a button for it too.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ada');
  await button(page, 'End call').click();
  await expect(anna.status).toContainText('Call ended');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('«');
  await expect(anna.transcript).toContainText('«');
  expect(errors).toEqual([]);
});
