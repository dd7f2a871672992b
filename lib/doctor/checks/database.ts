// Checks the calls database with one read, which only a database that can be written to allows.

import { sql } from 'drizzle-orm';
import { calls } from '@/lib/calls/store/schema';
import type { Ground } from '@/lib/cluster/ground';
import { serverName } from '@/lib/core/database-url';
import type { Check, CheckResult } from '@/lib/core/finding';
import { redact } from '@/lib/core/redact';
import { since } from '@/lib/core/wait';
import { databaseFolder, withDatabase } from '@/lib/db/database';
import { parseServer } from '@/lib/db/server-client';
import type { DoctorMessages } from '@/lib/doctor/check';

const LIMIT_MS = 8_000;
/** Milliseconds after which one small read is slow. Our own choice: it takes a few. */
const SLOW_MS = 1_000;

async function checkDatabase(
  server: Ground,
  words: DoctorMessages['doctorText']['database'],
): Promise<CheckResult> {
  const { config } = server;
  const { matters } = words;
  const where = config.DATABASE_URL
    ? words.server(serverName(parseServer(config.DATABASE_URL)))
    : words.folder(databaseFolder(config));
  const began = performance.now();
  try {
    // A server that only reads refuses to lock a row. It waits for nobody.
    const lock = { skipLocked: true } as const;
    await withDatabase(server, (db) =>
      db.select({ one: sql`1` }).from(calls).limit(1).for('key share', lock),
    );
  } catch (error) {
    const { cause, message } = error as Error;
    const why = redact(cause instanceof Error ? cause.message : message);
    const todo = config.DATABASE_URL ? words.serverTodo : words.folderTodo;
    return { state: 'fail', seen: words.away(where, why), matters, todo };
  }
  const took = since(began);
  if (took > SLOW_MS) {
    return { state: 'warn', seen: words.slow(where, took), matters, todo: words.slowTodo };
  }
  return { state: 'ok', seen: words.ok(where, took), matters, todo: '' };
}

export const databaseCheck = (
  server: Ground,
  { checkTitles, doctorText }: DoctorMessages,
): Check => ({
  id: 'database',
  title: checkTitles.database,
  limitMs: LIMIT_MS,
  run: () => checkDatabase(server, doctorText.database),
});
