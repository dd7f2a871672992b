// For agents in tests in which nothing is stuck.
import type { Watch } from '@/agent/turns/call-agent';

export const unwatched: Watch = {
  stuck: (part) => {
    throw new Error(`${part} is stuck`);
  },
  tools: { isRunning: false },
  exchange: {},
};
