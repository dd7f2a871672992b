// A job of the faulty worker: it joins, or never does.
import { defineAgent, type JobContext } from '@livekit/agents';

export default defineAgent({
  entry: async (ctx: JobContext) => {
    if (ctx.job.agentName === 'stays-away') return new Promise<void>(() => undefined);
    await ctx.connect();
  },
});
