// Runs a measurement: `node bench/run.mjs calls`. Bundled first, since Node runs no TypeScript.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { NODE_BUNDLE } from '../scripts/lib/build.mjs';
import { root } from '../scripts/lib/paths.mjs';

const [name, ...args] = process.argv.slice(2);
const outfile = join(root, `.callboard/bench/${name}.mjs`);
await build({
  entryPoints: [join(root, `bench/${name}.ts`)],
  outfile,
  ...NODE_BUNDLE,
});
const { status } = spawnSync(process.execPath, [outfile, ...args], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
