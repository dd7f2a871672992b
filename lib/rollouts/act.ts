// What people do with a roll-out: start it, take the next step, stop it, promote it. Each looks first
// whether that may be, and writes down who did it.
import { randomUUID } from 'node:crypto';
import { servedAgents } from '@/lib/core/catalogue';
import { PRODUCTION } from '@/lib/core/deployment';
import { Problem } from '@/lib/core/problem';
import { rehearsalVerdict } from '@/lib/simulations/verdict';
import type { Rollout, RolloutReason, RolloutStart } from './rollout';
import { productionVersion, versionsOn } from './running';
import { shareChanged } from './share';
import { addRollout, changeRollout, type Deed, readGoingOn } from './store/rollouts';

/** @throws {Problem} 422 for an agent that there is not */
export function requireAgent(name: string) {
  const agents = servedAgents(process.env.LETTA_URL);
  const agent = agents.find((one) => one.name === name);
  if (agent) return agent;
  const valid = agents.map((one) => one.name);
  throw new Problem('unknown-agent', `There is no agent ${JSON.stringify(name)}.`, { valid });
}

/** The deployment to roll out. @throws {Problem} 422 where the agent has it not, or it is production */
function deploymentOf(agent: string, asked: string | undefined): string {
  const valid = requireAgent(agent).deployments.filter((one) => one !== PRODUCTION);
  const deployment = asked ?? valid[0];
  if (deployment !== undefined && valid.includes(deployment)) return deployment;
  const detail = `${agent} can be rolled out from ${valid.join(', ') || 'no deployment'}.`;
  throw new Problem('unknown-deployment', detail, { valid });
}

/** The one version of its live workers. @throws {Problem} 409 where none is live, or they run several */
function versionOf(agent: string, deployment: string): string {
  const [version, ...others] = versionsOn(agent, deployment);
  if (version === undefined) {
    throw new Problem('no-live-worker', `No worker of ${agent} is live on ${deployment}.`);
  }
  if (others.length === 0) return version;
  const all = [version, ...others].join(', ');
  const detail = `The workers on ${deployment} run several versions (${all}). Wait until all run one.`;
  throw new Problem('versions-unclear', detail);
}

/** A reason in somebody's words, where they gave one. */
const said = (text = ''): RolloutReason | undefined => (text ? { kind: 'said', text } : undefined);

/** @throws {Problem} 409 where the latest rehearsals failed; 503 where the database is away */
async function requireRehearsed(agent: string, deployment: string): Promise<void> {
  const { state, failed } = await rehearsalVerdict(agent, deployment);
  if (state !== 'failed') return;
  const titles = failed.map(({ title, passed, of }) => `${title} (${passed} of ${of} passed)`);
  const detail =
    `The latest rehearsals of ${agent} on ${deployment} failed: ${titles.join('; ')}. ` +
    'Mend it and rehearse again; an admin can override this, with a reason.';
  throw new Problem('rehearsals-failed', detail);
}

/**
 * Starts one.
 * @param by name of who does it
 * @param override although its rehearsals failed: `asked` says why
 * @throws {Problem} 422 for a wrong name; 409 where one goes on, no worker is live, its versions are several,
 * or its rehearsals failed and nobody overrides them; 503 where the database is away
 */
export async function startRollout(
  agent: string,
  asked: RolloutStart,
  by: string,
  { override = false } = {},
): Promise<Rollout> {
  const deployment = deploymentOf(agent, asked.deployment);
  const version = versionOf(agent, deployment);
  const overridden = override ? asked.reason : undefined;
  if (!override) await requireRehearsed(agent, deployment);
  const at = Date.now();
  const rollout: Rollout = {
    ...{ id: randomUUID(), agent, deployment, version, state: 'running', step: 0, overridden },
    productionVersion: productionVersion(agent),
    steps: asked.steps,
    limits: { errorPoints: asked.error_points, answerMs: asked.answer_ms },
    ...{ startedAt: at, endedAt: undefined, looks: 0, lookedAtCalls: 0, finding: undefined },
  };
  const reason = said(asked.reason);
  const deeds: Deed[] = override
    ? [
        { action: 'overridden', by, at, reason },
        { action: 'started', by, at },
      ]
    : [{ action: 'started', by, at, reason }];
  if (!(await addRollout(rollout, deeds))) {
    throw new Problem('rollout-running', `Stop or finish the one of ${agent} that goes on first.`);
  }
  await shareChanged(agent);
  return rollout;
}

/** The one that goes on. @throws {Problem} 422 for an agent there is not; 409 where none goes on; 503 */
async function goingOn(agent: string): Promise<Rollout> {
  requireAgent(agent);
  const found = (await readGoingOn()).find((one) => one.agent === agent);
  if (found) return found;
  throw new Problem('no-rollout', `Nothing of ${agent} is rolled out just now.`);
}

/** @throws {Problem} 412 where somebody, or the roll-out itself, was quicker; 503 */
async function change(...[before, to, deed]: Parameters<typeof changeRollout>): Promise<Rollout> {
  const after = await changeRollout(before, to, deed);
  if (!after) throw new Problem('changed-elsewhere', 'The roll-out was changed: look at it again.');
  await shareChanged(after.agent);
  return after;
}

/**
 * Takes the next step.
 * @param to the percent that whoever takes it has seen to be the next; undefined for whatever it is
 * @throws {Problem} 409 where none goes on, this is the last step, or the rehearsals failed meanwhile; 412
 * where somebody was quicker; 503
 */
export async function nextStep(
  agent: string,
  by: string,
  reason = '',
  to?: number,
): Promise<Rollout> {
  const before = await goingOn(agent);
  const { state, step, steps, overridden, deployment } = before;
  if (state !== 'running' || step + 1 >= steps.length) {
    throw new Problem('no-further-step', 'This is the last one: promote it, or stop.');
  }
  const next = steps[step + 1];
  if (to !== undefined && to !== next) {
    throw new Problem('changed-elsewhere', `Somebody was quicker: the next step is ${next} % now.`);
  }
  if (overridden === undefined) await requireRehearsed(agent, deployment);
  const deed = { action: 'stepped', by, at: Date.now(), reason: said(reason) } as const;
  return change(before, { step: step + 1 }, deed);
}

/** Stops it: all callers are production's again. @throws {Problem} 409 where none goes on; 412; 503 */
export async function stopRollout(agent: string, by: string, reason = ''): Promise<Rollout> {
  const before = await goingOn(agent);
  const at = Date.now();
  const deed = { action: 'stopped', by, at, reason: said(reason) } as const;
  return change(before, { state: 'stopped', endedAt: at }, deed);
}

/**
 * Promotes it: all callers go to the deployment until production's workers run its version, which whoever
 * keeps them brings about. The watch then ends it.
 * @throws {Problem} 409 where none goes on, or it could not be seen when production runs the version; 412; 503
 */
export async function promoteRollout(agent: string, by: string, reason = ''): Promise<Rollout> {
  const before = await goingOn(agent);
  const { state, version, deployment } = before;
  if (state === 'promoting') {
    throw new Problem('no-further-step', 'It is promoted: production is to run this version now.');
  }
  if (version === before.productionVersion) {
    const detail =
      `Production and ${deployment} both said that they run ${version} when this began, so nobody sees ` +
      `when production runs what ${deployment} does. Stop it once you have changed production; for the ` +
      `next time give the workers on ${deployment} an AGENT_VERSION of their own.`;
    throw new Problem('versions-unclear', detail);
  }
  const deed = { action: 'promoted', by, at: Date.now(), reason: said(reason) } as const;
  return change(before, { state: 'promoting' }, deed);
}
