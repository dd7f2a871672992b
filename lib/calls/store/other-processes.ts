// Tells the pages of other web processes on the same PostgreSQL server which calls have changed, by the
// database's own NOTIFY: sent with what changed, or not at all. A folder has one process only.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { z } from 'zod';
import { redact } from '../../redact';
import { serverConfig } from '../../server-config';
import { tellChanged, tellMissed } from './call-feed';
import type { Database } from './database';

const CHANNEL = 'callboard_calls';
/** Ids in one message: PostgreSQL takes 8,000 bytes, and an id has up to 200 characters. */
const IDS_MAX = 30;
/** Milliseconds before it is tried again to listen. */
const AGAIN_MS = 1_000;
/** Seconds for a connection. */
const CONNECT_S = 5;

/** Next bundles each route on its own: what routes share is reached through the process. */
const shared = globalThis as typeof globalThis & { callboardProcess?: string };

/** This process among those that listen: its own pages are told without the way round. */
function self(): string {
  shared.callboardProcess ??= randomUUID();
  return shared.callboardProcess;
}

const message = z.object({ from: z.string(), ids: z.array(z.string()) });

/** Tells others once the transaction is done; nobody where it is not. */
export async function notifyOthers(tx: Database, ids: readonly string[]): Promise<void> {
  if (!serverConfig().DATABASE_URL) return;
  for (let at = 0; at < ids.length; at += IDS_MAX) {
    const payload = JSON.stringify({ from: self(), ids: ids.slice(at, at + IDS_MAX) });
    await tx.execute(sql`select pg_notify(${CHANNEL}, ${payload})`);
  }
}

function hear(payload: string): void {
  const { from, ids } = message.parse(JSON.parse(payload));
  if (from !== self()) tellChanged(ids);
}

/**
 * Listens until it is stopped, on a connection of its own; returns what stops it. When that was lost
 * and is there again, pages are told that they may have missed something. The driver's own `listen`
 * (postgres 3.4.9) does not come back where the server cannot be reached at once: here is what it does,
 * again and again.
 */
export function listenToOthers(url: string): () => Promise<void> {
  const stopping = new AbortController();
  const run = async () => {
    for (let first = true; !stopping.signal.aborted; first = false) {
      const lost = new AbortController();
      const options = {
        max: 1,
        connect_timeout: CONNECT_S,
        max_lifetime: null,
        fetch_types: false,
        onnotice() {},
        onnotify: (_channel: string, payload: string) => hear(payload),
        onclose: () => lost.abort(),
      };
      const client = postgres(url, options);
      try {
        await client`listen ${client(CHANNEL)}`;
        if (!first) tellMissed();
        await until(AbortSignal.any([stopping.signal, lost.signal]));
      } catch (error) {
        if (first) console.error(redact(`calls: nobody tells of other processes' calls: ${error}`));
      }
      await client.end({ timeout: 0 }).catch(() => undefined);
      await pause(AGAIN_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  };
  const ended = run();
  return async () => {
    stopping.abort();
    await ended;
  };
}

const until = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
