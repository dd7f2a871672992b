// The shares of callers that roll-outs give away, as every token and every rule asks for them: kept in the
// memory of each web process, read from the database when it starts and whenever one changes.
import { z } from 'zod';
import { heard, onMissed, tellOthers } from '../processes/bus';
import { redact } from '../redact';
import { percentOf, type Rollout } from './rollout';
import { readGoingOn } from './store/rollouts';

/** What of an agent's callers on production another deployment gets. */
export interface RolloutShare {
  /** By what callers are dealt out: the same through all steps, so that who was given away stays so. */
  readonly seed: string;
  /** Shown name. */
  readonly deployment: string;
  readonly percent: number;
}

/** Next bundles each route on its own: what routes share is reached through the process. */
const shared = globalThis as typeof globalThis & {
  callboardRollouts?: ReadonlyMap<string, RolloutShare>;
  /** How many times the database was asked, and which of these is in force. */
  callboardRolloutReads?: { asked: number; inForce: number };
};

/** What the roll-out of an agent gives away just now; undefined where none goes on. */
export const rolloutShare = (agent: string): RolloutShare | undefined =>
  shared.callboardRollouts?.get(agent);

/** Puts these roll-outs in force in this process, and no others. */
export function keepShares(goingOn: readonly Rollout[]): void {
  shared.callboardRollouts = new Map(
    goingOn.map((one) => [
      one.agent,
      { seed: `roll-out ${one.id}`, deployment: one.deployment, percent: percentOf(one) },
    ]),
  );
}

/**
 * Reads what goes on from the database, and puts it in force in this process. An answer that comes after
 * that to a later question is not put in force: it is older.
 * @throws {Problem} 503 where the database is away: the shares stay as they are
 */
export async function readShares(): Promise<readonly Rollout[]> {
  shared.callboardRolloutReads ??= { asked: 0, inForce: 0 };
  const reads = shared.callboardRolloutReads;
  reads.asked += 1;
  const own = reads.asked;
  const goingOn = await readGoingOn();
  if (own > reads.inForce) {
    reads.inForce = own;
    keepShares(goingOn);
  }
  return goingOn;
}

/** Reads them, here and in the other web processes, after one was changed. */
export async function shareChanged(agent: string): Promise<void> {
  tellOthers('rollouts', agent);
  await readShares();
}

/**
 * Reads them now and whenever another process changed one. Called once, when the process starts; resolves
 * when they are there, and where they could not be read: then nobody is given away.
 */
export async function followRollouts(): Promise<void> {
  const load = async () => {
    try {
      await readShares();
    } catch (error) {
      console.error(redact(`roll-outs: they cannot be read: ${error}`));
    }
  };
  heard('rollouts', z.string(), () => void load());
  onMissed('rollouts', () => void load());
  await load();
}
