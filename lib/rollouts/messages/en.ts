// Messages of rollouts.

import { duration } from '@/lib/messages/en/agents';
import { CALLS_PER_CHECK, type Finding, failedPercent } from '@/lib/rollouts/judge';
import type { RolloutAction, RolloutReason, RolloutState } from '@/lib/rollouts/rollout';

const chance = (p: number) =>
  p < 0.001 ? 'less than 1 of 1,000' : `${(p * 100).toFixed(p < 0.1 ? 1 : 0)} of 100`;

/** The result of a check: errors, and latencies if both deployments have answered. */
export function checkResult(finding: Finding): readonly string[] {
  const { deployment: own, production, errorsByChance, answersByChance, level } = finding;
  const verdict = (p: number) =>
    `A difference this large occurs by chance in ${chance(p)} cases: ${p <= level ? 'it is significant' : 'it is not significant'}.`;
  const share = (of: typeof own) =>
    `${of.wrong} of ${of.calls} (${failedPercent(of).toFixed(1)} %)`;
  const errors =
    errorsByChance === undefined
      ? 'Production has no calls to compare with.'
      : verdict(errorsByChance);
  const lines = [`Failed calls: ${share(own)}, on production ${share(production)}. ${errors}`];
  if (own.answerMs !== undefined && production.answerMs !== undefined) {
    const [one, other] = [duration(own.answerMs), duration(production.answerMs)];
    const said =
      answersByChance === undefined ? 'Too few calls to compare.' : verdict(answersByChance);
    lines.push(`Response latency: ${one}, on production ${other}. ${said}`);
  }
  return lines;
}

/** Why a rollout was changed. */
export function reasonText(reason: RolloutReason): string {
  switch (reason.kind) {
    case 'said':
      return reason.text;
    case 'worse':
      return checkResult(reason.finding)[reason.finding.worse === 'errors' ? 0 : 1] ?? '';
    case 'simulations':
      return `Simulations failed: ${reason.failed.join(', ')}.`;
    case 'version':
      return `The workers now run another version: ${reason.found.join(', ')}.`;
  }
}

const STATES: Readonly<Record<RolloutState, string>> = {
  running: 'in progress',
  promoting: 'promoted',
  returned: 'rolled back automatically',
  stopped: 'stopped',
  finished: 'running on production',
};
const ACTIONS: Readonly<Record<RolloutAction, string>> = {
  started: 'Started',
  overridden: 'Simulations overridden',
  stepped: 'Next step',
  stopped: 'Stopped',
  promoted: 'Promoted',
  returned: 'Rolled back automatically',
  finished: 'Running on production',
};

export const rolloutText = {
  title: (person: string) => `Rolling out ${person}`,
  lead: 'A new version gets callers step by step, and is rolled back automatically if it does worse than production.',
  away: 'The rollout could not be loaded',
  again: 'Try again',
  version: (version: string | undefined) =>
    version === undefined ? 'version unknown' : `version ${version}`,
  why: 'Reason (optional)',
  states: STATES,
  progress: {
    title: 'The rollout',
    share: (percent: number, deployment: string) => `${percent} % of callers go to ${deployment}`,
    steps: 'Steps',
    now: 'now',
    overridden: (reason: string) => `Failed simulations were overridden: ${reason}`,
    early: `The rollout is checked after every ${CALLS_PER_CHECK} finished calls.`,
    limits: (points: number, ms: string) =>
      `It is rolled back automatically if it is significantly worse than production: by more than ${points} failed calls per 100, or by more than ${ms}.`,
    looked: (look: number) => `Check ${look}`,
    promoting: (version: string) =>
      `Now update the production workers to ${version} the way you always deploy them; Callboard cannot do this for you. Until all of them report this version, every caller goes to the current deployment. The rollout then finishes automatically.`,
    next: (percent: number) => `Next step: ${percent} %`,
    failed: 'The change failed',
    stop: {
      button: 'Stop',
      ask: 'All callers go back to production.',
      yes: 'Stop rollout',
      no: 'Cancel',
    },
    promote: {
      button: 'Promote',
      ask: (version: string) => `All callers get ${version} now. Update production to it next.`,
      yes: 'Promote now',
      no: 'Cancel',
    },
    adminsPromote: 'Only admins can promote.',
    unreported:
      'The workers do not report their version to Callboard. After the last step, update production, and then stop the rollout.',
  },
  start: {
    title: 'Start a rollout',
    deployment: 'Deployment',
    steps: 'Steps in percent of callers',
    stepsHint: 'Increasing, separated by commas. Callers keep their version as the share grows.',
    errors: 'Extra failed calls per 100',
    answers: 'Slower answers (ms)',
    limits: 'Roll back automatically above',
    button: 'Start rollout',
    starting: 'Starting…',
    failed: 'The rollout could not be started',
    nobody: (deployment: string) =>
      `No worker is live on ${deployment}: start one with the new version.`,
    unreported: (deployment: string) =>
      `The workers on ${deployment} do not report to Callboard. Callers whose agent does not join go to production.`,
    several: (deployment: string, versions: string) =>
      `The workers on ${deployment} run several versions (${versions}). Wait until all run one.`,
    same: (version: string) =>
      `Both deployments report version ${version}. Set AGENT_VERSION on the workers of the new version to tell them apart.`,
    notSimulated: (deployment: string) => `No simulations have run on ${deployment} yet.`,
    failedSimulations: (deployment: string) => `The latest simulations on ${deployment} failed`,
    ofRuns: (title: string, passed: number, of: number) => `${title}: ${passed} of ${of} passed`,
    gate: 'It gets no callers unless an admin overrides this. The history shows who did, and why.',
    simulations: 'Simulations',
    reason: 'Reason for the override',
    override: 'Start anyway',
    notYours: 'Only developers can start a rollout.',
  },
  figures: {
    title: 'Versions side by side',
    week: 'Calls of the last seven days, without simulations.',
    since: 'Calls since the rollout started, without simulations.',
    none: 'No calls yet.',
    unknown: 'version unknown',
    runs: (places: number) => `running, capacity ${places}`,
    gone: 'no longer running',
    caption: (person: string) => `Versions of ${person}`,
  },
  history: {
    title: 'Rollout history',
    none: 'No rollouts yet.',
    actions: ACTIONS,
    itself: 'Callboard',
    to: (percent: number, deployment: string) => `${percent} % to ${deployment}`,
  },
} as const;
