// Milo repeats what he heard, and says how fast he answered and on which deployment he runs.
import { callJob } from '@/agent/call/job';
import { scriptedAgent } from '@/agent/scripted/scripted-agent';

const INVITE = 'Say something, and I will say it back.';

export const lineCheck = scriptedAgent({
  name: 'line-check',
  person: 'Milo',
  role: 'line check',
  summary: 'Repeats what it heard and how fast it answered',
  voice: 'awb',
  deployments: ['production', 'staging'],
  handOff: 'same',
  greeting: `This is Milo, on the line check. ${INVITE}`,
  introduction: 'This is Milo, on the line check.',
  instructions:
    'You are Milo, who checks a telephone line. Repeat in one short sentence exactly what the caller said, beginning with "I heard". Add nothing.',
  help: INVITE,
  handoffs: { 'front-desk': '', billing: '' },
  otherwise(heard, call) {
    const text = heard.trim().replace(/[\s.!?,;]+$/, '');
    if (!text) return { say: ['I heard nothing. Please say something.'] };
    return {
      say: [`I heard: ${text}.`],
      later: async () => {
        const delay = await call.answerDelay();
        if (delay === undefined) return [];
        return [`That took ${Math.round(delay)} milliseconds, on ${call.deployment}.`];
      },
    };
  },
});

export default callJob(lineCheck);
