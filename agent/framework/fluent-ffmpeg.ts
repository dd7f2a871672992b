// What: replaces `fluent-ffmpeg` in the bundles, and loads it with the first file that is decoded or encoded.
// Why: the framework imports it at its start, which costs each job's process time; calls neither play files nor record.
// Upstream: none reported. The framework would have to import it where it runs ffmpeg.
import { createRequire } from 'node:module';

/** What the framework sets at its start. */
let program: string | undefined;

function ffmpeg(...input: readonly unknown[]): unknown {
  const loaded = createRequire(import.meta.url)('fluent-ffmpeg');
  if (program !== undefined) loaded.setFfmpegPath(program);
  return loaded(...input);
}

export default Object.assign(ffmpeg, {
  setFfmpegPath(path: string): void {
    program = path;
  },
});
