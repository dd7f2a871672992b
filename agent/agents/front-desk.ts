// Ada, who receives for the practice of practice.ts: the agent's definition, and the file that its
// job processes load.
import type { AgentDefinition } from '../agent-definition';
import { BACK } from '../brains/brief-text';
import { BuiltInBrain } from '../brains/built-in-brain';
import { frontDeskConversation } from '../brains/front-desk/conversation';
import { frontDeskInstructions } from '../brains/front-desk/instructions';
import { deskTools } from '../brains/front-desk/tools';
import { callJob } from '../job';
import { practice } from '../practice';

export const frontDesk: AgentDefinition = {
  name: 'front-desk',
  greeting: `${practice.name}, this is Ada. How can I help?`,
  greetingFor: (brief) =>
    brief.kind === 'callback' ? BACK : 'This is Ada, at the front desk. How can I help?',
  instructions: frontDeskInstructions('Ada', practice),
  toolLabels: {
    currentTime: 'Looked at the calendar',
    findFreeTimes: 'Looked for free times',
    bookAppointment: 'Asked the diary to book',
    cancelAppointment: 'Asked the diary to cancel',
    takeMessage: 'Wrote the message down',
    handOver: 'Asked for billing',
    endCall: 'Ended the call',
  },
  tools: (call) => deskTools(call, practice),
  brain: (call) => new BuiltInBrain(frontDeskConversation(practice), () => call.now()),
};

export default callJob(frontDesk);
