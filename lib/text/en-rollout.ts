// What people read of roll-outs. English.
import { type Finding, LOOK_EVERY, wrongOf100 } from '../rollout/judge';
import type { RolloutAction, RolloutReason, RolloutState } from '../rollout/rollout';
import { duration } from './en-agents';

const count = (many: number, one: string) => `${many} ${one}${many === 1 ? '' : 's'}`;
const chance = (p: number) =>
  p < 0.001 ? 'less than 1 of 1,000' : `${(p * 100).toFixed(p < 0.1 ? 1 : 0)} of 100`;

/** What a look found, as sentences: of errors, and of delays where both have answered. */
export function found(finding: Finding): readonly string[] {
  const { deployment: own, production, errorsByChance, answersByChance, level } = finding;
  const verdict = (p: number) =>
    `Chance alone does that in ${chance(p)} cases: ${p <= level ? 'this is no chance' : 'this may be chance'}.`;
  const share = (of: typeof own) => `${of.wrong} of ${of.calls} (${wrongOf100(of).toFixed(1)} %)`;
  const errors =
    errorsByChance === undefined
      ? 'Production has had no call to compare with.'
      : verdict(errorsByChance);
  const lines = [
    `Calls that went wrong: ${share(own)}, on production ${share(production)}. ${errors}`,
  ];
  if (own.answerMs !== undefined && production.answerMs !== undefined) {
    const [one, other] = [duration(own.answerMs), duration(production.answerMs)];
    const said = answersByChance === undefined ? 'Too few to compare.' : verdict(answersByChance);
    lines.push(`Answers after ${one}, on production after ${other}. ${said}`);
  }
  return lines;
}

/** Why something was done. */
export function because(reason: RolloutReason): string {
  switch (reason.kind) {
    case 'said':
      return reason.text;
    case 'worse':
      return found(reason.finding)[reason.finding.worse === 'errors' ? 0 : 1] ?? '';
    case 'rehearsals':
      return `Its rehearsals failed: ${reason.failed.join(', ')}.`;
    case 'version':
      return `Its workers run another version now: ${reason.found.join(', ')}.`;
  }
}

const STATES: Readonly<Record<RolloutState, string>> = {
  running: 'going on',
  promoting: 'promoted',
  returned: 'returned by itself',
  stopped: 'stopped',
  finished: 'production runs it',
};
const ACTIONS: Readonly<Record<RolloutAction, string>> = {
  started: 'Started',
  overridden: 'Rehearsals overridden',
  stepped: 'Next step',
  stopped: 'Stopped',
  promoted: 'Promoted',
  returned: 'Returned by itself',
  finished: 'Production runs it',
};

export const rolloutText = {
  link: 'Roll out a version',
  title: (person: string) => `Rolling out ${person}`,
  lead: 'A new version gets callers in steps, and loses them by itself where it does worse than production.',
  away: 'The roll-out cannot be shown',
  again: 'Try again',
  version: (version: string) => `version ${version}`,
  why: 'Why (stands in the history; may be left out)',
  states: STATES,
  standing: {
    title: 'The roll-out',
    share: (percent: number, deployment: string) => `${percent} % of callers go to ${deployment}`,
    steps: 'Steps',
    now: 'now',
    overridden: (reason: string) => `Its rehearsals failed, which was overridden: ${reason}`,
    early: `A first look is taken when ${LOOK_EVERY} calls on it are over, and one after each further ${LOOK_EVERY}.`,
    limits: (points: number, ms: string) =>
      `It returns by itself where chance is no explanation and it is worse than production by ${points} of 100 calls, or by ${ms}.`,
    looked: (look: number) => `Look ${look}`,
    promoting: (version: string) =>
      `Now let production’s workers run version ${version}, as you always change them: Callboard cannot, for they are started elsewhere. Until all of them report it, every caller goes to the version as it is here; then this ends by itself.`,
    next: (percent: number) => `Next step: ${percent} %`,
    failed: 'That could not be done',
    stop: {
      button: 'Stop',
      ask: 'All callers go to production again.',
      yes: 'Stop it',
      no: 'Let it go on',
    },
    promote: {
      button: 'Promote',
      ask: (version: string) =>
        `All callers get version ${version} now, and production is to run it.`,
      yes: 'Promote it',
      no: 'Not yet',
    },
    adminsPromote: 'Promoting is for admins.',
  },
  start: {
    title: 'Start a roll-out',
    deployment: 'Deployment',
    steps: 'Steps in percent of callers',
    stepsHint: 'Rising, with commas. The same callers stay with it as it grows.',
    errors: 'More calls gone wrong, of 100',
    answers: 'Later answers, in milliseconds',
    limits: 'It returns by itself beyond',
    button: 'Start it',
    starting: 'Starting…',
    failed: 'It was not started',
    nobody: (deployment: string) =>
      `No worker is live on ${deployment}: start one with the new version.`,
    several: (deployment: string, versions: string) =>
      `The workers on ${deployment} run several versions (${versions}). Wait until all run one.`,
    same: (version: string) =>
      `Both deployments say that they run ${version}. Give the workers of the new version an AGENT_VERSION, so that you can tell them apart, and promote it.`,
    unheld: (deployment: string) => `No rehearsal was held on ${deployment} yet.`,
    failedRehearsals: (deployment: string) => `Its latest rehearsals on ${deployment} failed`,
    ofRuns: (title: string, passed: number, of: number) => `${title}: ${passed} of ${of} passed`,
    gate: 'So it gets no callers, unless an admin overrides that. Name and reason stand in the history.',
    rehearse: 'Rehearsals',
    reason: 'Why it may have callers all the same',
    override: 'Start all the same',
    notYours: 'Starting is for developers.',
  },
  figures: {
    title: 'Versions side by side',
    week: 'Calls of the last seven days, without rehearsals.',
    since: 'Calls since the roll-out began, without rehearsals.',
    none: 'Nobody has called yet.',
    unknown: 'version not known',
    runs: (places: number) => `runs, ${count(places, 'place')}`,
    gone: 'runs no more',
    caption: (person: string) => `Versions of ${person}`,
  },
  history: {
    title: 'Who did what',
    none: 'Nothing was rolled out yet.',
    actions: ACTIONS,
    itself: 'Callboard',
    to: (percent: number, deployment: string) => `${percent} % to ${deployment}`,
  },
} as const;
