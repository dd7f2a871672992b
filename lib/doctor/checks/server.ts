// Checks the LiveKit server: whether it responds, accepts our keys, and has the same time.
import type { Ground } from '@/lib/cluster/ground';
import type { Config } from '@/lib/core/config';
import { fetchFailure } from '@/lib/core/failure-cause';
import type { Check } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { proxyVariable } from '@/lib/core/outbound-proxy';
import { since, withTimeout } from '@/lib/core/wait';
import { askServer, httpUrl } from '@/lib/doctor/ask-server';
import { type Found, newCheck, type Time, type Words } from '@/lib/doctor/check';
import { readServerLog } from '@/lib/doctor/server-log';

const LIMIT_MS = 6_000;
const ANSWER_MS = 4_000;
/** HTTP status with which livekit-server reports outdated statistics (`healthCheck` in server.go). */
const UNHEALTHY = 406;
/** Seconds of clock difference from which tokens are refused (P/auth/verifier.go), and from which the check warns. */
const REFUSED_S = 60;
const WARN_S = 5;

/** The server's version, if its log is on this machine. */
function versionOf({ DATA_DIR }: Config): string | undefined {
  const started = readServerLog(DATA_DIR).findLast(({ what }) => what === 'started');
  return started?.what === 'started' ? started.version : undefined;
}

async function checkServer(own: Ground, t: Words, time: Time): Promise<Found> {
  const url = own.config.LIVEKIT_URL;
  const began = performance.now();
  let status: number;
  let text: string;
  try {
    const answer = await fetch(httpUrl(own), { signal: AbortSignal.timeout(ANSWER_MS) });
    status = answer.status;
    text = await answer.text();
  } catch (error) {
    const why = fetchFailure(error);
    const proxy = process.env.NODE_USE_ENV_PROXY ? undefined : proxyVariable(url, process.env);
    const todo = proxy ? t('server.proxyTodo', { name: proxy }) : t('server.awayTodo');
    return { state: 'fail', seen: t('server.away', { url, why }), todo };
  }
  const took = time(since(began));
  if (status === UNHEALTHY) {
    return { state: 'fail', seen: t('server.busy', { url }), todo: t('server.busyTodo') };
  }
  if (status !== 200 || text.trim() !== 'OK') {
    const seen = t('server.odd', { url, status });
    return { state: 'fail', seen, todo: t('server.oddTodo') };
  }
  const version = versionOf(own.config) ?? '';
  const seen = t('server.ok', { url, time: took, version, hasVersion: String(version !== '') });
  return { state: 'ok', seen };
}

async function checkKeys(own: Ground, t: Words, time: Time): Promise<Found> {
  const { says, detail, ms } = await askServer(own, ({ rooms }) => rooms.listRooms([]));
  switch (says) {
    case 'answers':
      return { state: 'ok', seen: t('keys.ok', { time: time(ms) }) };
    case 'unreachable':
      return { state: 'unknown', seen: t('keys.away'), todo: t('server.awayTodo') };
    case 'other': {
      const seen = t('keys.other', { detail });
      return { state: 'fail', seen, todo: t('keys.otherTodo') };
    }
    default:
      return { state: 'fail', seen: t(`keys.${says}`), todo: t(`keys.${says}Todo`) };
  }
}

/** Seconds by which the server's clock is ahead; undefined if it sends no date. */
async function clockOffset(own: Ground): Promise<number | undefined> {
  const before = Date.now();
  const answer = await withTimeout(ANSWER_MS, fetch(httpUrl(own))).catch(() => undefined);
  const now = (before + Date.now()) / 2;
  const date = Date.parse(answer?.headers.get('date') ?? '');
  if (Number.isNaN(date)) return undefined;
  // The date is truncated to seconds: half a second more is the expected value.
  const ahead = (date + 500 - now) / 1_000;
  return Math.sign(ahead) * Math.ceil(Math.max(0, Math.abs(ahead) - 0.5));
}

async function checkClock(own: Ground, t: Words, time: Time): Promise<Found> {
  const ahead = await clockOffset(own);
  if (ahead === undefined) {
    return { state: 'unknown', seen: t('clock.unknown'), todo: t('server.awayTodo') };
  }
  const by = Math.abs(ahead);
  if (by < WARN_S) {
    return { state: 'ok', seen: t('clock.ok', { time: time(Math.max(1, by) * 1_000) }) };
  }
  const state = by >= REFUSED_S ? 'fail' : 'warn';
  const seen = t('clock.off', {
    time: time(by * 1_000),
    direction: ahead > 0 ? 'ahead' : 'behind',
  });
  return { state, seen, todo: t('clock.todo') };
}

export function serverChecks(server: Ground, language: Language): readonly Check[] {
  const asked = { server: checkServer, keys: checkKeys, clock: checkClock };
  return (['server', 'keys', 'clock'] as const).map((name) =>
    newCheck(name, language, LIMIT_MS, (...words) => asked[name](server, ...words)),
  );
}
