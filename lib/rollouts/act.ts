// The actions on a rollout: start, next step, stop, promote. Each checks its conditions and records who did it.

import { randomUUID } from 'node:crypto';
import { listedAgents } from '@/lib/agents/registry';
import type { AgentsServer } from '@/lib/agents/server';
import { isReporting } from '@/lib/agents/status';
import { hasPermission, type Visitor } from '@/lib/auth/permissions';
import { notPermitted } from '@/lib/auth/refusals';
import { simulationVerdict } from '@/lib/calls/test-calls/verdict';
import { PRODUCTION } from '@/lib/core/deployment';
import { englishDuration } from '@/lib/core/figures';
import { Problem } from '@/lib/core/problem';
import { parseJson } from '@/lib/http/read-json';
import type { Rollout, RolloutReason } from '@/lib/rollouts/answers';
import { CALLS_PER_CHECK } from '@/lib/rollouts/judge';
import { type RolloutStart, reasonText } from '@/lib/rollouts/requests';
import { DEFAULT_LIMITS, GUARDED } from '@/lib/rollouts/rollout';
import { productionVersion, versionsOn } from '@/lib/rollouts/running';
import type { RolloutsServer } from '@/lib/rollouts/server';
import { shareChanged } from '@/lib/rollouts/share';
import { countEnded, latestVersion } from '@/lib/rollouts/store/read-calls';
import {
  type ActionEntry,
  addRollout,
  changeRollout,
  readActive,
  stepTakenAt,
} from '@/lib/rollouts/store/rollouts';

/** @throws {Problem} 422 for an unknown agent */
export function requireAgent(server: AgentsServer, name: string) {
  const agents = listedAgents(server);
  const agent = agents.find((one) => one.name === name);
  if (agent) return agent;
  const valid = agents.map((one) => one.name);
  throw new Problem('unknown-agent', `Unknown agent ${JSON.stringify(name)}.`, { valid });
}

/** The deployment to roll out. @throws {Problem} 422 if the agent does not have it, or it is production */
function deploymentOf(server: AgentsServer, agent: string, asked: string | undefined): string {
  const valid = requireAgent(server, agent).deployments.filter((one) => one !== PRODUCTION);
  const deployment = asked ?? valid[0];
  if (deployment !== undefined && valid.includes(deployment)) return deployment;
  const detail = `Valid deployments of ${agent} to roll out: ${valid.join(', ') || 'none'}.`;
  throw new Problem('unknown-deployment', detail, { valid });
}

/**
 * The version of all live workers. Of workers that do not report, that of the latest call; undefined if it is not known.
 * @throws {Problem} 409 if none is live, or they run several versions; 503 if the database is unavailable
 */
async function versionOf(
  server: AgentsServer,
  agent: string,
  deployment: string,
): Promise<string | undefined> {
  const [version, ...others] = versionsOn(server, agent, deployment);
  if (version === undefined) {
    if (!isReporting(server, agent, deployment)) {
      return latestVersion(server, { agent, deployment, since: Date.now() - VERSION_MS });
    }
    throw new Problem('no-live-worker', `No worker of ${agent} on ${deployment} is live.`);
  }
  if (others.length === 0) return version;
  const all = [version, ...others].join(', ');
  const detail = `The workers on ${deployment} run several versions (${all}). Wait until all run one.`;
  throw new Problem('versions-unclear', detail);
}

/** Milliseconds for which a call's version is believed to be the present one. Our own choice. */
const VERSION_MS = 24 * 60 * 60_000;

/** The reason in a request's query; empty if there is none. @throws {Problem} 400 if it is too long */
export const reasonIn = ({ url }: Request): string =>
  parseJson(JSON.stringify(new URL(url).searchParams.get('reason') ?? ''), reasonText);

const said = (text?: string): RolloutReason | undefined =>
  text ? { kind: 'said', text } : undefined;

/** @throws {Problem} 409 if the latest simulations failed; 503 if the database is unavailable */
async function requirePassedSimulations(
  server: AgentsServer,
  agent: string,
  deployment: string,
): Promise<void> {
  const { state, failed } = await simulationVerdict(server, agent, deployment);
  if (state !== 'failed') return;
  const titles = failed.map(({ title, passed, of }) => `${title} (${passed} of ${of} passed)`);
  const detail =
    `The latest simulations of ${agent} on ${deployment} failed: ${titles.join('; ')}. ` +
    'Fix the agent and run them again. An admin can override this with a reason.';
  throw new Problem('simulations-failed', detail);
}

/** Whether the person may decide for all callers at once, with the rules. */
const decidesForAll = (who: Visitor) => hasPermission(who, 'rules');

/** @throws {Problem} 403 for a rollout that reaches many callers before it is checked, or is hardly ever rolled back */
function requireGuarded({ steps, error_points: errors, answer_ms: answers }: RolloutStart): void {
  const [first = 0] = steps;
  const { firstPercent, rise } = GUARDED;
  const isSteep = steps.some((one, at) => at > 0 && one > (steps[at - 1] ?? 0) * rise);
  const { errorPoints, answerMs } = DEFAULT_LIMITS;
  if (first <= firstPercent && !isSteep && errors <= errorPoints && answers <= answerMs) return;
  throw notPermitted(
    `Only an admin can start with more than ${firstPercent} % of callers, take steps to more than ` +
      `${rise} times as many, or allow more than ${errorPoints} more failed calls of 100 or ${englishDuration(answerMs)}.`,
  );
}

/**
 * @param to percentage of the next step
 * @throws {Problem} 403 if it is for most callers; 409 if the current step was not checked with enough of its own calls;
 * 503
 */
async function requireChecked(
  server: AgentsServer,
  { id, agent, deployment, finding }: Rollout,
  to: number,
) {
  if (to > GUARDED.percent) {
    throw notPermitted(`Only an admin can send more than ${GUARDED.percent} % of callers there.`);
  }
  const since = await stepTakenAt(server, id);
  const calls = await countEnded(server, { agent, deployment, since });
  if (calls >= CALLS_PER_CHECK && finding && finding.at >= since) return;
  throw new Problem(
    'step-not-checked',
    `${calls} calls of this step have ended. The next step is possible after a check with at least ` +
      `${CALLS_PER_CHECK}. An admin can take it at once.`,
  );
}

/**
 * Starts a rollout.
 * @param who without the permission to change the rules, limited by {@link GUARDED} and the default limits
 * @param override start although simulations failed; `asked` has the reason
 * @throws {Problem} 403 beyond these; 422 for an invalid name; 409 if another rollout is active, no worker is live, workers
 * run several versions, or simulations failed without an override; 503 if the database is unavailable
 */
export async function startRollout(
  server: RolloutsServer,
  agent: string,
  asked: RolloutStart,
  who: Visitor,
  { override = false } = {},
): Promise<Rollout> {
  const by = who.name;
  if (!decidesForAll(who)) requireGuarded(asked);
  const deployment = deploymentOf(server, agent, asked.deployment);
  const version = await versionOf(server, agent, deployment);
  const overridden = override ? asked.reason : undefined;
  if (!override) await requirePassedSimulations(server, agent, deployment);
  const at = Date.now();
  const rollout: Rollout = {
    ...{ id: randomUUID(), agent, deployment, version, state: 'running', step: 0, overridden },
    productionVersion: productionVersion(server, agent),
    steps: asked.steps,
    limits: { errorPoints: asked.error_points, answerMs: asked.answer_ms },
    ...{ startedAt: at, endedAt: undefined, looks: 0, lookedAtCalls: 0, finding: undefined },
  };
  const reason = said(asked.reason);
  const entries: ActionEntry[] = override
    ? [
        { action: 'overridden', by, at, reason },
        { action: 'started', by, at },
      ]
    : [{ action: 'started', by, at, reason }];
  if (!(await addRollout(server, rollout, entries))) {
    throw new Problem('rollout-running', `First stop or finish the active rollout of ${agent}.`);
  }
  await shareChanged(server, agent);
  return rollout;
}

/** The active rollout. @throws {Problem} 422 for an unknown agent; 409 if none is active; 503 */
async function requireActive(server: AgentsServer, agent: string): Promise<Rollout> {
  requireAgent(server, agent);
  const found = (await readActive(server)).find((one) => one.agent === agent);
  if (found) return found;
  throw new Problem('no-rollout', `${agent} has no active rollout.`);
}

/** @throws {Problem} 412 if it was changed meanwhile; 503 */
async function change(
  server: RolloutsServer,
  ...what: Parameters<typeof changeRollout> extends [unknown, ...infer What] ? What : never
): Promise<Rollout> {
  const after = await changeRollout(server, ...what);
  if (!after)
    throw new Problem('changed-elsewhere', 'The rollout was changed. Reload and try again.');
  await shareChanged(server, after.agent);
  return after;
}

/**
 * Takes the next step.
 * @param who without the permission to change the rules, only after the current step was checked
 * @param to the percentage that the person saw as the next step; undefined for any
 * @throws {Problem} 403 for a step to most callers; 409 if none is active, this is the last step, the current one was not
 * checked, or simulations failed meanwhile; 412 if somebody else changed it; 503
 */
export async function nextStep(
  server: RolloutsServer,
  agent: string,
  who: Visitor,
  reason: string,
  to: number | undefined,
): Promise<Rollout> {
  const before = await requireActive(server, agent);
  const { state, step, steps, overridden, deployment } = before;
  if (state !== 'running' || step + 1 >= steps.length) {
    throw new Problem('no-further-step', 'This is the last step. Promote or stop the rollout.');
  }
  const next = steps[step + 1] ?? 0;
  if (to !== undefined && to !== next) {
    throw new Problem(
      'changed-elsewhere',
      `Somebody else took a step. The next one is now ${next} %.`,
    );
  }
  if (!decidesForAll(who)) await requireChecked(server, before, next);
  if (overridden === undefined) await requirePassedSimulations(server, agent, deployment);
  const entry = { action: 'stepped', by: who.name, at: Date.now(), reason: said(reason) } as const;
  return change(server, before, { step: step + 1 }, entry);
}

/** Stops it and returns all callers to production. @throws {Problem} 409 if none is active; 412; 503 */
export async function stopRollout(
  server: RolloutsServer,
  agent: string,
  by: string,
  reason: string,
): Promise<Rollout> {
  const before = await requireActive(server, agent);
  const at = Date.now();
  const entry = { action: 'stopped', by, at, reason: said(reason) } as const;
  return change(server, before, { state: 'stopped', endedAt: at }, entry);
}

/**
 * Promotes it: all callers go to the deployment until production's workers run its version, which their operator must
 * deploy. The monitor then finishes the rollout.
 * @throws {Problem} 409 if none is active, production's version could not be distinguished, or workers do not report; 412; 503
 */
export async function promoteRollout(
  server: RolloutsServer,
  agent: string,
  by: string,
  reason: string,
): Promise<Rollout> {
  const before = await requireActive(server, agent);
  const { state, version, deployment } = before;
  const silent = [PRODUCTION, deployment].find((one) => !isReporting(server, agent, one));
  if (state === 'promoting') {
    throw new Problem(
      'no-further-step',
      'It is already promoted. Deploy this version to production now.',
    );
  }
  if (silent !== undefined) {
    const detail =
      `The workers on ${silent} do not report to Callboard, so it cannot be detected when production runs the code of ` +
      `${deployment}. Send all callers there with the last step, update production, and then stop the rollout.`;
    throw new Problem('versions-unclear', detail);
  }
  if (version === before.productionVersion) {
    const detail =
      `Production and ${deployment} both reported version ${version} at the start, so it cannot be detected ` +
      `when production runs the code of ${deployment}. Stop the rollout once you have changed production, and ` +
      `set a different AGENT_VERSION for the workers on ${deployment} next time.`;
    throw new Problem('versions-unclear', detail);
  }
  const entry = { action: 'promoted', by, at: Date.now(), reason: said(reason) } as const;
  return change(server, before, { state: 'promoting' }, entry);
}
