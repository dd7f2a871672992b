// Streams the ids of changed calls to a page, as server-sent events.

import type { CallsServer } from '@/lib/calls/server';
import { isOfAccount, onCallChanged } from '@/lib/calls/store/store';
import { registerStream } from '@/lib/http/open-streams';

/**
 * Milliseconds between keep-alive comments, so that no proxy closes an idle stream: the shortest common limit is nginx's
 * `proxy_read_timeout` of 60 s.
 */
const HEARTBEAT_MS = 15_000;
/** Milliseconds before the browser reconnects a broken stream. */
const RETRY_MS = 2_000;

/**
 * A stream with the id of each call that changes from now on, or without an id if changes may have been missed. It does
 * not replay earlier changes: clients reload their data when they (re)connect.
 * @param gone aborted when the client disconnects
 * @param account restricts the stream to calls of this account
 * @param hold is called with a function that ends the stream, and returns a function that cancels that
 */
export function changeStream(
  server: CallsServer,
  gone: AbortSignal,
  account: string | undefined,
  hold: (end: () => void) => () => void,
): Response {
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      let ended = false;
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const sendId = (id: string | undefined) => send(`data: ${JSON.stringify({ id })}\n\n`);
      const leave = onCallChanged(server, async (id) => {
        if (account === undefined || id === undefined) return sendId(id);
        // While the database is down, the owner of a call is unknown, so nothing is sent.
        if ((await isOfAccount(server, id, account).catch(() => false)) && !ended) sendId(id);
      });
      const heart = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
      end = () => {
        ended = true;
        leave();
        forget();
        release();
        clearInterval(heart);
        gone.removeEventListener('abort', close);
      };
      const close = () => {
        end();
        controller.close();
      };
      const forget = registerStream(server, close);
      const release = hold(close);
      gone.addEventListener('abort', close);
      if (gone.aborted) return close();
      send(`retry: ${RETRY_MS}\n\n`);
    },
    cancel: () => end(),
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      // Otherwise nginx buffers responses.
      'x-accel-buffering': 'no',
    },
  });
}
