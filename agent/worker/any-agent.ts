// What a job process runs: one job of any agent of its worker, so that the agents share the waiting processes. An agent
// that cannot be loaded does not affect the others.
import { defineAgent, type JobProcess } from '@livekit/agents';
import { servedAgents } from '../../lib/core/catalogue';
import { parseConfig } from '../../lib/core/config';
import { withholdProxy } from '../../lib/core/outbound-proxy';
import { type Prepared, prewarm } from '../call/prewarm';
import { cleanLog } from '../framework/log';
import { printUncaughtErrors, reportFailedStart, reportLoaded } from './failure';

type Agent = ReturnType<typeof defineAgent<Prepared>>;

const agents = new Map<string, Agent>();

async function load(name: string, job: JobProcess<Prepared>): Promise<void> {
  const { href } = new URL(`../agents/${name}.js`, import.meta.url);
  const { default: agent }: { readonly default: Agent } = await import(href);
  await agent.prewarm?.(job);
  agents.set(name, agent);
}

export default defineAgent<Prepared>({
  prewarm: async (job) => {
    cleanLog();
    printUncaughtErrors();
    await prewarm(job).catch((error: unknown) => {
      reportFailedStart(error);
      throw error;
    });
    const { LETTA_URL, AGENT_NAME, LIVEKIT_URL } = parseConfig(process.env);
    withholdProxy(LIVEKIT_URL);
    const failures = new Map<string, unknown>();
    for (const { name } of servedAgents(LETTA_URL, AGENT_NAME)) {
      await load(name, job).catch((error: unknown) => failures.set(name, error));
    }
    // The framework expects its own message first, which it sends when this function has returned.
    setImmediate(() => reportLoaded(failures));
  },
  entry: async (ctx) => {
    const name = ctx.job.agentName;
    const agent = agents.get(name);
    if (!agent) throw new Error(`${name} could not be loaded when this process started.`);
    // For `ps`: which call this process has.
    process.title = `callboard job-process ${name}`;
    await agent.entry(ctx);
  },
});
