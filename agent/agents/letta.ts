// Speaks for the agents of a Letta server. Letta provides its model; this file is what it says without Letta.

import { callJob } from '@/agent/call/job';
import { scriptedAgent, takeMessage } from '@/agent/scripted/scripted-agent';
import { lettaAgent } from '@/lib/core/catalogue';

const OFFER = 'Shall I take a message, or will you try again later?';

export const lettaDefinition = scriptedAgent({
  ...lettaAgent,
  greeting: 'Hello. What can I do for you?',
  // A Letta agent has its own.
  instructions: '',
  help: OFFER,
  tools: { takeMessage },
  otherwise: () => ({
    say: ['I cannot reach what I know and remember just now.', OFFER],
    offer: true,
  }),
});

export default callJob(lettaDefinition);
