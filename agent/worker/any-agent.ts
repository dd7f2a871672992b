// What a job process runs: one job of any agent of its worker, so that the agents share the waiting processes. An agent
// that cannot be loaded does not affect the others.
import { defineAgent, isAgent, type JobContext, type JobProcess } from '@livekit/agents';
import { type Prepared, prewarm } from '@/agent/call/prewarm';
import { standardJob } from '@/agent/call/standard-job';
import { cleanLog } from '@/agent/framework/log';
import { withoutUploads } from '@/agent/framework/no-upload';
import { printUncaughtErrors, reportFailedStart, reportLoaded } from '@/agent/worker/failure';
import { agentsInCode, type CatalogueAgent } from '@/lib/core/catalogue';
import { parseConfig } from '@/lib/core/config';
import { withholdProxy } from '@/lib/core/outbound-proxy';
import { withTimeout } from '@/lib/core/wait';

type Agent = ReturnType<typeof defineAgent<Prepared>>;

/** Milliseconds for an agent to load: half of what a process has for all (agent/main.ts). */
const LOAD_MS = 30_000;

const agents = new Map<string, Agent>();

async function load(listed: CatalogueAgent, job: JobProcess<Prepared>): Promise<void> {
  const { name, file = name } = listed;
  const { href } = new URL(`../agents/${file}.js`, import.meta.url);
  const { default: agent }: { readonly default: unknown } = await import(href);
  if (!isAgent(agent)) throw new Error('Its default export must be defineAgent(…) or callJob(…).');
  const served = ('definition' in agent ? agent : standardJob(agent, listed)) as Agent;
  await served.prewarm?.(job);
  agents.set(name, served);
}

/** Loads the agents. @returns why some cannot be loaded, by name */
async function loadAll(job: JobProcess<Prepared>): Promise<ReadonlyMap<string, unknown>> {
  const { LETTA_URL, AGENT_NAME } = parseConfig(process.env);
  const failures = new Map<string, unknown>();
  const { exit } = process;
  process.exit = (code) => {
    throw new Error(`It calls process.exit(${code ?? 0}).`);
  };
  const loading = agentsInCode(LETTA_URL, AGENT_NAME).map((agent) =>
    withTimeout(LOAD_MS, load(agent, job)).catch((error) => failures.set(agent.name, error)),
  );
  await Promise.all(loading);
  process.exit = exit;
  return failures;
}

function agentOf({ job: { agentName } }: JobContext<Prepared>): Agent {
  const agent = agents.get(agentName);
  if (!agent) throw new Error(`${agentName} could not be loaded when this process started.`);
  return agent;
}

export default defineAgent<Prepared>({
  prewarm: async (job) => {
    cleanLog();
    printUncaughtErrors();
    await prewarm(job).catch((error: unknown) => {
      reportFailedStart(error);
      throw error;
    });
    const config = parseConfig(process.env);
    withholdProxy(config.LIVEKIT_URL);
    withoutUploads(config);
    const failures = await loadAll(job);
    // The framework expects its own message first, which it sends when this function has returned.
    setImmediate(() => reportLoaded(failures));
  },
  entry: async (ctx) => {
    const agent = agentOf(ctx);
    // For `ps`: which call this process has.
    process.title = `callboard job-process ${ctx.job.agentName}`;
    await agent.entry(ctx);
  },
  onSessionEnd: (ctx) => agentOf(ctx).onSessionEnd?.(ctx),
});
