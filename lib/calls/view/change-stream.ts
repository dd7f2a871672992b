// Which calls changed, told to a page as it happens: server-sent events that end when the page goes.
import { keepOpen } from '@/lib/http/open-streams';
import { isOfAccount, onCallChanged } from '../store/store';

/**
 * Milliseconds between signs of life, so that no proxy closes a quiet stream: the shortest usual
 * limit is nginx's `proxy_read_timeout` of 60 s.
 */
const HEARTBEAT_MS = 15_000;
/** Milliseconds after which the browser comes again when the stream broke. */
const RETRY_MS = 2_000;

/**
 * A stream with the id of each call that changes from now on; without one where something may have
 * been missed. What changed while nobody listened is not in it: whoever comes (again) looks anew.
 * @param gone aborted when the client has gone
 * @param account where only calls of this account may be heard of
 * @param hold is given what ends the stream, and returns what stops it from that
 */
export function changeStream(
  gone: AbortSignal,
  account?: string,
  hold: (end: () => void) => () => void = () => () => {},
): Response {
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      let ended = false;
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const tell = (id: string | undefined) => send(`data: ${JSON.stringify({ id })}\n\n`);
      const leave = onCallChanged(async (id) => {
        if (account === undefined || id === undefined) return tell(id);
        // Where the database is away, whose call it is stays unknown, and nobody is told.
        if ((await isOfAccount(id, account).catch(() => false)) && !ended) tell(id);
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
      const forget = keepOpen(close);
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
      // nginx holds answers back otherwise.
      'x-accel-buffering': 'no',
    },
  });
}
