// The command line of simulations, validated before any call is made.
import { InvalidArgumentError, Option } from 'commander';
import { deploymentRule, isDeployment, PRODUCTION } from '@/lib/core/deployment';
import { API_HELP, count, program } from '@/scripts/lib/command-line';

/** Most concurrent callers. Our own choice: they share one speech recognizer. */
const AT_ONCE_MAX = 20;
const TIMES_MAX = 100;
const DEPLOYMENTS_MAX = 2;

export interface Options {
  readonly names: readonly string[];
  readonly list: boolean;
  readonly agent?: string;
  readonly deployments: readonly string[];
  readonly times: number;
  readonly atOnce: number;
  readonly json?: string;
  readonly junit?: string;
  readonly folder?: string;
  readonly url?: string;
  /** Session ID from the page that started it; undefined on the command line. */
  readonly session?: string;
}

type Parsed = Omit<Options, 'names' | 'deployments'> & {
  readonly deployment: Options['deployments'];
};

function deploymentsOf(text: string): readonly string[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  if (names.length <= DEPLOYMENTS_MAX && names.every((name) => name && isDeployment(name))) {
    return names;
  }
  throw new InvalidArgumentError(
    `It must be one name, or two with a comma: ${deploymentRule().words}.`,
  );
}

function liveKitUrl(text: string): string {
  if (/^(wss?|https?):\/\/./.test(text)) return text;
  throw new InvalidArgumentError('It must be the address of a LiveKit server: wss://…');
}

const DESCRIPTION =
  'Test callers call an agent, speak and listen with real audio, and report. NAME is a scenario or a folder of ' +
  'simulations/scenarios/; all by default.';

/** Parses the command line. Exits after the help, and if it is invalid. */
export function readOptions(args: readonly string[]): Options {
  const cli = program('simulate', DESCRIPTION)
    .argument('[NAME...]')
    .option('--list', 'list the scenarios', false)
    .option('--agent <NAME>', 'only scenarios of this agent; with --url, the agent to call')
    .addOption(
      new Option('--deployment <NAME>', 'deployment of the agent; two with a comma are compared')
        .argParser(deploymentsOf)
        .default([PRODUCTION], PRODUCTION),
    )
    .option('--times <N>', 'runs of each scenario', count(TIMES_MAX), 1)
    .option('--at-once <N>', 'concurrent callers', count(AT_ONCE_MAX), 2)
    .option('--json <FILE>', 'write all results as JSON')
    .option('--junit <FILE>', 'write all results as JUnit XML for CI')
    .option('--folder <DIR>', 'another folder of scenarios')
    .option(
      '--url <URL>',
      'any LiveKit project (wss://…), with LIVEKIT_API_KEY and LIVEKIT_API_SECRET; tools and outcomes cannot be ' +
        'checked there',
      liveKitUrl,
    )
    .addOption(new Option('--session <ID>').hideHelp())
    .addHelpText(
      'after',
      `
Exit codes: 0 all passed, 1 one failed, 2 usage error, 130 stopped (all calls are ended).${API_HELP}`,
    )
    .parse(args, { from: 'user' });
  const { deployment: deployments, ...options } = cli.opts<Parsed>();
  return { ...options, names: cli.args, deployments };
}
