// What the web processes of one product tell each other, by the NOTIFY of the PostgreSQL server they
// share: which worker reported, whose lifeline broke, which call changed. A process on a folder is the
// only one, and has nobody to tell.
import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { processSingleton } from '@/lib/core/process-singleton';
import { redact } from '@/lib/core/redact';
import { type Database, withDatabase } from '@/lib/db/database';
import { CHANNEL, subscribers } from '@/lib/db/listen';

/** Characters of one NOTIFY, all ASCII: PostgreSQL takes fewer than 8,000 bytes. */
const PART_MAX = 7_800;

/** What can be told. One handler each: see `hear-others.ts` and whoever calls {@link heard}. */
type Topic =
  | 'accounts'
  | 'calls'
  | 'events'
  | 'reports'
  | 'opened'
  | 'gone'
  | 'webhook'
  | 'probe-events'
  | 'rules'
  | 'rollouts'
  | 'rule-keeper';

interface Bus {
  /** This process among those that listen. */
  readonly self: string;
  readonly handlers: Map<Topic, (body: unknown) => void>;
  readonly missed: Map<string, () => void>;
  /** Messages of which not all parts are here yet. */
  readonly parts: Map<string, string[]>;
  silent: boolean;
}

const bus = processSingleton('pubsub', (): Bus => {
  subscribers().add({ hear, missed: tellMissedMessages });
  return {
    self: randomUUID(),
    handlers: new Map(),
    missed: new Map(),
    parts: new Map(),
    silent: false,
  };
});

/** Whether there can be other web processes: a folder has one only. */
export const hasOthers = (): boolean => Boolean(process.env.DATABASE_URL);

/** Calls the handler with what other processes tell of this topic; the last one set counts. */
export function heard<T>(topic: Topic, body: z.ZodType<T>, handler: (body: T) => void): void {
  bus().handlers.set(topic, (told) => handler(body.parse(told)));
}

/** Calls the listener of that name when messages may have been missed. */
export function onMissed(name: string, listener: () => void): void {
  bus().missed.set(name, listener);
}

const message = z.object({ topic: z.string(), body: z.unknown() });

/** One message as NOTIFYs: `sender id number total part`. */
function partsOf(self: string, topic: string, body: unknown): string[] {
  // ASCII alone, so that no part cuts a character in two.
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

/** Tells the others once the transaction is done; nobody where it is not. */
export async function tellWithin(tx: Database, topic: Topic, body: unknown): Promise<void> {
  if (!hasOthers()) return;
  const parts = sql.param(JSON.stringify(partsOf(bus().self, topic, body)));
  await tx.execute(
    sql`select pg_notify(${CHANNEL}, part) from jsonb_array_elements_text(${parts}::jsonb) as part`,
  );
}

/** Tells the others. Never waits and never throws: what is told here is told again, or found out. */
export function tellOthers(topic: Topic, body: unknown): void {
  if (!hasOthers()) return;
  const now = bus();
  withDatabase((db) => tellWithin(db, topic, body)).then(
    () => {
      now.silent = false;
    },
    (error: unknown) => {
      if (!now.silent) console.error(redact(`other web processes cannot be told: ${error}`));
      now.silent = true;
    },
  );
}

/** Takes in one NOTIFY. A handler that throws is logged. */
export function hear(payload: string): void {
  const { self, handlers, parts } = bus();
  const [, from = '', id = '', at = '0', total = '1', part = ''] =
    /^(\S+) (\S+) (\d+) (\d+) (.*)$/s.exec(payload) ?? [];
  if (from === self) return;
  const text = [...(parts.get(id) ?? []), part];
  if (Number(at) + 1 < Number(total)) return void parts.set(id, text);
  parts.delete(id);
  try {
    const { topic, body } = message.parse(JSON.parse(text.join('')));
    handlers.get(topic as Topic)?.(body);
  } catch (error) {
    console.error(redact(`what another web process told cannot be used: ${inspect(error)}`));
  }
}

/** Messages may have been missed: whoever lives by them looks for itself. */
function tellMissedMessages(): void {
  bus().parts.clear();
  for (const listener of bus().missed.values()) listener();
}
