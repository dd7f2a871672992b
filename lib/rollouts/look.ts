// One look at the roll-outs that go on: ends what has to end, by itself. Done again and again by the web
// process that leads (`watch.ts`); all that it knows is in the database, so that another can go on.
import { redact } from '@/lib/core/redact';
import { rehearsalVerdict } from '@/lib/simulations/verdict';
import { judge, LOOK_EVERY } from './judge';
import type { Rollout, RolloutReason } from './rollout';
import { productionVersion, versionsOn } from './running';
import { readShares, shareChanged } from './share';
import { countOver, latestOver } from './store/read-judged';
import { changeRollout, keepFinding, readGoingOn } from './store/rollouts';

const DAY_MS = 24 * 60 * 60_000;
/** Production is judged by its calls from this long before the roll-out on: at 100 % it has none. */
const BEFORE_MS = 7 * DAY_MS;
/** Latest calls that are judged. Our own choice: more would hide what has begun to fail of late. */
const DEPLOYMENT_MAX = 500;
const PRODUCTION_MAX = 1_000;

/** Judges its calls, if enough of them are new. @returns why it has to return */
async function judged(rollout: Rollout, now: number): Promise<RolloutReason | undefined> {
  const { agent, deployment, startedAt, limits, looks, lookedAtCalls, finding: last } = rollout;
  // Found by a process that died before it could return it.
  if (last?.worse) return { kind: 'worse', finding: last };
  const own = { agent, deployment, since: startedAt };
  const calls = await countOver(own);
  if (calls < lookedAtCalls + LOOK_EVERY) return undefined;
  const production = { agent, deployment: 'production', since: startedAt - BEFORE_MS };
  const seen = {
    deployment: await latestOver(own, DEPLOYMENT_MAX),
    production: await latestOver(production, PRODUCTION_MAX),
  };
  const finding = judge(seen, limits, looks + 1, now);
  const kept = await keepFinding(rollout, finding, calls);
  return kept && finding.worse ? { kind: 'worse', finding } : undefined;
}

/** Why it has to return; undefined where it does not. */
async function whyReturn(rollout: Rollout, now: number): Promise<RolloutReason | undefined> {
  const { agent, deployment, version, overridden } = rollout;
  // What runs there now was neither chosen by anybody, nor has it been through the first steps.
  const found = versionsOn(agent, deployment).filter((one) => one !== version);
  if (found.length > 0) return { kind: 'version', found };
  if (overridden === undefined) {
    const { state, failed } = await rehearsalVerdict(agent, deployment);
    if (state === 'failed') return { kind: 'rehearsals', failed: failed.map(({ title }) => title) };
  }
  return judged(rollout, now);
}

/** Whether production runs it: each of its live workers. */
const isPromoted = ({ state, agent, version }: Rollout) =>
  state === 'promoting' && productionVersion(agent) === version;

async function lookAt(rollout: Rollout, now: number): Promise<void> {
  const { agent, deployment } = rollout;
  const over = { endedAt: now };
  if (isPromoted(rollout)) {
    const done = { action: 'finished', at: now } as const;
    if (await changeRollout(rollout, { state: 'finished', ...over }, done))
      await shareChanged(agent);
    return;
  }
  const reason = await whyReturn(rollout, now);
  if (!reason) return;
  const deed = { action: 'returned', at: now, reason } as const;
  // Somebody may have stopped it meanwhile, or taken the next step: what was seen holds for that too.
  const current = (await readGoingOn()).find(({ id }) => id === rollout.id);
  if (!current || !(await changeRollout(current, { state: 'returned', ...over }, deed))) return;
  await shareChanged(agent);
  console.warn(
    redact(`roll-outs: ${agent} on ${deployment} is returned: ${JSON.stringify(reason)}`),
  );
}

/**
 * Looks at all that go on, and puts their shares in force in this process.
 * @param now milliseconds since 1970
 * @throws {Problem} 503 where the database is away: the shares stay as they are
 */
export async function lookAtRollouts(now = Date.now()): Promise<void> {
  for (const one of await readShares()) await lookAt(one, now);
}
