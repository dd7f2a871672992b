// `npm run simulate`: bundles the simulation program, because Node runs no TypeScript, and runs it in this process, so
// that signals reach it directly.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NODE_BUNDLE } from './lib/build.mjs';
import { buildDir, root } from './lib/paths.mjs';

let esbuild;
try {
  esbuild = await import('esbuild');
} catch {
  process.stderr.write('The packages are not installed. Run npm ci first.\n');
  process.exit(1);
}
// Several may start at the same time.
const outfile = join(buildDir, `simulate-${process.pid}.mjs`);
process.once('exit', () => rmSync(outfile, { force: true }));
await esbuild.build({
  ...NODE_BUNDLE,
  absWorkingDir: root,
  entryPoints: ['simulations/runner/main.ts'],
  outfile,
  logLevel: 'error',
});
// Otherwise LiveKit's client logs each step.
process.env.NODE_ENV ??= 'production';
process.chdir(root);
await import(pathToFileURL(outfile).href);
