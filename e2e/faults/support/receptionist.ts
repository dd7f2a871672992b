// An agent of Callboard that hands callers off to agents that are not in its code. Tests build it in place of another one.
import { callJob } from '@/agent/call/job';
import { scriptedAgent } from '@/agent/scripted/scripted-agent';

export const receptionist = scriptedAgent({
  name: 'front-desk',
  person: 'Ada',
  role: 'front desk',
  summary: 'Connects callers',
  voice: 'slt',
  deployments: ['production', 'staging'],
  handOff: 'same',
  greeting: 'Harbour office, this is Ada.',
  instructions: 'You are Ada.',
  help: 'I can connect you.',
  handoffs: { nora: 'boat', absent: 'train', misspelt: 'plane' },
});

export default callJob(receptionist);
