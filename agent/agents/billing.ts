// Frank, who answers what the front desk hands over to billing: the agent's definition, and the file
// that its job processes load.
import type { AgentDefinition } from '../agent-definition';
import { billingConversation, billingTools } from '../brains/billing/conversation';
import { billingGreeting } from '../brains/billing/greeting';
import { billingInstructions } from '../brains/billing/instructions';
import { BuiltInBrain } from '../brains/built-in-brain';
import { callJob } from '../job';
import { practice } from '../practice';

export const billing: AgentDefinition = {
  name: 'billing',
  greeting: {
    en: `${practice.name}, billing, this is Frank. How can I help?`,
    de: `${practice.name}, Abrechnung, hier ist Frank. Was kann ich für Sie tun?`,
  },
  greetingFor: (brief, language) => billingGreeting('Frank', brief, language),
  instructions: billingInstructions('Frank', practice),
  toolLabels: {
    takeMessage: 'Wrote the message down',
    endCall: 'Ended the call',
  },
  tools: (call) => billingTools(call),
  brain(call) {
    const { brief, language } = call;
    const conversation = billingConversation(practice, brief, language);
    return new BuiltInBrain(conversation, () => call.now(), language);
  },
};

export default callJob(billing);
