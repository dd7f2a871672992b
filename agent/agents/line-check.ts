// Milo, who says back what he heard and how fast: the agent's definition, and the file that its job
// processes load.
import type { Language } from '../../lib/language/language';
import type { AgentDefinition } from '../agent-definition';
import { BuiltInBrain } from '../brains/built-in-brain';
import { endCallTool } from '../brains/end-call';
import { lineCheck, lineCheckWords } from '../brains/line-check';
import { callJob } from '../job';

function greeting(language: Language): string {
  const { hello, invite } = lineCheckWords[language];
  return `${hello} ${invite}`;
}

export const lineCheckAgent: AgentDefinition = {
  name: 'line-check',
  greeting: { en: greeting('en'), de: greeting('de') },
  greetingFor({ kind }, language) {
    const { back, invite } = lineCheckWords[language];
    return kind === 'callback' ? `${back} ${invite}` : greeting(language);
  },
  instructions:
    'You are Milo, who checks a telephone line. Repeat in one short sentence exactly what the caller said, beginning with "I heard". Add nothing. When the caller says goodbye, say goodbye and call endCall in the same reply.',
  toolLabels: { endCall: 'Ended the call' },
  tools: (call) => [endCallTool(call)],
  brain: (call) => new BuiltInBrain(lineCheck(call), () => call.now(), call.language),
};

export default callJob(lineCheckAgent);
