// The shares of callers that rollouts redirect. Every token and rule needs them, so each web process keeps them in
// memory, and reads them from the database at its start and after each change.

import { publish } from '@/lib/cluster/pubsub';
import type { DispatchServer } from '@/lib/dispatch/server';
import type { Rollout } from '@/lib/rollouts/answers';
import { percentOf } from '@/lib/rollouts/rollout';
import type { RolloutsServer } from '@/lib/rollouts/server';
import { readActive } from '@/lib/rollouts/store/rollouts';

/** Puts exactly these rollouts in force in this process. */
export function applyShares(server: DispatchServer, active: readonly Rollout[]): void {
  const shares = server.shares;
  shares.clear();
  for (const one of active) {
    const { agent, deployment } = one;
    shares.set(agent, { seed: `roll-out ${one.id}`, deployment, percent: percentOf(one) });
  }
}

/**
 * Reads the active rollouts from the database, and puts them in force in this process. A response that arrives after
 * that of a later request is older and is ignored.
 * @throws {Problem} 503 if the database is unavailable; the shares then stay as they are
 */
export async function readShares(
  server: RolloutsServer,
  read = readActive,
): Promise<readonly Rollout[]> {
  const reads = server.rolloutReads;
  reads.asked += 1;
  const own = reads.asked;
  const active = await read(server);
  if (own > reads.inForce) {
    reads.inForce = own;
    applyShares(server, active);
  }
  return active;
}

/** Reads them in this and all other web processes after a change. */
export async function shareChanged(server: RolloutsServer, agent: string): Promise<void> {
  publish(server, 'rollouts', agent);
  await readShares(server);
}
