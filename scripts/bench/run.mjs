// Bundles and runs a benchmark, because Node 20 runs no TypeScript: `node scripts/bench/run.mjs product` or `calls`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { findBrowser } from '../browser.mjs';
import { NODE_BUNDLE } from '../lib/build.mjs';
import { root } from '../lib/paths.mjs';

const [name, ...args] = process.argv.slice(2);
const outfile = join(root, `.callboard/bench/${name}.mjs`);
await build({ entryPoints: [join(root, `scripts/bench/${name}.ts`)], outfile, ...NODE_BUNDLE });
const env = { ...process.env, ...(name === 'product' && { CHROME_BIN: await findBrowser() }) };
const options = { cwd: root, env, stdio: 'inherit' };
process.exit(spawnSync(process.execPath, [outfile, ...args], options).status ?? 1);
