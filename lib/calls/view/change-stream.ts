// Which calls changed, told to a page as it happens: server-sent events that end when the page goes.
import { keepOpen } from '../../open-streams';
import { onCallChanged } from '../store/store';

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
 */
export function changeStream(gone: AbortSignal): Response {
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const leave = onCallChanged((id) => send(`data: ${JSON.stringify({ id })}\n\n`));
      const heart = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
      end = () => {
        leave();
        forget();
        clearInterval(heart);
        gone.removeEventListener('abort', close);
      };
      const close = () => {
        end();
        controller.close();
      };
      const forget = keepOpen(close);
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
