// Checks the calls database with one read, which only a database that can be written to allows.

import { sql } from 'drizzle-orm';
import { calls } from '@/lib/calls/store/schema';
import type { Ground } from '@/lib/cluster/ground';
import { serverName } from '@/lib/core/database-url';
import type { Check, CheckResult } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { redact } from '@/lib/core/redact';
import { since } from '@/lib/core/wait';
import { databaseFolder, withDatabase } from '@/lib/db/database';
import { parseServer } from '@/lib/db/server-client';
import { type Translate, translator } from '@/lib/messages/messages';

const LIMIT_MS = 8_000;
/** Milliseconds after which one small read is slow. Our own choice: it takes a few. */
const SLOW_MS = 1_000;

async function checkDatabase(server: Ground, t: Translate<'doctor'>): Promise<CheckResult> {
  const { config } = server;
  const matters = t('database.matters');
  const where = config.DATABASE_URL
    ? t('database.server', { host: serverName(parseServer(config.DATABASE_URL)) })
    : t('database.folder', { path: databaseFolder(config) });
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
    const todo = t(config.DATABASE_URL ? 'database.serverTodo' : 'database.folderTodo');
    return { state: 'fail', seen: t('database.away', { where, why }), matters, todo };
  }
  const took = since(began);
  if (took > SLOW_MS) {
    const seen = t('database.slow', { where, took });
    return { state: 'warn', seen, matters, todo: t('database.slowTodo') };
  }
  return { state: 'ok', seen: t('database.ok', { where, took }), matters, todo: '' };
}

export const databaseCheck = (server: Ground, language: Language): Check => ({
  id: 'database',
  title: translator(language, 'checks')('database'),
  limitMs: LIMIT_MS,
  run: () => checkDatabase(server, translator(language, 'doctor')),
});
