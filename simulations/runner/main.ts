// `npm run simulate`: runs simulations, some at a time, and reports their results. However it ends, it leaves no active
// calls.
import { randomUUID } from 'node:crypto';
import { dispose } from '@livekit/rtc-node';
import PQueue from 'p-queue';
import type { SimulationRun } from '@/lib/calls/test-calls/result';
import { withTimeout } from '@/lib/core/wait';
import {
  readScenarios,
  ScenarioError,
  type ScenarioFile,
  selectScenarios,
} from '@/lib/simulations/scenarios';
import { loadEnv } from '@/scripts/lib/environment';
import { ENDING_SIGNALS, SAME_MS } from '@/scripts/lib/groups';
import { shownText, table } from '@/scripts/lib/terminal';
import { webAddress } from '@/scripts/lib/web-api';
import { callboard, liveKitProject, type Target } from '@/scripts/test-caller/target';
import { modelOf } from '@/simulations/runner/language-model';
import { type Options, readOptions } from '@/simulations/runner/options';
import { Reporter } from '@/simulations/runner/reporter';
import {
  comparison,
  counts,
  runLines,
  summary,
  writeJson,
  writeJunit,
} from '@/simulations/runner/results';
import { checksAfterwards, type PlannedRun, runScenario } from '@/simulations/runner/run-scenario';
import { Speech } from '@/simulations/runner/speech';

const DISPOSE_MS = 5_000;

const write = (text: string) => process.stdout.write(`${shownText(text)}\n`);

class UsageError extends Error {}

function targetOf({ url }: Options, env: NodeJS.ProcessEnv): Target {
  if (url === undefined) return callboard(webAddress(env));
  const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = env;
  if (key && secret) return liveKitProject(url, key, secret);
  throw new UsageError('Set LIVEKIT_API_KEY and LIVEKIT_API_SECRET to those of the project.');
}

/** The runs, round by round, so that the first results cover all scenarios. */
function plannedRuns(options: Options, all: readonly ScenarioFile[]): PlannedRun[] {
  const { names, agent, url, deployments, times } = options;
  const named = selectScenarios(all, names);
  // In any LiveKit project this is the agent to call; with Callboard it filters scenarios.
  const chosen = url || !agent ? named : named.filter((one) => one.agent === agent);
  if (chosen.length === 0) throw new UsageError(`No scenario calls the agent ${agent}.`);
  return Array.from({ length: times }, (_, round) =>
    chosen.flatMap((scenario) =>
      // Compared deployments also run at the same time, so that both see the same load.
      deployments.map((deployment) => ({
        scenario,
        agent: (url && agent) || scenario.agent,
        deployment,
        number: round + 1,
      })),
    ),
  ).flat();
}

/** Warns about expectations that cannot be checked, so that nobody takes them for passed. */
function warnUnchecked(planned: readonly PlannedRun[]): void {
  const unseen = planned.filter(({ scenario }) => checksAfterwards(scenario));
  if (unseen.length === 0) return;
  const names = [...new Set(unseen.map(({ scenario }) => scenario.name))].join(', ');
  write(
    `Tools and outcomes cannot be checked there; only the audio of these is checked: ${names}\n`,
  );
}

/** Aborts at the first signal. A second one, later than npm's copy of the first, ends the program. */
function abortBySignal(control: AbortController): void {
  let at = 0;
  for (const name of ENDING_SIGNALS) {
    process.on(name, () => {
      if (at && Date.now() - at > SAME_MS) process.exit(130);
      at ||= Date.now();
      control.abort();
    });
  }
  // Started by the page: once its process is gone, nobody needs the results.
  process.once('disconnect', () => control.abort());
}

async function runSimulations(options: Options): Promise<number> {
  const env = loadEnv();
  const all = readScenarios(options.folder);
  if (options.list) {
    const rows = all.map(({ name, group, agent, title }) => [name, group, agent, title]);
    write(table(['name', 'folder', 'agent', 'what happens'], rows));
    return 0;
  }
  const target = targetOf(options, env);
  const planned = plannedRuns(options, all);
  const control = new AbortController();
  abortBySignal(control);
  const { signal } = control;
  const session = {
    id: options.session ?? randomUUID(),
    by: options.session ? ('page' as const) : ('command line' as const),
    startedAt: Date.now(),
    runs: planned.length,
  };
  const stop = () => control.abort();
  const reporter = target.storesCalls ? new Reporter(webAddress(env), session, stop) : undefined;
  if (!target.storesCalls) warnUnchecked(planned);
  const model = modelOf(env);
  const done = new Map<PlannedRun, SimulationRun>();
  const speech = await Speech.load();
  const run = async (one: PlannedRun) => {
    if (signal.aborted) return;
    const onChange = (changed: SimulationRun) => reporter?.change(changed);
    const made = await runScenario(one, { target, speech, model, signal, onChange });
    done.set(one, made);
    write(runLines(made, options.times));
  };
  const queue = new PQueue({ concurrency: options.atOnce });
  await queue.addAll(planned.map((one) => () => run(one)));
  await reporter?.end();
  // In the order of their start.
  const runs = planned.flatMap((one) => done.get(one) ?? []);
  const [left = '', right] = options.deployments;
  write(
    `\n${summary(runs)}\n${right ? `\n${comparison(runs, left, right)}\n` : ''}\n${counts(runs)}`,
  );
  if (options.json) writeJson(options.json, runs);
  if (options.junit) await writeJunit(options.junit, runs);
  if (signal.aborted) return 130;
  return runs.every(({ state }) => state === 'passed') ? 0 : 1;
}

async function main(): Promise<number> {
  try {
    return await runSimulations(readOptions(process.argv.slice(2)));
  } catch (error) {
    process.stderr.write(`${shownText((error as Error).message)}\n`);
    return error instanceof ScenarioError || error instanceof UsageError ? 2 : 1;
  }
}

const code = await main();
// LiveKit's client may never end, so do not wait for it.
await withTimeout(DISPOSE_MS, dispose()).catch(() => undefined);
process.exit(code);
