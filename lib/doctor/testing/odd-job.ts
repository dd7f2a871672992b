// The job of the odd worker: it joins, or does one of the things because of which nobody comes.
import { defineAgent, type JobContext } from '@livekit/agents';

const way = process.env.WAY ?? '';

export default defineAgent({
  prewarm: async () => {
    if (way === 'cannot-start') throw new Error('the model file is missing');
  },
  entry: async (ctx: JobContext) => {
    if (way === 'never-joins') return new Promise<void>(() => undefined);
    await ctx.connect();
  },
});
