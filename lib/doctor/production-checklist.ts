// The production checklist: what a public Callboard needs beyond working. It has the form of the doctor's findings, so
// that the page, the command line and programs read it the same way.

import { and, desc, eq, isNotNull, max, sql } from 'drizzle-orm';
import type { AgentStatus } from '@/lib/agents/answers';
import type { AgentsServer } from '@/lib/agents/server';
import { currentAgents } from '@/lib/agents/status';
import { calls, events } from '@/lib/calls/store/schema';
import type { Ground } from '@/lib/cluster/ground';
import { isLiveKitCloud } from '@/lib/core/addresses';
import { hidesAddresses } from '@/lib/core/call-limits';
import type { Config } from '@/lib/core/config';
import { serverName } from '@/lib/core/database-url';
import type { Check, CheckResult, FindingState } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { redact } from '@/lib/core/redact';
import { browserUrl } from '@/lib/core/server-config';
import { isLoopback } from '@/lib/core/sign-in-mode';
import { withDatabase } from '@/lib/db/database';
import { applicationName, parseServer } from '@/lib/db/server-client';
import { type Time, timeIn } from '@/lib/doctor/check';
import { startExamination } from '@/lib/doctor/examine';
import type { Examination } from '@/lib/doctor/server';
import { type Messages, type Translate, translator } from '@/lib/messages/messages';

const HOUR_MS = 3_600_000;
/** Milliseconds for each check: none does more than query the database. */
const LIMIT_MS = 8_000;
/**
 * Whose election each web process takes part in, with a database connection of that name (`lib/failover/failover.ts`), and
 * its name before 0.2.
 */
const ELECTIONS = ['failover', 'watcher'];

type Words = Translate<'production'>;
type Checked = keyof Messages['production'];

/** Keys and secrets from LiveKit's documentation and development mode, and from examples. */
const PUBLISHED =
  /^(devkey|secret|key|apikey|api_key|changeme|your[-_ ]?\w*|my[-_ ]?\w*|a-secret-.*|<.*>)$/i;
/** Least different characters of a secret of 32: random hexadecimal digits have 12 or more. */
const DIFFERENT_MIN = 10;
/** Live workers that production needs, so that losing one loses no calls. */
const PRODUCTION_WORKERS = 2;
/** Hours after which the last webhook of a call is old. */
const WEBHOOK_OLD_H = 24;
/** Calls among which the last webhook is looked for: no index has it. */
const LATEST_CALLS = 1_000;

/** Makes the findings of a check: all say why it matters, and what to do if it is not well. */
const findings =
  (t: Words, check: Checked) =>
  (state: FindingState, seen: string): CheckResult => ({
    state,
    seen,
    matters: t(`${check}.matters`),
    todo: state === 'ok' ? '' : t(`${check}.todo`),
  });

/** The keys: not published, not simple. The settings check their length. */
function judgeKeys(
  { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret }: Config,
  t: Words,
): CheckResult {
  const say = findings(t, 'keys');
  if (PUBLISHED.test(key) || PUBLISHED.test(secret)) return say('fail', t('keys.published'));
  if (new Set(secret).size < DIFFERENT_MIN) return say('fail', t('keys.plain'));
  return say('ok', t('keys.ok'));
}

function judgeAddress(
  config: Pick<Config, 'LIVEKIT_URL' | 'LIVEKIT_BROWSER_URL'>,
  t: Words,
): CheckResult {
  const say = findings(t, 'address');
  const url = browserUrl(config);
  const { protocol, hostname } = new URL(url);
  if (isLoopback(hostname)) return say('fail', t('address.near', { url }));
  if (protocol !== 'wss:') return say('fail', t('address.open', { url }));
  return say('ok', t('address.ok', { url }));
}

/** The addresses of callers, by which calls and sign-ins are limited. */
export function judgeCallers(
  config: Pick<Config, 'PUBLIC_URL' | 'TRUST_PROXY'>,
  t: Words,
): CheckResult {
  const say = findings(t, 'callers');
  if (hidesAddresses(config)) return say('fail', t('callers.hidden'));
  const { TRUST_PROXY: proxies } = config;
  return say('ok', proxies > 0 ? t('callers.ok', { proxies }) : t('callers.direct'));
}

/** @param agoH hours since the last webhook of a call; undefined if there was none */
function judgeWebhooks(agoH: number | undefined, t: Words, time: Time): CheckResult {
  const say = findings(t, 'webhooks');
  if (agoH === undefined) return say('fail', t('webhooks.none'));
  const ago = { time: time(agoH * HOUR_MS), days: agoH < 48 ? 0 : Math.round(agoH / 24) };
  return say(agoH > WEBHOOK_OLD_H ? 'warn' : 'ok', t('webhooks.seen', ago));
}

/** TURN, as far as the server's address shows. */
function judgeTurn({ LIVEKIT_URL }: Pick<Config, 'LIVEKIT_URL'>, t: Words): CheckResult {
  const say = findings(t, 'turn');
  if (isLiveKitCloud(LIVEKIT_URL)) return say('ok', t('turn.cloud'));
  return say('unknown', t('turn.unknown'));
}

function judgeWorkers(
  agents: readonly Pick<AgentStatus, 'name' | 'deployments'>[],
  t: Words,
): CheckResult {
  const say = findings(t, 'workers');
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
  if (missing.length > 0) return say('fail', t('workers.missing', { which: list(missing) }));
  const single = all.filter(({ name, live }) => name === 'production' && live < PRODUCTION_WORKERS);
  if (single.length > 0) return say('warn', t('workers.single', { which: list(single) }));
  return say('ok', t('workers.ok', { count: Math.min(...all.map(({ live }) => live)) }));
}

/** @param count web processes on the PostgreSQL server; undefined if there is no such server */
function judgeWebs(count: number | undefined, t: Words): CheckResult {
  const say = findings(t, 'webs');
  if (count === undefined) return say('warn', t('webs.unknown'));
  if (count < 2) return say('warn', t('webs.single'));
  return say('ok', t('webs.ok', { count }));
}

function judgeRetention(
  {
    CALLS_KEEP_DAYS: calls,
    RECORDINGS_KEEP_DAYS: recordings,
  }: Pick<Config, 'CALLS_KEEP_DAYS' | 'RECORDINGS_KEEP_DAYS'>,
  t: Words,
): CheckResult {
  const say = findings(t, 'retention');
  const forever = [
    ...(calls === 0 ? [t('retention.calls')] : []),
    ...(recordings === 0 && calls === 0 ? [t('retention.recordings')] : []),
  ];
  if (forever.length > 0) {
    return say('warn', t('retention.forever', { what: forever.join(', ') }));
  }
  const kept = recordings === 0 ? calls : Math.min(calls, recordings);
  return say('ok', t('retention.ok', { calls, recordings: kept }));
}

// The facts.

/** Hours since the last webhook of one of the latest calls; undefined if there was none. */
export async function lastWebhookH(server: Ground): Promise<number | undefined> {
  const rows = await withDatabase(server, (db) => {
    const latest = db
      .select({ id: calls.id, requestedAt: calls.requestedAt })
      .from(calls)
      .orderBy(desc(calls.requestedAt), desc(calls.id))
      .limit(LATEST_CALLS)
      .as('latest');
    const webhook = db
      .select({ at: max(events.arrivedAt).as('at') })
      .from(events)
      .where(and(eq(events.call, latest.id), eq(events.source, 'livekit')))
      .as('webhook');
    // Usually the first of them has one.
    return db
      .select({ at: webhook.at })
      .from(latest)
      .crossJoinLateral(webhook)
      .where(isNotNull(webhook.at))
      .orderBy(desc(latest.requestedAt))
      .limit(1);
  });
  const at = rows[0]?.at;
  return at ? (Date.now() - Number(at)) / HOUR_MS : undefined;
}

async function database(server: AgentsServer, t: Words): Promise<CheckResult> {
  const { DATABASE_URL } = server.config;
  const say = findings(t, 'database');
  if (!DATABASE_URL) return say('fail', t('database.folder'));
  try {
    await withDatabase(server, (db) => db.execute(sql`select 1`));
  } catch (error) {
    const { cause, message } = error as Error;
    const why = redact(cause instanceof Error ? cause.message : message);
    return say('fail', t('database.away', { why }));
  }
  return say('ok', t('database.ok', { host: serverName(parseServer(DATABASE_URL)) }));
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

function checks(server: AgentsServer, language: Language): readonly Check[] {
  const t = translator(language, 'production');
  const { config } = server;
  const runs: Readonly<Record<Checked, () => CheckResult | Promise<CheckResult>>> = {
    keys: () => judgeKeys(config, t),
    address: () => judgeAddress(config, t),
    callers: () => judgeCallers(config, t),
    webhooks: async () => judgeWebhooks(await lastWebhookH(server), t, timeIn(language)),
    turn: () => judgeTurn(config, t),
    workers: () => judgeWorkers(currentAgents(server), t),
    database: () => database(server, t),
    webs: async () => judgeWebs(await webs(server), t),
    retention: () => judgeRetention(config, t),
  };
  return Object.entries(runs).map(([id, run]) => ({
    id: `production:${id}`,
    title: t(`${id as Checked}.title`),
    limitMs: LIMIT_MS,
    run: async () => run(),
  }));
}

/** Starts the checks of the list. */
export const productionChecklist = (server: AgentsServer, language: Language): Examination =>
  startExamination(checks(server, language), language);
