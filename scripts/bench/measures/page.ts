// The start page in a new browser: the amount of JavaScript it loads, and its first paint.
import { gzipSync } from 'node:zlib';
import type { Bench } from '../support/bench';
import type { Finding } from '../table';

export async function page(bench: Bench): Promise<Finding[]> {
  const { web } = await bench.stack();
  const browser = await bench.browser();
  const sizes: number[] = [];
  const paints: number[] = [];
  for (let run = 0; run < bench.runs; run += 1) {
    const context = await browser.newContext();
    const fresh = await context.newPage();
    const scripts: Promise<Buffer>[] = [];
    fresh.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body());
    });
    await fresh.goto(web, { waitUntil: 'load' });
    // Everything up to here is the first load; the rest is prefetched for a click.
    const loaded = await Promise.all(scripts);
    sizes.push(loaded.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1_000);
    const paint = await fresh.waitForFunction(
      () => performance.getEntriesByName('first-paint')[0]?.startTime,
    );
    paints.push((await paint.jsonValue()) ?? Number.NaN);
    await context.close();
  }
  return [
    {
      what: 'JavaScript on first load of /, gzip',
      unit: 'KB',
      values: sizes,
      target: { median: 180 },
    },
    { what: 'first paint of /', unit: 'ms', values: paints, target: { median: 200 } },
  ];
}
