// Replaces `sharp` in the bundles and loads it with the first image that a model is shown. Loading
// it at process start costs 20 MB, and no call here uses it.
import { createRequire } from 'node:module';

export default function sharp(...picture: readonly unknown[]): unknown {
  return createRequire(import.meta.url)('sharp')(...picture);
}
