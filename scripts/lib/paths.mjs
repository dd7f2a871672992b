// Paths in this clone. Plain Node: it is imported before packages are installed.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the clone. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Bundles of worker, speech server and settings. Inside the clone, so that they find node_modules. */
export const buildDir = join(root, '.callboard/build');

/** Folder for data on this machine, such as keys and livekit-server. */
export function dataDir(env) {
  return resolve(root, env.DATA_DIR || '.callboard');
}
