// `npm run dev`: rebuilds the bundles when agent/ or lib/ change, and reports which ones changed.
import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { bundleOptions } from './build.mjs';
import { red } from './terminal.mjs';

/**
 * Watches the sources of worker and speech server.
 * @param onChange called with `'speech'` or `'agents'` when its bundles have changed
 * @returns {Promise<() => Promise<void>>} stops watching. Required: esbuild's child process may outlive this one if it
 *   is killed during a build
 */
export async function watchAgents(onChange) {
  const { context } = await import('esbuild');
  const hashes = new Map();
  let replaced = [];
  const whose = (path) => (path.includes('/speech/server.') ? 'speech' : 'agents');
  const report = {
    name: 'report',
    setup(build) {
      build.onEnd(({ errors, outputFiles = [] }) => {
        for (const { location, text } of errors) {
          const where = location ? `${location.file}:${location.line}: ` : '';
          process.stdout.write(red(`${where}${text}\n`));
        }
        if (errors.length > 0) return;
        const first = hashes.size === 0;
        const changed = new Set();
        const paths = new Set(outputFiles.map(({ path }) => path));
        for (const path of replaced) {
          if (paths.has(path)) continue;
          rmSync(path, { force: true });
          hashes.delete(path);
        }
        for (const { path, contents } of outputFiles) {
          const hash = createHash('sha256').update(contents).digest('hex');
          if (hashes.get(path) === hash) continue;
          hashes.set(path, hash);
          writeFileSync(path, contents);
          if (path.endsWith('.js')) changed.add(whose(path));
        }
        // Replaced files are removed one build later, because processes that are just stopping may still load them.
        replaced = [...hashes.keys()].filter((path) => !paths.has(path));
        if (!first) for (const each of changed) onChange(each);
      });
    },
  };
  const watching = await context({ ...bundleOptions(), write: false, plugins: [report] });
  await watching.watch();
  return () => watching.dispose();
}
