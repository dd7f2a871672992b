// The shares of callers that roll-outs give away, as every token and every rule asks for them: kept in the
// memory of each web process, read from the database when it starts and whenever one changes.
import { z } from 'zod';
import { heard, onMissed, tellOthers } from '@/lib/cluster/pubsub';
import { processSingleton } from '@/lib/core/process-singleton';
import { redact } from '@/lib/core/redact';
import { rolloutShares } from '@/lib/rules/share';
import { percentOf, type Rollout } from './rollout';
import { readGoingOn } from './store/rollouts';

/** How many times the database was asked, and which of these is in force. */
const reading = processSingleton('rollout-reads', () => ({ asked: 0, inForce: 0 }));

/** Puts these roll-outs in force in this process, and no others. */
export function keepShares(goingOn: readonly Rollout[]): void {
  const shares = rolloutShares();
  shares.clear();
  for (const one of goingOn) {
    const { agent, deployment } = one;
    shares.set(agent, { seed: `roll-out ${one.id}`, deployment, percent: percentOf(one) });
  }
}

/**
 * Reads what goes on from the database, and puts it in force in this process. An answer that comes after
 * that to a later question is not put in force: it is older.
 * @throws {Problem} 503 where the database is away: the shares stay as they are
 */
export async function readShares(): Promise<readonly Rollout[]> {
  const reads = reading();
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
