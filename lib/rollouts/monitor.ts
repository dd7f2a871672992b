// Monitors the active rollouts, and rolls back or finishes them. One elected web process does this for all; its whole
// state is in the database, so that another can continue.
import { setTimeout as pause } from 'node:timers/promises';
import { electLeader } from '@/lib/cluster/leader';
import { logError } from '@/lib/core/log';
import { processSingleton } from '@/lib/core/process-singleton';
import { serverConfig } from '@/lib/core/server-config';
import { poll } from '@/lib/core/wait';
import { REPORT_STALE_MS } from '@/lib/livekit/worker-report';
import { simulationVerdict } from '@/lib/simulations/verdict';
import { CALLS_PER_CHECK, judge } from './judge';
import type { Rollout, RolloutReason } from './rollout';
import { productionVersion, versionsOn } from './running';
import { followRollouts, readShares, shareChanged } from './share';
import { countEnded, latestEnded } from './store/read-calls';
import { changeRollout, readActive, saveFinding } from './store/rollouts';

const DAY_MS = 24 * 60 * 60_000;
/** Production's calls count from this long before the rollout: at 100 % it gets no more. */
const BEFORE_MS = 7 * DAY_MS;
/** Most calls that count, the latest. Our own choice: more would hide recent failures. */
const DEPLOYMENT_MAX = 500;
const PRODUCTION_MAX = 1_000;

/** Compares the calls, if enough of them are new. @returns why it must be rolled back */
async function worseReason(rollout: Rollout): Promise<RolloutReason | undefined> {
  const { agent, deployment, startedAt, limits, looks, lookedAtCalls, finding: last } = rollout;
  // Found by a process that died before it could roll back.
  if (last?.worse) return { kind: 'worse', finding: last };
  const own = { agent, deployment, since: startedAt };
  const calls = await countEnded(own);
  if (calls < lookedAtCalls + CALLS_PER_CHECK) return undefined;
  const production = { agent, deployment: 'production', since: startedAt - BEFORE_MS };
  const seen = {
    deployment: await latestEnded(own, DEPLOYMENT_MAX),
    production: await latestEnded(production, PRODUCTION_MAX),
  };
  const finding = judge(seen, limits, looks + 1, Date.now());
  const saved = await saveFinding(rollout, finding, calls);
  return saved && finding.worse ? { kind: 'worse', finding } : undefined;
}

/** Why it must be rolled back; undefined if it need not be. */
async function rollbackReason(rollout: Rollout): Promise<RolloutReason | undefined> {
  const { agent, deployment, version, overridden } = rollout;
  // Nobody chose the version that runs there now, and it has not been through the first steps.
  const found = versionsOn(agent, deployment).filter((one) => one !== version);
  if (found.length > 0) return { kind: 'version', found };
  if (overridden === undefined) {
    const { state, failed } = await simulationVerdict(agent, deployment);
    if (state === 'failed') return { kind: 'rehearsals', failed: failed.map(({ title }) => title) };
  }
  return worseReason(rollout);
}

/** Whether all of production's live workers run the version. */
const isPromoted = ({ state, agent, version }: Rollout) =>
  state === 'promoting' && productionVersion(agent) === version;

async function checkRollout(rollout: Rollout): Promise<void> {
  const { agent, deployment } = rollout;
  const endedAt = Date.now();
  if (isPromoted(rollout)) {
    const entry = { action: 'finished', at: endedAt } as const;
    const changed = await changeRollout(rollout, { state: 'finished', endedAt }, entry);
    if (changed) await shareChanged(agent);
    return;
  }
  const reason = await rollbackReason(rollout);
  if (!reason) return;
  const entry = { action: 'returned', at: endedAt, reason } as const;
  // Somebody may have stopped it or taken a step meanwhile; the finding holds for the new step too.
  const current = (await readActive()).find(({ id }) => id === rollout.id);
  if (!current || !(await changeRollout(current, { state: 'returned', endedAt }, entry))) return;
  await shareChanged(agent);
  logError(`rollouts: ${agent} on ${deployment} is rolled back: ${JSON.stringify(reason)}`);
}

/**
 * Checks all active rollouts, and puts their shares in force in this process.
 * @throws {Problem} 503 if the database is unavailable; the shares then stay as they are
 */
export async function checkRollouts(): Promise<void> {
  for (const one of await readShares()) await checkRollout(one);
}

/** Milliseconds between two checks. Our own choice: a small part of a call. */
const CHECK_EVERY_MS = 5_000;

const current = processSingleton('rollout-watch', (): { stop?: () => Promise<void> } => ({}));

/**
 * Puts the rollouts in force and monitors them from now on. Call it once at start.
 * @throws {ConfigError} if settings are invalid
 */
export function monitorRollouts(): void {
  if (current().stop) return;
  let stop: (() => Promise<void>) | undefined;
  const began = Date.now();
  const begin = () => {
    stop = poll(CHECK_EVERY_MS, 'rollouts: could not check them', async () => {
      // Until every worker had time to report, some of production's may be missing.
      const wait = began + REPORT_STALE_MS - Date.now();
      if (wait > 0) await pause(wait, undefined, { ref: false });
      await checkRollouts();
    });
  };
  const end = () => {
    void stop?.();
    stop = undefined;
  };
  current().stop = electLeader('rollouts', serverConfig().DATABASE_URL, { begin, end });
  // The start does not wait for the database; until then no callers are redirected.
  void followRollouts();
}
