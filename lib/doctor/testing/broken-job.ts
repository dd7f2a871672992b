// A job that cannot start: its process ends in prewarm.
import { defineAgent } from '@livekit/agents';

export default defineAgent({
  prewarm: async () => {
    throw new Error('the model file is missing');
  },
  entry: async () => undefined,
});
