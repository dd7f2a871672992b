// The production checklist: what a Callboard that others reach must have, beyond working. As the doctor's
// findings, so that page, command line and programs read them the same way.
import { eq, max, sql } from 'drizzle-orm';
import { events } from '@/lib/calls/store/schema';
import type { Config } from '@/lib/core/config';
import type { Language } from '@/lib/core/language';
import { redact } from '@/lib/core/redact';
import { withDatabase } from '@/lib/db/database';
import { currentAgents } from '@/lib/livekit/workers';
import { productionMessages } from '@/lib/messages/verdicts';
import type { Check } from '../check';
import { type Examination, startExamination } from '../examine';
import type { Said } from '../finding';
import { doctorWords } from '../words';
import {
  judgeAddress,
  judgeKeys,
  judgeRetention,
  judgeTurn,
  judgeWebhooks,
  judgeWebs,
  judgeWorkers,
} from './judge';

const HOUR_MS = 3_600_000;
/** Milliseconds for each check: none asks more than the database. */
const LIMIT_MS = 8_000;
/** What the connection is called by which a web process waits to lead (`lib/failover/watch.ts`). */
const WAITS_TO_LEAD = 'callboard watcher';

type Words = (typeof productionMessages)[Language]['productionText'];

/** Hours since the last webhook of a call; undefined where none came. */
async function lastWebhookH(): Promise<number | undefined> {
  const [row] = await withDatabase((db) =>
    db
      .select({ at: max(events.arrivedAt) })
      .from(events)
      .where(eq(events.source, 'livekit')),
  );
  return row?.at ? (Date.now() - Number(row.at)) / HOUR_MS : undefined;
}

async function database({ DATABASE_URL }: Config, { database: words }: Words): Promise<Said> {
  const { matters, todo } = words;
  if (!DATABASE_URL) return { state: 'fail', seen: words.folder, matters, todo };
  try {
    await withDatabase((db) => db.execute(sql`select 1`));
  } catch (error) {
    const { cause, message } = error as Error;
    const why = redact(cause instanceof Error ? cause.message : message);
    return { state: 'fail', seen: words.away(why), matters, todo };
  }
  return { state: 'ok', seen: words.ok(new URL(DATABASE_URL).host), matters, todo: '' };
}

/** Web processes on the PostgreSQL server: each has one connection by which it leads, or waits to. */
async function webs({ DATABASE_URL }: Config): Promise<number | undefined> {
  if (!DATABASE_URL) return undefined;
  const rows = await withDatabase((db) =>
    db
      .select({ count: sql<number>`count(*)::int` })
      .from(sql`pg_stat_activity`)
      .where(sql`application_name = ${WAITS_TO_LEAD} and datname = current_database()`),
  );
  return rows[0]?.count ?? 0;
}

/** All that is on the list. */
function checks(language: Language): readonly Check[] {
  const { productionText: words, productionTitles: titles } = productionMessages[language];
  const runs: Readonly<Record<keyof typeof titles, (config: Config) => Said | Promise<Said>>> = {
    keys: (config) => judgeKeys(config, words),
    address: (config) => judgeAddress(config, words),
    webhooks: async () => judgeWebhooks(await lastWebhookH(), words),
    turn: (config) => judgeTurn(config, words),
    workers: () => judgeWorkers(currentAgents(), words),
    database: (config) => database(config, words),
    webs: async (config) => judgeWebs(await webs(config), words),
    retention: (config) => judgeRetention(config, words),
  };
  return Object.entries(runs).map(([id, run]) => ({
    id: `production:${id}`,
    title: titles[id as keyof typeof titles],
    limitMs: LIMIT_MS,
    run: async (config) => run(config),
  }));
}

/** Begins to go through the list. */
export const productionChecklist = (config: Config, language: Language): Examination =>
  startExamination(config, checks(language), doctorWords(language));
