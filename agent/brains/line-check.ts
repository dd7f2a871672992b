// Milo's conversation: repeats what he heard, then says how fast the answer came and from which
// deployment, so that a person can hear whether the line and the dispatch are right.
import type { CallHandle } from '../agent-definition';
import type { Conversation } from './conversation';

const BYE = /\b(?:good ?bye|bye|bye bye|hang up|end the call|that's all|that is all)\b/i;

const tidy = (text: string) => text.trim().replace(/[\s.!?,;]+$/, '');

/** The conversation of the line check in that call. */
export function lineCheck(call: CallHandle): Conversation<null> {
  return {
    start: null,
    hear(_, heard) {
      const text = tidy(heard);
      if (BYE.test(text) && text.split(/\s+/).length <= 5) {
        return {
          state: null,
          say: ['The line is closed. Goodbye.'],
          use: { name: 'endCall', args: {} },
        };
      }
      if (!text) return { state: null, say: ['I heard nothing. Please say something.'] };
      return {
        state: null,
        say: [`I heard: ${text}.`],
        later: async () => {
          const delay = await call.answerDelay();
          if (delay === undefined) return [];
          return [`That took ${Math.round(delay)} milliseconds, on ${call.deployment}.`];
        },
      };
    },
  };
}
