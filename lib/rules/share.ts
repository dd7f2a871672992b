// A rule's or a roll-out's share for another deployment: which callers it takes, always the same ones, and
// only while somebody is there to answer them.
import { createHash } from 'node:crypto';
import { PRODUCTION } from '@/lib/core/deployment';
import { processSingleton } from '@/lib/core/process-singleton';
import { currentAgents } from '@/lib/livekit/workers';
import { ruleLog } from './log';
import type { Rule } from './rule';

/** What of an agent's callers on production another deployment gets while it is rolled out. */
interface RolloutShare {
  /** By what callers are dealt out: the same through all steps, so that who was given away stays so. */
  readonly seed: string;
  /** Shown name. */
  readonly deployment: string;
  readonly percent: number;
}

/** The shares of the roll-outs that go on, by agent name. `lib/rollouts` keeps them true. */
export const rolloutShares = processSingleton(
  'rollout-shares',
  () => new Map<string, RolloutShare>(),
);

/** A number in [0, 100) that is the same whenever this share meets this caller, and evenly spread. */
function shareNumber(share: string, caller: string): number {
  const hash = createHash('sha256')
    .update(JSON.stringify([share, caller]))
    .digest();
  return (hash.readUIntBE(0, 6) / 2 ** 48) * 100;
}

/** Whether an agent's deployment (shown name) has a live worker. */
export type IsLive = (agent: string, deployment: string) => boolean;

/** As the workers report it just now. */
export const liveNow: IsLive = (agent, deployment) =>
  currentAgents().some(
    ({ name, deployments }) =>
      name === agent && deployments.some((one) => one.name === deployment && one.live),
  );

/** Where a rule sends a caller. Deployments by their shown names. */
export interface Choice {
  readonly deployment: string;
  /** Where the caller goes when the shared deployment does not come. */
  readonly fallback?: string;
  /** The shared deployment that would have had this caller, had it a live worker. */
  readonly missed?: string;
}

/** What of a rule says where callers go. */
export type Sends = Pick<Rule, 'name'> & {
  readonly then: Pick<Rule['then'], 'agent' | 'deployment' | 'share'>;
};

/**
 * The deployment that a rule means for this caller. Where it has no share of its own, and sends to
 * production, the agent's roll-out has one, if it goes on.
 */
export function chooseDeployment({ name, then }: Sends, caller: string, isLive = liveNow): Choice {
  const { agent, deployment } = then;
  const own = then.share && { ...then.share, seed: name };
  const share = own ?? (deployment === PRODUCTION ? rolloutShares().get(agent) : undefined);
  if (!share || shareNumber(share.seed, caller) >= share.percent) return { deployment };
  if (!isLive(agent, share.deployment)) return { deployment, missed: share.deployment };
  return { deployment: share.deployment, fallback: deployment };
}

/** One plain line for the log, about a share that could not be kept. */
export function logMissed(room: string, agent: string, missed: string, deployment: string): void {
  const where = `${agent} on ${deployment} for ${JSON.stringify(room)}`;
  ruleLog.info(`${where}: ${missed} has no live worker`);
}
