// Milo, who says back what he heard and how fast: the agent's definition, and the file that its job
// processes load.
import type { AgentDefinition } from '../agent-definition';
import { BuiltInBrain } from '../brains/built-in-brain';
import { endCallTool } from '../brains/end-call';
import { lineCheck } from '../brains/line-check';
import { callJob } from '../job';

export const lineCheckAgent: AgentDefinition = {
  name: 'line-check',
  greeting: 'This is Milo, on the line check. Say something, and I will say it back.',
  greetingFor: ({ kind }) =>
    `${kind === 'callback' ? "I'm back." : 'This is Milo, on the line check.'} Say something, and I will say it back.`,
  instructions:
    'You are Milo, who checks a telephone line. Repeat in one short sentence exactly what the caller said, beginning with "I heard". Add nothing. When the caller says goodbye, say goodbye and call endCall in the same reply.',
  toolLabels: { endCall: 'Ended the call' },
  tools: (call) => [endCallTool(call)],
  brain: (call) => new BuiltInBrain(lineCheck(call), () => call.now()),
};

export default callJob(lineCheckAgent);
