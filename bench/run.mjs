// Runs a measurement: `node bench/run.mjs calls`, `growth`, `turns` or `product`, or all one after another and
// then `table`, which writes what they found into the README; or `simulate`, which reckons with it.
// Bundled first, since Node runs no TypeScript. Options without a name are the product's.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { findBrowser } from '../scripts/browser.mjs';
import { NODE_BUNDLE } from '../scripts/lib/build.mjs';
import { root } from '../scripts/lib/paths.mjs';

const ALL = ['product', 'turns', 'calls', 'growth'];
const NAMES = [...ALL, 'simulate', 'table'];

/** Runs one; returns its exit code. */
async function run(name, args) {
  const outfile = join(root, `.callboard/bench/${name}.mjs`);
  await build({
    entryPoints: [join(root, `bench/${name}.ts`)],
    outfile,
    ...NODE_BUNDLE,
  });
  const env = {
    ...process.env,
    ...(name === 'product' && { CHROME_BIN: await findBrowser() }),
  };
  const options = { cwd: root, env, stdio: 'inherit' };
  return spawnSync(process.execPath, [outfile, ...args], options).status ?? 1;
}

const [first, ...rest] = process.argv.slice(2);
const named = NAMES.includes(first);
const alone = first === undefined ? ALL : [named ? first : 'product'];
const args = named ? rest : process.argv.slice(2);
let worst = 0;
for (const name of alone) worst = Math.max(worst, await run(name, args));
if (first === undefined) worst = Math.max(worst, await run('table', []));
process.exit(worst);
