// The production checklist's judgements on what was seen. Pure: settings and facts come in.
import type { Config } from '@/lib/core/config';
import type { TextsOf } from '@/lib/core/language';
import { browserUrl } from '@/lib/core/server-config';
import type { AgentStatus } from '@/lib/livekit/workers';
import type { productionMessages } from '@/lib/messages/verdicts';
import type { Said } from '../finding';

type Words = TextsOf<typeof productionMessages>['productionText'];

/** Keys and secrets of LiveKit's own documentation and development mode, and of examples. */
const PUBLISHED =
  /^(devkey|secret|key|apikey|api_key|changeme|your[-_ ]?\w*|my[-_ ]?\w*|a-secret-.*|<.*>)$/i;
/** Different characters that a secret of 32 has at the least: random hexadecimal digits have 12 or more. */
const DIFFERENT_MIN = 10;
/** Live workers of production, so that the loss of one is no loss of calls. */
const PRODUCTION_WORKERS = 2;
/** Hours after which the last webhook of a call is old. */
const WEBHOOK_OLD_H = 24;

const ok = (seen: string, matters: string): Said => ({ state: 'ok', seen, matters, todo: '' });

/** The keys: not published, not simple. Their length the settings themselves check. */
export function judgeKeys(
  { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret }: Config,
  { keys: words }: Words,
): Said {
  const { matters, todo } = words;
  if (PUBLISHED.test(key) || PUBLISHED.test(secret)) {
    return { state: 'fail', seen: words.published, matters, todo };
  }
  if (new Set(secret).size < DIFFERENT_MIN) {
    return { state: 'fail', seen: words.plain, matters, todo };
  }
  return ok(words.ok, matters);
}

const LOOPBACK = /^(localhost|127\..*|\[::1\])$/;

/** Where browsers are sent to. */
export function judgeAddress(
  config: Pick<Config, 'LIVEKIT_URL' | 'LIVEKIT_BROWSER_URL'>,
  { address: words }: Words,
): Said {
  const { matters, todo } = words;
  const url = browserUrl(config);
  const { protocol, hostname } = new URL(url);
  if (LOOPBACK.test(hostname)) return { state: 'fail', seen: words.near(url), matters, todo };
  if (protocol !== 'wss:') return { state: 'fail', seen: words.open(url), matters, todo };
  return ok(words.ok(url), matters);
}

/** @param agoH hours since the last webhook of a call; undefined where none ever came */
export function judgeWebhooks(agoH: number | undefined, { webhooks: words }: Words): Said {
  const { matters, todo } = words;
  if (agoH === undefined) return { state: 'fail', seen: words.none, matters, todo };
  if (agoH > WEBHOOK_OLD_H) return { state: 'warn', seen: words.old(agoH), matters, todo };
  return ok(words.ok(agoH), matters);
}

/** TURN, as far as the server's address tells. */
export function judgeTurn({ LIVEKIT_URL }: Pick<Config, 'LIVEKIT_URL'>, { turn }: Words): Said {
  const { matters, todo } = turn;
  if (new URL(LIVEKIT_URL).hostname.endsWith('.livekit.cloud')) return ok(turn.cloud, matters);
  return { state: 'unknown', seen: turn.unknown, matters, todo };
}

/** Workers of each agent on each deployment. */
export function judgeWorkers(
  agents: readonly Pick<AgentStatus, 'name' | 'deployments'>[],
  { workers: words }: Words,
): Said {
  const { matters, todo } = words;
  const all = agents.flatMap(({ name, deployments }) =>
    deployments.map((one) => ({
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

/** @param count web processes on the PostgreSQL server; undefined where there is none */
export function judgeWebs(count: number | undefined, { webs: words }: Words): Said {
  const { matters, todo } = words;
  if (count === undefined) return { state: 'warn', seen: words.unknown, matters, todo };
  if (count < 2) return { state: 'warn', seen: words.single, matters, todo };
  return ok(words.ok(count), matters);
}

/** How long things are kept. */
export function judgeRetention(
  {
    CALLS_KEEP_DAYS: calls,
    RECORDINGS_KEEP_DAYS: recordings,
  }: Pick<Config, 'CALLS_KEEP_DAYS' | 'RECORDINGS_KEEP_DAYS'>,
  { retention: words }: Words,
): Said {
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
