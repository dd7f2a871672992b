// Goes on with what was being said where a short sound cut it off that means nothing: an "mm-hm" that was
// heard as "Apart". A wrapper round a conversation.
import type { Conversation, Step } from './conversation';

/** Words of the longest utterance that is taken for such a sound. */
const SOUND_WORDS = 2;

/** A conversation's own state, and what was said last. */
export interface GoingOn<State> {
  readonly own: State;
  readonly said: readonly string[];
  /** Whether that was gone on with: once is enough, then the caller is told. */
  readonly gone?: boolean;
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const plain = (text: string) => ` ${wordsOf(text).join(' ')} `;

/** The sentences after the last one that was heard to its end: from the one that was cut. */
export function unsaid(said: readonly string[], heard: string): readonly string[] {
  return said.slice(said.findLastIndex((sentence) => plain(heard).includes(plain(sentence))) + 1);
}

/** The conversation, in which such a sound changes nothing. */
export function goingOn<State>(conversation: Conversation<State>): Conversation<GoingOn<State>> {
  const { told } = conversation;
  return {
    start: { own: conversation.start, said: [] },
    hear(state, text, now, cut): Step<GoingOn<State>> {
      const step = conversation.hear(state.own, text, now, cut);
      const nothing = step.lost && !state.gone && wordsOf(text).length <= SOUND_WORDS;
      const rest = nothing && cut !== undefined ? unsaid(state.said, cut) : [];
      if (rest.length > 0) return { say: rest, state: { ...state, said: rest, gone: true } };
      return { ...step, state: { own: step.state, said: step.say } };
    },
    ...(told && {
      told(state, ...answer): Step<GoingOn<State>> {
        const step = told(state.own, ...answer);
        return { ...step, state: { own: step.state, said: [...state.said, ...step.say] } };
      },
    }),
  };
}
