// Ada, who receives for the practice of practice.ts: the agent's definition, and the file that its
// job processes load.
import type { AgentDefinition } from '../agent-definition';
import { BuiltInBrain } from '../brains/built-in-brain';
import { frontDeskConversation } from '../brains/front-desk/conversation';
import { GREETING, GREETING_BACK_AT_DESK } from '../brains/front-desk/german/greeting';
import { frontDeskInstructions } from '../brains/front-desk/instructions';
import { deskTools } from '../brains/front-desk/tools';
import { callJob } from '../job';
import { practice } from '../practice';
import { wordsIn } from '../words/words';

export const frontDesk: AgentDefinition = {
  name: 'front-desk',
  greeting: {
    en: `${practice.name}, this is Ada. How can I help?`,
    de: GREETING(practice.name),
  },
  greetingFor({ kind }, language) {
    if (kind === 'callback') return wordsIn(language).back;
    if (language === 'de') return GREETING_BACK_AT_DESK;
    return 'This is Ada, at the front desk. How can I help?';
  },
  instructions: frontDeskInstructions('Ada', practice),
  toolLabels: {
    currentTime: 'Looked at the calendar',
    findFreeTimes: 'Looked for free times',
    findAppointment: 'Looked for the appointment',
    bookAppointment: 'Asked the diary to book',
    cancelAppointment: 'Asked the diary to cancel',
    takeMessage: 'Wrote the message down',
    handOver: 'Asked for billing',
    endCall: 'Ended the call',
  },
  tools: (call) => deskTools(call, practice),
  brain(call) {
    const conversation = frontDeskConversation(practice, call.language);
    return new BuiltInBrain(conversation, () => call.now(), call.language);
  },
};

export default callJob(frontDesk);
