// Pub/sub between the web processes of one product, through NOTIFY of the PostgreSQL server they share: worker
// reports, broken liveness connections, changed calls. With a database folder there is only one process, and nothing
// is sent.

import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Ground } from '@/lib/cluster/ground';
import { logError } from '@/lib/core/log';
import { type Database, withDatabase } from '@/lib/db/database';
import { CHANNEL } from '@/lib/db/listen';

/** Characters per NOTIFY, all ASCII: PostgreSQL accepts fewer than 8,000 bytes. */
const PART_MAX = 7_800;

/** Milliseconds before another attempt to {@link follow} while the database is unavailable. Our own choice. */
const RETRY_MS = 2_000;

/** Whether there can be other web processes; with a database folder there is only one. */
export const hasOtherProcesses = ({ config }: Pick<Ground, 'config'>): boolean =>
  Boolean(config.DATABASE_URL);

/** Sets the handler of other processes' messages on a topic, replacing any earlier one. */
export function subscribe<T>(
  server: Ground,
  topic: string,
  body: z.ZodType<T>,
  handler: (body: T) => void,
): void {
  server.pubsub.handlers.set(topic, (received) => handler(body.parse(received)));
}

/** Sets the listener of that name, called when messages may have been missed. */
export function onMissedMessages(server: Ground, name: string, listener: () => void): void {
  server.pubsub.missed.set(name, listener);
}

/**
 * Calls `load` now, and whenever another process publishes on the topic; after an error again until it succeeds. Resolves after
 * the first call, whatever its result.
 * @param failed called with the first of consecutive errors
 * @returns a function that stops trying
 */
export async function follow(
  server: Ground,
  topic: string,
  load: () => Promise<unknown>,
  failed: (error: unknown) => void,
): Promise<() => void> {
  let retry: NodeJS.Timeout | undefined;
  let failing = false;
  let stopped = false;
  const attempt = async () => {
    try {
      await load();
      failing = false;
    } catch (error) {
      if (stopped) return;
      if (!failing) failed(error);
      failing = true;
      clearTimeout(retry);
      retry = setTimeout(attempt, RETRY_MS).unref();
    }
  };
  subscribe(server, topic, z.string(), () => void attempt());
  onMissedMessages(server, topic, () => void attempt());
  await attempt();
  return () => {
    stopped = true;
    clearTimeout(retry);
  };
}

const message = z.object({ topic: z.string(), body: z.unknown() });

/** Splits a message into NOTIFYs: `sender id number total part`. */
function partsOf(self: string, topic: string, body: unknown): string[] {
  // ASCII only, so that no part splits a character.
  const text = JSON.stringify({ topic, body }).replace(
    /[\u0080-\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const total = Math.ceil(text.length / PART_MAX);
  const id = randomUUID();
  return Array.from({ length: total }, (_, at) => {
    const part = text.slice(at * PART_MAX, (at + 1) * PART_MAX);
    return `${self} ${id} ${at} ${total} ${part}`;
  });
}

/** Publishes a message when the transaction commits. */
export async function publishInTransaction(
  server: Ground,
  tx: Database,
  topic: string,
  body: unknown,
): Promise<void> {
  if (!hasOtherProcesses(server)) return;
  const parts = sql.param(JSON.stringify(partsOf(server.pubsub.self, topic, body)));
  await tx.execute(
    sql`select pg_notify(${CHANNEL}, part) from jsonb_array_elements_text(${parts}::jsonb) as part`,
  );
}

/** Publishes a message. Never waits and never throws: all messages are repeated, or their effect is found otherwise. */
export function publish(server: Ground, topic: string, body: unknown): void {
  if (!hasOtherProcesses(server)) return;
  const now = server.pubsub;
  withDatabase(server, (db) => publishInTransaction(server, db, topic, body)).then(
    () => {
      now.silent = false;
    },
    (error: unknown) => {
      if (!now.silent) logError('cannot send messages to other web processes', error);
      now.silent = true;
    },
  );
}

/** Handles one NOTIFY. An error in a handler is logged. */
export function receive(server: Ground, payload: string): void {
  const { self, handlers, parts } = server.pubsub;
  const [, from = '', id = '', at = '0', total = '1', part = ''] =
    /^(\S+) (\S+) (\d+) (\d+) (.*)$/s.exec(payload) ?? [];
  if (from === self) return;
  const text = [...(parts.get(id) ?? []), part];
  if (Number(at) + 1 < Number(total)) return void parts.set(id, text);
  parts.delete(id);
  try {
    const { topic, body } = message.parse(JSON.parse(text.join('')));
    handlers.get(topic)?.(body);
  } catch (error) {
    logError('invalid message from another web process', error);
  }
}

/** Messages may have been missed: notifies the listeners, which then refresh their data. */
export function notifyMissed(server: Ground): void {
  server.pubsub.parts.clear();
  for (const listener of server.pubsub.missed.values()) listener();
}
