// What the command line asks for, checked, so that a mistake is told before anybody is called.
import { parseArgs } from 'node:util';
import { DEPLOYMENT_RULE, isDeployment, PRODUCTION } from '../lib/core/deployment';

export const USAGE = `Usage: npm run rehearse -- [NAME…] [options]

  Callers ring an agent, speak with real audio, listen, and report. NAME is a rehearsal or a folder of
  rehearsals/; left out, all are held.

  --list              the rehearsals there are
  --agent NAME        those of this agent; with --url, the agent that is called
  --deployment NAME   left out, production; two with a comma are held side by side
  --times N           how often each is held; left out, once
  --at-once N         callers at the same time; left out, 2
  --json FILE         all results, for programs
  --junit FILE        the same as JUnit, for CI
  --folder DIR        rehearsals that stand elsewhere
  --url URL           any LiveKit project (wss://…), with LIVEKIT_API_KEY and LIVEKIT_API_SECRET;
                      tools and outcomes cannot be looked at there
  --help

Exit code 0: all passed. 1: one failed. 2: asked wrongly. 130: stopped; every call is ended.
CALLBOARD_URL is where Callboard is; left out, HOST and PORT of the settings.
`;

/** Most callers at the same time. Our own choice: they share one recogniser. */
const AT_ONCE_MAX = 20;
const TIMES_MAX = 100;
/** What is shown side by side. */
const DEPLOYMENTS_MAX = 2;

/** What is asked for. */
export interface Options {
  readonly names: readonly string[];
  readonly list: boolean;
  readonly agent: string | undefined;
  /** Shown names. */
  readonly deployments: readonly string[];
  readonly times: number;
  readonly atOnce: number;
  readonly json: string | undefined;
  readonly junit: string | undefined;
  readonly folder: string | undefined;
  readonly url: string | undefined;
  /** Id that the page gave what it started; undefined from the command line. */
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

/** @throws TypeError that says what is wrong; undefined where help is wanted */
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
