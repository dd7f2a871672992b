// What Lighthouse says of the start page, as on a phone: `npm run bench -- --only lighthouse`. It is got from npm
// at its first run, and kept there; it is no package of this product.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import type { Finding } from '../finding';
import type { Bench } from '../support/bench';

const LIGHTHOUSE = 'lighthouse@12.8.2';
/** Runs: each takes half a minute, and its load of the page differs little. */
const RUNS = 3;

const categories = z.record(
  z.string(),
  z.object({ title: z.string(), score: z.number().nullable() }),
);
const report = z.object({ categories });
type Categories = z.infer<typeof categories>;

/** One run. @throws Error with what it said where it fails */
async function judge(url: string): Promise<Categories> {
  const child = spawn(
    'npx',
    [
      ...['--yes', LIGHTHOUSE, url, '--quiet', '--output=json', '--output-path=stdout'],
      '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
      '--only-categories=performance,accessibility,best-practices,seo',
    ],
    {
      // The browser that the other measures use.
      env: { ...process.env, CHROME_PATH: process.env.CHROME_BIN },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let [out, said] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${LIGHTHOUSE}: ${said.trim() || `ended with ${code}`}`);
  return report.parse(JSON.parse(out)).categories;
}

export async function lighthouse(bench: Bench): Promise<Finding[]> {
  const { web } = await bench.stack();
  await bench.idle();
  const runs: Categories[] = [];
  for (let run = 0; run < Math.min(RUNS, bench.runs); run += 1) runs.push(await judge(web));
  return Object.entries(runs[0] ?? {}).map(([id, { title }]) => ({
    what: `Lighthouse: ${title}`,
    unit: 'of 100',
    values: runs.map((one) => (one[id]?.score ?? Number.NaN) * 100),
    target: { least: 95 },
  }));
}
