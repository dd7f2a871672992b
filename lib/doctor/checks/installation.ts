// Checks of the installation: the calls database, the ports of its parts, and the daily minutes that its settings allow.
import { once } from 'node:events';
import { connect } from 'node:net';
import { sql } from 'drizzle-orm';
import { calls } from '@/lib/calls/store/schema';
import type { Ground } from '@/lib/cluster/ground';
import { serverName } from '@/lib/core/database-url';
import type { Check } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { redact } from '@/lib/core/redact';
import { since, withTimeout } from '@/lib/core/wait';
import { databaseFolder, withDatabase } from '@/lib/db/database';
import { parseServer } from '@/lib/db/server-client';
import { minutesToday } from '@/lib/dispatch/limits/minutes-a-day';
import { type Found, newCheck, type Time, type Words } from '@/lib/doctor/check';

/** Milliseconds for a check that reads the database. */
const DATABASE_MS = 8_000;
/** Milliseconds after which one small read is slow. Our own choice: it takes a few. */
const SLOW_MS = 1_000;

async function checkDatabase(server: Ground, t: Words, time: Time): Promise<Found> {
  const { config } = server;
  const where = config.DATABASE_URL
    ? t('database.server', { host: serverName(parseServer(config.DATABASE_URL)) })
    : t('database.folder', { path: databaseFolder(config.DATA_DIR) });
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
    return { state: 'fail', seen: t('database.away', { where, why }), todo };
  }
  const took = since(began);
  const read = { where, time: time(took) };
  if (took <= SLOW_MS) return { state: 'ok', seen: t('database.ok', read) };
  return { state: 'warn', seen: t('database.slow', read), todo: t('database.slowTodo') };
}

/** Checks the calls database with one read, which only a database that can be written to allows. */
export const databaseCheck = (server: Ground, language: Language): Check =>
  newCheck('database', language, DATABASE_MS, (...words) => checkDatabase(server, ...words));

/** Share of a day's minutes from which the check warns. Our own choice. */
const WARN_SHARE = 0.8;

async function checkMinutes(server: Ground, t: Words): Promise<Found> {
  const agents = await Promise.all(
    Object.entries(server.config.MINUTES_A_DAY ?? {}).map(async ([agent, most]) => ({
      ...{ agent, most },
      minutes: Math.floor(await minutesToday(server, agent)),
    })),
  );
  const seen = `${agents.map((one) => t('minutes.seen', one)).join(', ')}.`;
  const full = agents.filter(({ minutes, most }) => minutes >= most).map(({ agent }) => agent);
  if (full.length > 0) {
    return { state: 'fail', seen, todo: t('minutes.full', { agents: full.join(', ') }) };
  }
  const nearly = agents.some(({ minutes, most }) => minutes >= most * WARN_SHARE);
  return nearly ? { state: 'warn', seen, todo: t('minutes.nearly') } : { state: 'ok', seen };
}

/** Checks how much of the agents' daily minutes is used. No check if no limit is set. */
export const minutesChecks = (server: Ground, language: Language): Check[] =>
  server.config.MINUTES_A_DAY
    ? [newCheck('minutes', language, DATABASE_MS, (t) => checkMinutes(server, t))]
    : [];

const CONNECT_MS = 3_000;
const PORTS_MS = 5_000;

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'ws:': 80 };

/** Milliseconds until a TCP connection was open; undefined if it failed. */
async function connectMs({ hostname, port, protocol }: URL): Promise<number | undefined> {
  const began = performance.now();
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({ host, port: Number(port) || (DEFAULT_PORTS[protocol] ?? 443) });
  try {
    await withTimeout(CONNECT_MS, once(socket, 'connect'));
    return since(began);
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

async function checkPorts({ config }: Ground, t: Words, time: Time): Promise<Found> {
  const places = new Map<string, { name: string; url: URL }>();
  const wanted = [
    [t('ports.names.livekit'), config.LIVEKIT_URL],
    [t('ports.names.speech'), config.SPEECH_STT_URL],
    [t('ports.names.speech'), config.SPEECH_TTS_URL],
    [t('ports.names.web'), config.CALLBOARD_URL],
  ] as const;
  for (const [name, text] of wanted) {
    const url = new URL(text);
    places.set(url.host, { name, url });
  }
  const tried = await Promise.all(
    [...places.values()].map(async ({ name, url }) => ({ name, url, ms: await connectMs(url) })),
  );
  const shut = tried.filter(({ ms }) => ms === undefined);
  const [first] = shut;
  if (first) {
    const names = shut.map(({ name, url }) => `${name} ${url.host}`).join(', ');
    const todo = t('ports.todo', { name: first.name });
    return { state: 'fail', seen: t('ports.closed', { names }), todo };
  }
  const open = tried.map(({ name, url, ms = 0 }) =>
    t('ports.port', { name, at: url.host, time: time(ms) }),
  );
  return { state: 'ok', seen: t('ports.open', { names: open.join(', ') }) };
}

/** Checks that something listens on each part's port. Other checks examine what it is. */
export const portsCheck = (server: Ground, language: Language): Check =>
  newCheck('ports', language, PORTS_MS, (...words) => checkPorts(server, ...words));
