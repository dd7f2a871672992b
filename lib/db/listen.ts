// Connections to PostgreSQL of their own, which are reopened whenever they are lost, and notifications on one of them.

import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { logError } from '@/lib/core/log';
import { explain } from '@/lib/db/explain';
import type { Notified } from '@/lib/db/server';
import { newClient, type Purpose, parseServer, type ServerClient } from '@/lib/db/server-client';

/** Channel of all notifications. */
export const CHANNEL = 'callboard';

/** Milliseconds before the next attempt. */
const RECONNECT_MS = 1_000;

/**
 * Keeps a connection of its own open, and reopens it whenever it is lost, until the returned function is called.
 * @param failing log message before each new error of an outage
 * @param begin is called on each new connection; `first` for the first attempt
 */
export function keepConnection(
  url: string,
  purpose: Purpose,
  failing: string,
  begin: (client: ServerClient, first: boolean) => Promise<void>,
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    let said: string | undefined;
    for (let first = true; !signal.aborted; first = false) {
      let client: ServerClient | undefined;
      // Also ends a pending query of `begin`.
      const end = () => client?.destroy();
      signal.addEventListener('abort', end);
      try {
        client = newClient(parseServer(url), purpose);
        const lost = once(client, 'end');
        // It is waited for below, unless `begin` fails first.
        lost.catch(() => undefined);
        await client.open();
        await begin(client, first);
        said = undefined;
        await lost;
      } catch (error) {
        const cause = explain(error, parseServer(url));
        if (!signal.aborted && String(cause) !== said) logError(failing, cause);
        said = String(cause);
      }
      signal.removeEventListener('abort', end);
      end();
      await pause(RECONNECT_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  };
  const ended = run();
  return async () => {
    stopping.abort();
    await ended;
  };
}

/**
 * Listens until the returned function is called. Whenever it begins, subscribers are notified that messages may have been
 * missed: also the first time, because they may have read earlier what they follow.
 */
export function listen(url: string, to: Notified): () => Promise<void> {
  return keepConnection(
    url,
    { name: 'listen' },
    'cannot listen for messages of other web processes',
    async (client) => {
      client.on('notification', ({ payload = '' }) => {
        to.onMessage(payload);
      });
      await client.query(`listen ${CHANNEL}`);
      to.onMissed();
    },
  );
}
