// The framework's library for pictures, loaded with the first one that a model is shown: a job's process
// that loads it at its start keeps 20 MB more, for what no call here does. The bundles have this in the
// place of `sharp`.
import { createRequire } from 'node:module';

export default function sharp(...picture: readonly unknown[]): unknown {
  return createRequire(import.meta.url)('sharp')(...picture);
}
