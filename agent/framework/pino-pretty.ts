// What: replaces `pino-pretty` in the bundles, and loads it with the first logger that needs it.
// Why: the framework imports it at its start, which costs each job's process time; only logs for a terminal are pretty.
// Upstream: none reported. The framework would have to import it where it builds a pretty logger.
import { createRequire } from 'node:module';

export function build(...options: readonly unknown[]): unknown {
  return createRequire(import.meta.url)('pino-pretty').build(...options);
}
