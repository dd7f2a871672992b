// Speaks for the agents of a Letta server, each call for the one that was chosen: the agent's definition,
// and the file that its job processes load. What it thinks is Letta's; here is what is said without it.
import type { AgentDefinition } from '../agent-definition';
import { BuiltInBrain } from '../brains/built-in-brain';
import { endCallTool } from '../brains/end-call';
import { takeMessageTool } from '../brains/front-desk/tools';
import { callJob } from '../job';
import { away } from '../minds/letta/away';
import { wordsIn } from '../words/words';

const GREETING = {
  en: 'Hello. What can I do for you?',
  de: 'Guten Tag. Was kann ich für Sie tun?',
} as const;

export const lettaDefinition: AgentDefinition = {
  name: 'letta',
  greeting: GREETING,
  greetingFor: ({ kind }, language) =>
    kind === 'callback' ? wordsIn(language).back : GREETING[language],
  instructions: '',
  toolLabels: {
    takeMessage: 'Wrote the message down',
    endCall: 'Ended the call',
  },
  tools: (call) => [takeMessageTool(call, call.desk), endCallTool(call)],
  brain: (call) => new BuiltInBrain(away(call.language), () => call.now(), call.language),
};

export default callJob(lettaDefinition);
