// What: replaces `sharp` in the bundles, and loads it with the first image that a model is shown.
// Why: the framework imports it at its start, which costs each process 20 MB; most calls show no image.
// Upstream: none reported. The framework would have to import it where it encodes an image.
import { createRequire } from 'node:module';

export default function sharp(...picture: readonly unknown[]): unknown {
  return createRequire(import.meta.url)('sharp')(...picture);
}
