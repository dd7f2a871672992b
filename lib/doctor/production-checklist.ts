// The production checklist: what a public Callboard needs beyond working. It has the form of the doctor's findings, so
// that the page, the command line and programs read it the same way.

import { eq, max, sql } from 'drizzle-orm';
import type { AgentsServer } from '@/lib/agents/server';
import { type AgentStatus, currentAgents } from '@/lib/agents/status';
import { events } from '@/lib/calls/store/schema';
import { isLiveKitCloud } from '@/lib/core/addresses';
import { hidesAddresses } from '@/lib/core/call-limits';
import type { Config } from '@/lib/core/config';
import { serverName } from '@/lib/core/database-url';
import type { Check, CheckResult } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { redact } from '@/lib/core/redact';
import { browserUrl } from '@/lib/core/server-config';
import { isLoopback } from '@/lib/core/sign-in-mode';
import { withDatabase } from '@/lib/db/database';
import { applicationName, parseServer } from '@/lib/db/server-client';
import { doctorMessagesIn } from '@/lib/doctor/check';
import { startExamination } from '@/lib/doctor/examine';
import { productionMessages } from '@/lib/doctor/messages/verdicts';
import type { Examination } from '@/lib/doctor/server';

const HOUR_MS = 3_600_000;
/** Milliseconds for each check: none does more than query the database. */
const LIMIT_MS = 8_000;
/**
 * Whose election each web process takes part in, with a database connection of that name (`lib/failover/failover.ts`), and
 * its name before 0.2.
 */
const ELECTIONS = ['failover', 'watcher'];

type Words = (typeof productionMessages)[Language]['productionText'];

/** Keys and secrets from LiveKit's documentation and development mode, and from examples. */
const PUBLISHED =
  /^(devkey|secret|key|apikey|api_key|changeme|your[-_ ]?\w*|my[-_ ]?\w*|a-secret-.*|<.*>)$/i;
/** Least different characters of a secret of 32: random hexadecimal digits have 12 or more. */
const DIFFERENT_MIN = 10;
/** Live workers that production needs, so that losing one loses no calls. */
const PRODUCTION_WORKERS = 2;
/** Hours after which the last webhook of a call is old. */
const WEBHOOK_OLD_H = 24;

const ok = (seen: string, matters: string): CheckResult => ({
  state: 'ok',
  seen,
  matters,
  todo: '',
});

/** The keys: not published, not simple. The settings check their length. */
function judgeKeys(
  { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret }: Config,
  { keys: words }: Words,
): CheckResult {
  const { matters, todo } = words;
  if (PUBLISHED.test(key) || PUBLISHED.test(secret)) {
    return { state: 'fail', seen: words.published, matters, todo };
  }
  if (new Set(secret).size < DIFFERENT_MIN) {
    return { state: 'fail', seen: words.plain, matters, todo };
  }
  return ok(words.ok, matters);
}

/** The address that browsers connect to. */
function judgeAddress(
  config: Pick<Config, 'LIVEKIT_URL' | 'LIVEKIT_BROWSER_URL'>,
  { address: words }: Words,
): CheckResult {
  const { matters, todo } = words;
  const url = browserUrl(config);
  const { protocol, hostname } = new URL(url);
  if (isLoopback(hostname)) return { state: 'fail', seen: words.near(url), matters, todo };
  if (protocol !== 'wss:') return { state: 'fail', seen: words.open(url), matters, todo };
  return ok(words.ok(url), matters);
}

/** The addresses of callers, by which calls and sign-ins are limited. */
export function judgeCallers(
  config: Pick<Config, 'PUBLIC_URL' | 'TRUST_PROXY'>,
  { callers: words }: Words,
): CheckResult {
  const { matters, todo } = words;
  if (hidesAddresses(config)) return { state: 'fail', seen: words.hidden, matters, todo };
  const { TRUST_PROXY } = config;
  return ok(TRUST_PROXY > 0 ? words.ok(TRUST_PROXY) : words.direct, matters);
}

/** @param agoH hours since the last webhook of a call; undefined if there was none */
function judgeWebhooks(agoH: number | undefined, { webhooks: words }: Words): CheckResult {
  const { matters, todo } = words;
  if (agoH === undefined) return { state: 'fail', seen: words.none, matters, todo };
  if (agoH > WEBHOOK_OLD_H) return { state: 'warn', seen: words.old(agoH), matters, todo };
  return ok(words.ok(agoH), matters);
}

/** TURN, as far as the server's address shows. */
function judgeTurn({ LIVEKIT_URL }: Pick<Config, 'LIVEKIT_URL'>, { turn }: Words): CheckResult {
  const { matters, todo } = turn;
  if (isLiveKitCloud(LIVEKIT_URL)) return ok(turn.cloud, matters);
  return { state: 'unknown', seen: turn.unknown, matters, todo };
}

/** Workers of each agent on each deployment. */
function judgeWorkers(
  agents: readonly Pick<AgentStatus, 'name' | 'deployments'>[],
  { workers: words }: Words,
): CheckResult {
  const { matters, todo } = words;
  const all = agents.flatMap(({ name, deployments }) =>
    // Of those that do not report, nothing is known.
    deployments
      .filter(({ reports }) => reports)
      .map((one) => ({
        which: `${name} (${one.name})`,
        name: one.name,
        live: one.workers,
      })),
  );
  const list = (some: typeof all) => some.map(({ which }) => which).join(', ');
  const missing = all.filter(({ live }) => live === 0);
  if (missing.length > 0)
    return { state: 'fail', seen: words.missing(list(missing)), matters, todo };
  const single = all.filter(({ name, live }) => name === 'production' && live < PRODUCTION_WORKERS);
  if (single.length > 0) return { state: 'warn', seen: words.single(list(single)), matters, todo };
  return ok(words.ok(Math.min(...all.map(({ live }) => live))), matters);
}

/** @param count web processes on the PostgreSQL server; undefined if there is no such server */
function judgeWebs(count: number | undefined, { webs: words }: Words): CheckResult {
  const { matters, todo } = words;
  if (count === undefined) return { state: 'warn', seen: words.unknown, matters, todo };
  if (count < 2) return { state: 'warn', seen: words.single, matters, todo };
  return ok(words.ok(count), matters);
}

/** Retention. */
function judgeRetention(
  {
    CALLS_KEEP_DAYS: calls,
    RECORDINGS_KEEP_DAYS: recordings,
  }: Pick<Config, 'CALLS_KEEP_DAYS' | 'RECORDINGS_KEEP_DAYS'>,
  { retention: words }: Words,
): CheckResult {
  const { matters, todo } = words;
  const forever = [
    ...(calls === 0 ? [words.calls] : []),
    ...(recordings === 0 && calls === 0 ? [words.recordings] : []),
  ];
  if (forever.length > 0) {
    return { state: 'warn', seen: words.forever(forever.join(', ')), matters, todo };
  }
  return ok(words.ok(calls, recordings === 0 ? calls : Math.min(calls, recordings)), matters);
}

// The facts.

/** Hours since the last webhook of a call; undefined if there was none. */
async function lastWebhookH(server: AgentsServer): Promise<number | undefined> {
  const [row] = await withDatabase(server, (db) =>
    db
      .select({ at: max(events.arrivedAt) })
      .from(events)
      .where(eq(events.source, 'livekit')),
  );
  return row?.at ? (Date.now() - Number(row.at)) / HOUR_MS : undefined;
}

async function database(server: AgentsServer, { database: words }: Words): Promise<CheckResult> {
  const { DATABASE_URL } = server.config;
  const { matters, todo } = words;
  if (!DATABASE_URL) return { state: 'fail', seen: words.folder, matters, todo };
  try {
    await withDatabase(server, (db) => db.execute(sql`select 1`));
  } catch (error) {
    const { cause, message } = error as Error;
    const why = redact(cause instanceof Error ? cause.message : message);
    return { state: 'fail', seen: words.away(why), matters, todo };
  }
  return { state: 'ok', seen: words.ok(serverName(parseServer(DATABASE_URL))), matters, todo: '' };
}

/** Web processes on the PostgreSQL server: each has one connection for the leader election. */
async function webs(server: AgentsServer): Promise<number | undefined> {
  const { DATABASE_URL } = server.config;
  if (!DATABASE_URL) return undefined;
  const url = parseServer(DATABASE_URL);
  const names = ELECTIONS.map((name) => applicationName(url, name));
  const rows = await withDatabase(server, (db) =>
    db
      .select({ count: sql<number>`count(*)::int` })
      .from(sql`pg_stat_activity`)
      .where(sql`application_name in ${names} and datname = current_database()`),
  );
  return rows[0]?.count ?? 0;
}

/** All checks of the checklist. */
function checks(server: AgentsServer, language: Language): readonly Check[] {
  const { productionText: words, productionTitles: titles } = productionMessages[language];
  const { config } = server;
  const runs: Readonly<Record<keyof typeof titles, () => CheckResult | Promise<CheckResult>>> = {
    keys: () => judgeKeys(config, words),
    address: () => judgeAddress(config, words),
    callers: () => judgeCallers(config, words),
    webhooks: async () => judgeWebhooks(await lastWebhookH(server), words),
    turn: () => judgeTurn(config, words),
    workers: () => judgeWorkers(currentAgents(server), words),
    database: () => database(server, words),
    webs: async () => judgeWebs(await webs(server), words),
    retention: () => judgeRetention(config, words),
  };
  return Object.entries(runs).map(([id, run]) => ({
    id: `production:${id}`,
    title: titles[id as keyof typeof titles],
    limitMs: LIMIT_MS,
    run: async () => run(),
  }));
}

/** Starts the checks of the list. */
export const productionChecklist = (server: AgentsServer, language: Language): Examination =>
  startExamination(checks(server, language), doctorMessagesIn(language));
