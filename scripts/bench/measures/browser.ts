// What a caller sees and hears in a browser.
import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { sumBy } from 'es-toolkit';
import { translator } from '@/lib/messages/messages';
import type { Bench } from '@/scripts/bench/support/bench';
import { PageCall, type Seen } from '@/scripts/bench/support/page-call';
import { type Exchange, QUESTIONS } from '@/scripts/bench/support/speech-segments';
import { answerParts, byPart, lastCall, type Parts, setUp } from '@/scripts/bench/support/timeline';
import type { Finding } from '@/scripts/bench/table';

/**
 * What a page loads in a new browser: compressed kilobytes of JavaScript until it has loaded, and with all that is
 * prefetched for a click; and the milliseconds until the first contentful paint.
 */
export type PageLoad = Awaited<ReturnType<typeof loadPage>>;

async function kilobytes(scripts: readonly Promise<Buffer>[]): Promise<number> {
  const bodies = await Promise.all(scripts);
  return sumBy(bodies, (body) => gzipSync(body).length) / 1_000;
}

/** Opens a page with a button "Start call" as a new visitor. */
export async function loadPage(browser: Browser, url: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const scripts: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body());
  });
  await page.goto(url, { waitUntil: 'load' });
  const first = await kilobytes(scripts);
  const paint = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  );
  await page.getByRole('button', { name: 'Start call' }).hover();
  await page.waitForLoadState('networkidle');
  const all = await kilobytes(scripts);
  const found = { first, all, paint: (await paint.jsonValue()) ?? Number.NaN };
  await context.close();
  return found;
}

/** The start page in a new browser: the amount of JavaScript it loads, and its first paint. */
export async function page(bench: Bench): Promise<Finding[]> {
  const { web } = await bench.stack();
  const browser = await bench.browser();
  const loads: PageLoad[] = [];
  for (let run = 0; run < bench.runs; run += 1) loads.push(await loadPage(browser, web));
  return [
    {
      what: 'JavaScript on first load of /, gzip',
      unit: 'KB',
      values: loads.map(({ first }) => first),
      target: { median: 180 },
    },
    {
      what: 'JavaScript of / with all that is prefetched, gzip',
      unit: 'KB',
      values: loads.map(({ all }) => all),
      target: { median: 370 },
    },
    {
      what: 'first contentful paint of /',
      unit: 'ms',
      values: loads.map(({ paint }) => paint),
      target: { median: 200 },
    },
  ];
}

const t = translator('en', 'call');
/** Statuses of the page once the agent has joined. */
const THERE = (['joined', 'listening', 'thinking', 'speaking'] as const).map((code) =>
  t(`status.${code}`),
);

type FromClick = ReturnType<typeof fromClick>;

function fromClick({ clickedAt = Number.NaN, seenAt, statuses, heard }: Seen) {
  const joined = statuses.find(({ text, at }) => at >= clickedAt && THERE.includes(text));
  return {
    seen: (seenAt ?? Number.NaN) - clickedAt,
    joined: (joined?.at ?? Number.NaN) - clickedAt,
    heard: (heard[0] ?? Number.NaN) - clickedAt,
  };
}

/** From the click on Start call to what the caller sees and hears. */
export async function click(bench: Bench): Promise<Finding[]> {
  const calls: FromClick[] = [];
  const parts: Parts[] = [];
  await bench.idle();
  for (let run = 0; run < bench.runs; run += 1) {
    const since = Date.now();
    const caller = await PageCall.open(bench);
    await caller.start();
    await caller.greeted();
    // The page shows that the agent has joined a moment before or after its first audio.
    await caller.finished();
    calls.push(fromClick(await caller.seen()));
    await caller.end();
    parts.push(setUp(await lastCall(bench, since)));
  }
  const all = (name: keyof FromClick) => calls.map((call) => call[name]);
  return [
    {
      what: 'click → visible answer of the page',
      unit: 'ms',
      values: all('seen'),
      target: { median: 50 },
    },
    {
      what: 'click → agent joined, as the page says',
      unit: 'ms',
      values: all('joined'),
      target: { median: 250 },
    },
    {
      what: 'click → first agent audio in the browser',
      unit: 'ms',
      values: all('heard'),
      target: { median: 600, p95: 900 },
    },
    ...byPart(parts).map(
      ([name, values]): Finding => ({
        what: `  request → ${name} done`,
        unit: 'ms',
        values,
        note: 'by the timeline',
      }),
    ),
  ];
}

/** Number of questions per call: longer conversations would not be typical. */
const PER_CALL = 5;

/** From the end of the caller's speech to the agent's first audio, with its parts according to the call's timeline. */
export async function answer(bench: Bench): Promise<Finding[]> {
  const delays: number[] = [];
  const parts: Parts[] = [];
  let asked = 0;
  await bench.idle();
  while (asked < bench.runs) {
    const since = Date.now();
    const caller = await PageCall.open(bench);
    await caller.start();
    await caller.greeted();
    await caller.finished();
    const exchanges: Exchange[] = [];
    for (let turn = 0; turn < PER_CALL && asked < bench.runs; turn += 1) {
      const question = QUESTIONS[asked % QUESTIONS.length] as string;
      asked += 1;
      const found = await caller.asks(question);
      if (found) exchanges.push(found);
    }
    await caller.end();
    delays.push(...exchanges.map(({ askedAt, heardAt }) => heardAt - askedAt));
    const timeline = await lastCall(bench, since);
    parts.push(...exchanges.map((one) => answerParts(timeline, one)));
  }
  const early = delays.filter((delay) => delay < 0).length;
  const lost = `${asked - delays.length} of ${asked} not answered, ${early} interrupted`;
  return [
    {
      what: 'end of speech → first agent audio in the browser',
      unit: 'ms',
      values: delays,
      target: { median: 600, p95: 900 },
      note: lost,
      ...((asked > delays.length || early > 0) && { wrong: lost }),
    },
    ...byPart(parts).map(
      ([name, values]): Finding => ({
        what: name === 'network and browser' ? `  ${name}` : `  end of speech → ${name}`,
        unit: 'ms',
        values,
        note: 'by the timeline',
      }),
    ),
  ];
}
