// Where things are in this clone. Plain Node: it is read before anything is installed.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone's root. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Bundles of worker, speech server and settings. In the clone, so that they find node_modules. */
export const buildDir = join(root, '.callboard/build');

/** Folder of what is kept on this machine: keys and livekit-server. */
export function dataDir(env) {
  return resolve(root, env.DATA_DIR || '.callboard');
}
