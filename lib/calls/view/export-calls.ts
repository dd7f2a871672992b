// Exports many calls as JSON Lines: a line has the same fields as the JSON transcript of one call.

import { ReadableStream as NodeStream } from 'node:stream/web';
import { type CallFilter, listCalls, readTimeline } from '@/lib/calls/store/store';
import { jsonOf } from '@/lib/calls/view/export';
import { timelineForCallers } from '@/lib/calls/view/for-callers';
import type { Ground } from '@/lib/cluster/ground';

/**
 * The calls of a filter, newest first, as callers see them if it is restricted to an account; `limit` is the number of calls that are read at once. If the database becomes
 * unavailable, the stream fails, so that an incomplete file is not mistaken for a complete one.
 * @throws {Problem} 400 for an invalid cursor; 503 if the database is unavailable
 */
export async function callLines(
  server: Ground,
  filter: CallFilter,
): Promise<ReadableStream<Uint8Array>> {
  const first = await listCalls(server, filter);
  const encoder = new TextEncoder();
  async function* lines() {
    for (let page = first; ; page = await listCalls(server, { ...filter, cursor: page.next })) {
      for (const { id } of page.calls) {
        const timeline = await readTimeline(server, id);
        // Undefined if it was deleted meanwhile.
        if (!timeline) continue;
        const shown = filter.account === undefined ? timeline : timelineForCallers(timeline);
        yield encoder.encode(`${JSON.stringify(jsonOf(shown))}\n`);
      }
      if (!page.next) return;
    }
  }
  return NodeStream.from(lines()) as ReadableStream<Uint8Array>;
}
