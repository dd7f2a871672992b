// What is said in the place of a Letta agent that cannot be reached: the truth, and that a message can be
// left, in the language of the call. It knows nothing of what that agent knows.

import type { Language } from '../../../lib/language/language';
import type { Conversation, Step } from '../../brains/conversation';
import { wordsIn } from './words/words';

/** What is being asked: nothing, whether to leave a message, what it is, or whether there is more. */
type State = 'nothing' | 'offer' | 'message' | 'more';

/** The conversation of an agent whose mind is away. */
export function away(language: Language): Conversation<State> {
  const { heard: is, said } = wordsIn(language);
  const ask = (...say: string[]): Step<State> => ({ state: 'offer', say: [...say, said.question] });
  const goodbye: Step<State> = {
    state: 'nothing',
    say: [said.goodbye],
    use: { name: 'endCall', args: {} },
  };
  return {
    start: 'nothing',
    hear(state, heard) {
      const text = heard.trim();
      if (state === 'message' && text) {
        return { state, say: [], use: { name: 'takeMessage', args: { text } } };
      }
      if (is.bye.test(text) || (state !== 'nothing' && is.no.test(text))) return goodbye;
      if (state === 'offer') {
        return is.message.test(text) ? { state: 'message', say: [said.whichMessage] } : ask();
      }
      return ask(said.away);
    },
    told(_, { name }, __, failed) {
      if (name !== 'takeMessage') return { state: 'nothing', say: [] };
      return { state: 'more', say: [failed ? said.notTaken : said.taken] };
    },
  };
}
