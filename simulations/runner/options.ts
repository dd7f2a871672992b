// Parses and validates the command line before any call is made.
import { parseArgs } from 'node:util';
import { DEPLOYMENT_RULE, isDeployment, PRODUCTION } from '@/lib/core/deployment';

export const USAGE = `Usage: npm run simulate -- [NAME…] [options]

  Test callers call an agent, speak and listen with real audio, and report. NAME is a scenario or a folder of
  simulations/scenarios/; all by default.

  --list              list the scenarios
  --agent NAME        only scenarios of this agent; with --url, the agent to call
  --deployment NAME   production by default; two with a comma are compared
  --times N           runs of each scenario; 1 by default
  --at-once N         concurrent callers; 2 by default
  --json FILE         write all results as JSON
  --junit FILE        write all results as JUnit XML for CI
  --folder DIR        another folder of scenarios
  --url URL           any LiveKit project (wss://…), with LIVEKIT_API_KEY and LIVEKIT_API_SECRET;
                      tools and outcomes cannot be checked there
  --help

Exit codes: 0 all passed, 1 one failed, 2 usage error, 130 stopped (all calls are ended).
CALLBOARD_URL is Callboard's address; by default HOST and PORT of the settings.
`;

/** Most concurrent callers. Our own choice: they share one speech recognizer. */
const AT_ONCE_MAX = 20;
const TIMES_MAX = 100;
/** The compared deployments. */
const DEPLOYMENTS_MAX = 2;

export interface Options {
  readonly names: readonly string[];
  readonly list: boolean;
  readonly agent: string | undefined;
  /** As shown. */
  readonly deployments: readonly string[];
  readonly times: number;
  readonly atOnce: number;
  readonly json: string | undefined;
  readonly junit: string | undefined;
  readonly folder: string | undefined;
  readonly url: string | undefined;
  /** Session ID from the page that started it; undefined on the command line. */
  readonly session: string | undefined;
}

function count(option: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value <= most) return value;
  throw new TypeError(`--${option} takes a number from 1 to ${most}`);
}

function deploymentsOf(text: string | undefined): readonly string[] {
  const names = [...new Set((text || PRODUCTION).split(',').map((name) => name.trim()))];
  if (names.length <= DEPLOYMENTS_MAX && names.every((name) => name && isDeployment(name))) {
    return names;
  }
  throw new TypeError(`--deployment takes one name, or two with a comma: ${DEPLOYMENT_RULE}`);
}

/** @throws TypeError with a readable message; undefined if help was requested */
export function readOptions(args: string[]): Options | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...{ list: flag, help: { ...flag, short: 'h' }, agent: text, deployment: text },
      ...{ times: text, 'at-once': text, json: text, junit: text, folder: text, url: text },
      session: text,
    },
  });
  if (values.help) return undefined;
  const { list, agent, json, junit, folder, url, session } = values;
  if (url !== undefined && !/^(wss?|https?):\/\/./.test(url)) {
    throw new TypeError('--url takes the address of a LiveKit server: wss://…');
  }
  return {
    ...{ names: positionals, list, agent, json, junit, folder, url, session },
    deployments: deploymentsOf(values.deployment),
    times: count('times', values.times ?? '1', TIMES_MAX),
    atOnce: count('at-once', values['at-once'] ?? '2', AT_ONCE_MAX),
  };
}
