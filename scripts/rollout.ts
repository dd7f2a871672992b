// Rollouts from the command line: `npm run rollout`. Uses the HTTP API of the web process, with the same checks as the
// page.
import { InvalidArgumentError } from 'commander';
import type { Spread } from '@/lib/calls/view/agent-stats';
import { englishDuration } from '@/lib/core/figures';
import { pathSegment } from '@/lib/core/path-segment';
import {
  overviewAnswer,
  type Rollout,
  type RolloutOverview,
  type RolloutReason,
  rolloutAnswer,
} from '@/lib/rollouts/answers';
import { API_HELP, apiCommand, ask, program, run, text } from '@/scripts/lib/command-line';
import { table, wholeSeconds } from '@/scripts/lib/terminal';

interface Options {
  readonly json?: boolean | undefined;
  readonly reason?: string;
}

/** Options for starting a rollout. */
interface StartOptions extends Options {
  readonly deployment?: string;
  readonly steps?: readonly number[];
  readonly errorPoints?: number;
  readonly answerMs?: number;
}

const rolloutOf = (agent: string) => `/api/agents/${pathSegment(agent)}/rollout`;
const median = ({ p50Ms }: Spread) => (p50Ms === undefined ? '' : englishDuration(p50Ms));
const counted = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([name, many]) => `${name} ${many}`)
    .join(', ');

function number(value: string): number {
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a number.');
}
const numbers = (value: string) => value.split(',').map((one) => number(one.trim()));

/** The state of a rollout in one line. */
function standing({
  deployment,
  version = 'version unknown',
  state,
  steps,
  step,
}: Rollout): string {
  if (state === 'running') {
    return `${steps[step]} % of callers go to ${deployment} (${version}).`;
  }
  if (state === 'promoting') {
    return `All callers go to ${deployment}, until production's workers run ${version}.`;
  }
  return `All callers go to production: the rollout of ${version} is ${state}.`;
}

/** Short reason of an action; the page shows it in more words. */
function why(reason: RolloutReason): string {
  if (reason.kind === 'said') return reason.text;
  if (reason.kind === 'simulations') return `simulations failed: ${reason.failed.join(', ')}`;
  if (reason.kind === 'version') return `another version is running: ${reason.found.join(', ')}`;
  const { deployment: own, production, worse } = reason.finding;
  return worse === 'errors'
    ? `${own.wrong} of ${own.calls} calls failed, on production ${production.wrong} of ${production.calls}`
    : `latency ${englishDuration(own.answerMs ?? 0)}, on production ${englishDuration(production.answerMs ?? 0)}`;
}

function status({ rollout, figures, history }: RolloutOverview): string {
  const versions = figures.map((one) => [
    one.deployment,
    one.version,
    one.calls,
    one.joined,
    one.wrong,
    median(one.timeToJoin),
    median(one.answer),
    counted(one.outcomes),
    counted(one.endedBy),
  ]);
  const columns = 'DEPLOYMENT VERSION CALLS JOINED WRONG JOINS ANSWERS OUTCOMES ENDED'.split(' ');
  const done = history.map(({ at, by, action, percent, version, reason }) => [
    ...[wholeSeconds(at), by ?? 'Callboard', action, `${percent} %`, version],
    reason && why(reason),
  ]);
  return [
    rollout ? standing(rollout) : 'There is no rollout yet.',
    versions.length > 0 ? table(columns, versions) : 'There are no calls yet.',
    ...(done.length > 0 ? [table(['TIME', 'WHO', 'DID', 'SHARE', 'VERSION', 'WHY'], done)] : []),
  ].join('\n\n');
}

const cli = program(
  'rollout',
  "Moves an agent's callers to a new version step by step.",
).addHelpText('after', `${API_HELP}In scripts: npm run --silent rollout -- status AGENT --json`);
const ofAgent = (name: string, description: string) =>
  apiCommand(cli, name, description).argument('<AGENT>', 'agent name', text);

/** A command that starts a rollout. */
const starting = (name: string, description: string, path: string) =>
  ofAgent(name, description)
    .option('--deployment <NAME>', "target; default: the agent's first one other than production")
    .option('--steps <LIST>', 'percentages of callers, ascending; default: 5,25,50,100', numbers)
    .option(
      '--error-points <N>',
      'stop if N more of 100 calls fail than on production; default: 5',
      number,
    )
    .option(
      '--answer-ms <N>',
      'or if the response latency is N milliseconds higher; default: 300',
      number,
    )
    .option('--reason <TEXT>', 'reason for the history')
    .action((agent: string, { json, errorPoints, answerMs, ...rest }: StartOptions) =>
      ask(
        {
          method: 'POST',
          path: rolloutOf(agent) + path,
          body: { ...rest, error_points: errorPoints, answer_ms: answerMs },
        },
        { json },
        rolloutAnswer,
        standing,
      ),
    );

/** A command that changes a running rollout. */
const changing = (name: string, description: string, method: 'POST' | 'DELETE', path: string) =>
  ofAgent(name, description)
    .option('--reason <TEXT>', 'reason for the history')
    .action((agent: string, { json, reason = '' }: Options) =>
      ask(
        { method, path: `${rolloutOf(agent)}${path}?${new URLSearchParams({ reason })}` },
        { json },
        rolloutAnswer,
        standing,
      ),
    );

ofAgent('status', 'show the rollout, a comparison of its versions, and the history').action(
  (agent: string, options: Options) =>
    ask({ path: rolloutOf(agent) }, options, overviewAnswer, status),
);
starting('start', 'send some of its callers to staging', '');
changing('next', 'take the next step: send more callers', 'POST', '/next');
changing('stop', 'send all callers back to production', 'DELETE', '');
changing(
  'promote',
  "send all callers to staging until production's workers run its version",
  'POST',
  '/promote',
);
starting('override', 'start even though its simulations failed; requires --reason', '/override');

await run(cli);
