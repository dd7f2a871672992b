// The settings of Next.js as the build has resolved them, for processes that serve the built pages.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The variable with which Next's standalone server passes its settings. Without it `next start` would compile
 * `next.config.ts`, and keep the compiler's 27 MB.
 * @param root of the clone, which must be built
 */
export function builtNextEnv(root: string): Readonly<Record<string, string>> {
  const file = join(root, '.next/required-server-files.json');
  const { config } = JSON.parse(readFileSync(file, 'utf8'));
  return { __NEXT_PRIVATE_STANDALONE_CONFIG: JSON.stringify(config) };
}
