// Monitors the active rollouts, and rolls back or finishes them. One elected web process does this for all; its whole
// state is in the database, so that another can continue.

import { setTimeout as pause } from 'node:timers/promises';
import { simulationVerdict } from '@/lib/calls/test-calls/verdict';
import type { Ground } from '@/lib/cluster/ground';
import { electLeader } from '@/lib/cluster/leader';
import { follow } from '@/lib/cluster/pubsub';
import { logError } from '@/lib/core/log';
import { poll } from '@/lib/core/wait';
import { REPORT_STALE_MS } from '@/lib/livekit/worker-report';
import type { Rollout, RolloutReason } from '@/lib/rollouts/answers';
import { CALLS_PER_CHECK, judge } from '@/lib/rollouts/judge';
import { productionVersion, versionsOn } from '@/lib/rollouts/running';
import type { RolloutsServer } from '@/lib/rollouts/server';
import { readShares, shareChanged } from '@/lib/rollouts/share';
import { countEnded, latestEnded } from '@/lib/rollouts/store/read-calls';
import { changeRollout, readActive, saveFinding } from '@/lib/rollouts/store/rollouts';

const DAY_MS = 24 * 60 * 60_000;
/** Production's calls count from this long before the rollout: at 100 % it gets no more. */
const BEFORE_MS = 7 * DAY_MS;
/** Most calls that count, the latest. Our own choice: more would hide recent failures. */
const DEPLOYMENT_MAX = 500;
const PRODUCTION_MAX = 1_000;

/** Compares the calls, if enough of them are new. @returns why it must be rolled back */
async function worseReason(server: Ground, rollout: Rollout): Promise<RolloutReason | undefined> {
  const { agent, deployment, startedAt, limits, looks, lookedAtCalls, finding: last } = rollout;
  // Found by a process that died before it could roll back.
  if (last?.worse) return { kind: 'worse', finding: last };
  const own = { agent, deployment, since: startedAt };
  const calls = await countEnded(server, own);
  if (calls < lookedAtCalls + CALLS_PER_CHECK) return undefined;
  const production = { agent, deployment: 'production', since: startedAt - BEFORE_MS };
  const seen = {
    deployment: await latestEnded(server, own, DEPLOYMENT_MAX),
    production: await latestEnded(server, production, PRODUCTION_MAX),
  };
  const finding = judge(seen, limits, looks + 1, Date.now());
  const saved = await saveFinding(server, rollout, finding, calls);
  return saved && finding.worse ? { kind: 'worse', finding } : undefined;
}

/** Why it must be rolled back; undefined if it need not be. */
async function rollbackReason(
  server: Ground,
  rollout: Rollout,
): Promise<RolloutReason | undefined> {
  const { agent, deployment, version, overridden } = rollout;
  // Nobody chose the version that runs there now, and it has not been through the first steps. Only reports of workers count:
  // what sessions upload may be a hash of instructions that differ in every call.
  const found = versionsOn(server, agent, deployment).filter((one) => one !== version);
  if (found.length > 0) return { kind: 'version', found };
  if (overridden === undefined) {
    const { state, failed } = await simulationVerdict(server, agent, deployment);
    if (state === 'failed') {
      return { kind: 'simulations', failed: failed.map(({ title }) => title) };
    }
  }
  return worseReason(server, rollout);
}

/** Whether all of production's live workers run the version. */
const isPromoted = (server: Ground, { state, agent, version }: Rollout) =>
  state === 'promoting' && version !== undefined && productionVersion(server, agent) === version;

async function checkRollout(server: RolloutsServer, rollout: Rollout): Promise<void> {
  const { agent, deployment } = rollout;
  const endedAt = Date.now();
  if (isPromoted(server, rollout)) {
    const entry = { action: 'finished', at: endedAt } as const;
    const changed = await changeRollout(server, rollout, { state: 'finished', endedAt }, entry);
    if (changed) await shareChanged(server, agent);
    return;
  }
  const reason = await rollbackReason(server, rollout);
  if (!reason) return;
  const entry = { action: 'returned', at: endedAt, reason } as const;
  // Somebody may have stopped it or taken a step meanwhile; the finding holds for the new step too.
  const current = (await readActive(server)).find(({ id }) => id === rollout.id);
  if (!current || !(await changeRollout(server, current, { state: 'returned', endedAt }, entry)))
    return;
  await shareChanged(server, agent);
  logError(`rollouts: ${agent} on ${deployment} is rolled back: ${JSON.stringify(reason)}`);
}

/**
 * Checks all active rollouts, and puts their shares in force in this process.
 * @throws {Problem} 503 if the database is unavailable; the shares then stay as they are
 */
export async function checkRollouts(server: RolloutsServer): Promise<void> {
  for (const one of await readShares(server)) await checkRollout(server, one);
}

/** Milliseconds between two checks. Our own choice: a small part of a call. */
const CHECK_EVERY_MS = 5_000;

/**
 * Puts the rollouts in force and monitors them from now on.
 * @returns a function that stops monitoring
 */
export function monitorRollouts(server: RolloutsServer): () => Promise<void> {
  let stop: (() => Promise<void>) | undefined;
  const began = Date.now();
  const begin = () => {
    stop = poll(CHECK_EVERY_MS, 'rollouts: could not check them', async () => {
      // Until every worker had time to report, some of production's may be missing.
      const wait = began + REPORT_STALE_MS - Date.now();
      if (wait > 0) await pause(wait, undefined, { ref: false });
      await checkRollouts(server);
    });
  };
  const end = () => {
    void stop?.();
    stop = undefined;
  };
  // The start does not wait for the database; until then no callers are redirected.
  const following = follow(
    server,
    'rollouts',
    () => readShares(server),
    (error) => logError('rollouts: could not read them', error),
  );
  const leave = electLeader(server, 'rollouts', { begin, end });
  return async () => {
    void following.then((unfollow) => unfollow());
    await leave();
  };
}
