// Limits the responses that a visitor keeps open: each holds a connection, and many also query the database.

import type { Visitor } from '@/lib/auth/permissions';
import type { AuthServer } from '@/lib/auth/server';
import { Problem } from '@/lib/core/problem';

/** Open streams of one visitor in a web process. Our own choice: a page has one, and only while it is visible. */
export const VISITOR_STREAMS = 20;
/** Open streams of all visitors in a web process. Our own choice. */
export const ALL_STREAMS = 1_000;
/** Seconds after which to retry. */
const RETRY_AFTER_S = 10;

/** @throws {Problem} 429 with `Retry-After` */
function take(server: AuthServer, key: string): () => void {
  const open = server.visitorStreams;
  const own = open.get(key) ?? 0;
  const all = [...open.values()].reduce((sum, count) => sum + count, 0);
  if (own >= VISITOR_STREAMS || all >= ALL_STREAMS) {
    const whose = own >= VISITOR_STREAMS ? `${VISITOR_STREAMS} of one visitor` : `${ALL_STREAMS}`;
    throw new Problem(
      'too-many-streams',
      `The limit of open streams is ${whose}. Close one, or try again later.`,
      {},
      { 'retry-after': String(RETRY_AFTER_S) },
    );
  }
  open.set(key, own + 1);
  let released = false;
  return () => {
    if (released) return;
    released = true;
    const left = (open.get(key) ?? 1) - 1;
    if (left > 0) open.set(key, left);
    else open.delete(key);
  };
}

/** The same stream. `ended` is called when it has ended, failed or was cancelled. */
function watched(body: ReadableStream<Uint8Array>, ended: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        ended();
        controller.close();
      } catch (error) {
        ended();
        throw error;
      }
    },
    async cancel(reason) {
      ended();
      await reader.cancel(reason);
    },
  });
}

/**
 * Responds with a stream that counts for its visitor while it is open.
 * @throws {Problem} 429 with `Retry-After` if too many are open; and what `respond` throws
 */
export async function limitStreams(
  server: AuthServer,
  { account, by }: Pick<Visitor, 'account' | 'by'>,
  respond: () => Response | Promise<Response>,
): Promise<Response> {
  const release = take(server, account ?? by);
  try {
    const response = await respond();
    if (response.body) return new Response(watched(response.body, release), response);
    release();
    return response;
  } catch (error) {
    release();
    throw error;
  }
}
