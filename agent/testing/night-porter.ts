// A new agent as the README shows it: one file, which its test talks to.
import { z } from 'zod';
import { simpleAgent, tool } from '../brains/simple/simple-agent';

export const porter = simpleAgent({
  name: 'night-porter',
  greeting: 'Hotel Seaview, this is Nora. How can I help?',
  instructions: 'You are Nora, the night porter of Hotel Seaview. You are calm and brief.',
  facts: {
    breakfast: 'Breakfast is from seven to ten, on the first floor.',
    'wifi, internet': 'The wifi is called Seaview, and it is open.',
  },
  tools: {
    wakeUp: tool({
      description: 'Sets a wake-up call.',
      label: 'Set a wake-up call',
      asks: 'wake-up call, wake me',
      parameters: z.object({
        room: z.number().int().describe('Which room is it?'),
        time: z.string().describe('At what time?'),
      }),
      run: ({ room, time }) => `We will call room ${room} at ${time}.`,
    }),
  },
  handOvers: { billing: 'bill, invoice, payment' },
});
