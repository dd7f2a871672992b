// What the start page loads: style sheets, and JavaScript in its HTML and with everything that is prefetched while no pointer
// is near.
import { gzipSync } from 'node:zlib';
import { expect, test } from '@/e2e/support/test';

/** Whole kilobytes, compressed with gzip. docs/performance.md has what is measured. */
const FIRST_MAX = 180;
const ALL_MAX = 370;

/** In the code of LiveKit's client alone. */
const LIVEKIT = '"livekit.SignalRequest"';

/** Paths of the scripts in a page as it is sent. Browsers that know modules leave out those with `nomodule`. */
const scriptsIn = (html: string): string[] =>
  [...html.matchAll(/<script\b[^>]*>/g)]
    .filter(([tag]) => !/\snomodule\b/i.test(tag))
    .flatMap(([tag]) => /\ssrc="([^"]+)"/.exec(tag)?.[1] ?? []);

const kilobytes = (bodies: Iterable<Buffer>): number =>
  Math.round([...bodies].reduce((sum, body) => sum + gzipSync(body).length, 0) / 1_000);

test('the start page loads little, and prefetches what most calls need and no more', async ({
  page,
  stack,
}) => {
  const loading = new Map<string, Promise<Buffer>>();
  const pages: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (searchParams.has('_rsc')) pages.push(pathname);
    if (request.resourceType() !== 'script') return;
    const body = request.response().then((response) => response?.body() ?? Buffer.of());
    // A request that fails fails the test below, where it is awaited.
    body.catch(() => {});
    loading.set(pathname, body);
  });
  const html = (await (await page.goto(stack.web))?.text()) ?? '';
  expect(html.match(/<link [^>]*rel="stylesheet"/g), 'the paint waits for each').toHaveLength(1);
  const first = scriptsIn(html);
  expect(first.length).toBeGreaterThan(0);
  const bodies = await Promise.all(first.map((path) => loading.get(path) ?? Buffer.of()));
  expect(bodies.filter((body) => body.length === 0)).toEqual([]);
  expect(kilobytes(bodies)).toBeLessThanOrEqual(FIRST_MAX);

  // The code of a call is requested all at once, LiveKit's client with it.
  const all = () => Promise.all(loading.values());
  await expect.poll(async () => (await all()).some((body) => body.includes(LIVEKIT))).toBe(true);
  expect(kilobytes(await all())).toBeLessThanOrEqual(ALL_MAX);
  expect(pages, 'pages that are prefetched').toEqual([]);
  const links = page.getByRole('navigation').first();
  await links.getByRole('link', { name: 'Calls' }).hover();
  await expect.poll(() => pages).toContain('/calls');
  await links.getByRole('link', { name: 'Agents' }).focus();
  await expect.poll(() => pages).toContain('/agents');
});
