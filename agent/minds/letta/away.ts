// What is said in the place of a Letta agent that cannot be reached: the truth, and that a message can be
// left. It knows nothing of what that agent knows.
import type { Conversation, Step } from '../../brains/conversation';

/** What is being asked: nothing, whether to leave a message, what it is, or whether there is more. */
type State = 'nothing' | 'offer' | 'message' | 'more';

const BYE = /\b(?:good ?bye|bye|hang up|later|that's all|that is all)\b/i;
const NO = /^(?:no|nope|not now|nothing)\b/i;
const MESSAGE = /\b(?:yes|yeah|yep|sure|okay|ok|please|message)\b/i;

const OFFER = 'I cannot reach what I know and remember just now.';
const QUESTION = 'Shall I take a message, or will you try again later?';

const ask = (...say: string[]): Step<State> => ({ state: 'offer', say: [...say, QUESTION] });

const goodbye: Step<State> = {
  state: 'nothing',
  say: ['Thank you for calling. Please try again later. Goodbye.'],
  use: { name: 'endCall', args: {} },
};

/** The conversation of an agent whose mind is away. */
export const away: Conversation<State> = {
  start: 'nothing',
  hear(state, heard) {
    const text = heard.trim();
    if (state === 'message' && text) {
      return { state, say: [], use: { name: 'takeMessage', args: { text } } };
    }
    if (BYE.test(text) || (state !== 'nothing' && NO.test(text))) return goodbye;
    if (state === 'offer') {
      if (MESSAGE.test(text)) return { state: 'message', say: ['What is the message?'] };
      return ask();
    }
    return ask(OFFER);
  },
  told(_, { name }, __, failed) {
    if (name !== 'takeMessage') return { state: 'nothing', say: [] };
    const say = failed
      ? ['I am sorry, the message could not be written down. Please try again later.']
      : ['I have written that down. Is there anything else?'];
    return { state: 'more', say };
  },
};
