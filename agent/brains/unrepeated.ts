// No caller is told the same sentence in two answers running: a wrapper round a conversation that
// puts what was just said into other words. Who asks to hear something again hears it as it was.
import type { InLanguages, Language } from '@/lib/language/language';
import type { Conversation, Step } from './conversation';
import { german } from './rewording-de';
import { english } from './rewording-en';

/** A conversation's own state, and what was said of late. */
export interface Said<State> {
  readonly own: State;
  /** The answer before the one now being given. */
  readonly before: readonly string[];
  /** The answer now being given, as far as it is. */
  readonly now: readonly string[];
}

/** Other words for what is said, in one language. */
export interface Rewording {
  /** Sentences that come often, and other words for each, taken in turn. */
  readonly ways: readonly (readonly string[])[];
  /** The same for sentences with something of the caller's in them. */
  readonly forms: readonly (readonly [RegExp, readonly string[]])[];
  /** Begins a question that is answered with yes or no. */
  readonly yesOrNo: RegExp;
  /** In place of the question mark of such a question. */
  readonly endings: readonly string[];
  /** Before a sentence for which there are no other words. */
  readonly leads: { readonly question: readonly string[]; readonly statement: readonly string[] };
  /** A sentence as it stands behind one of those. */
  inside(sentence: string): string;
}

const REWORDINGS: InLanguages<Rewording> = { en: english, de: german };

const bare = (sentence: string) => sentence.toLowerCase().replace(/[^\p{L}\p{N} ]/gu, '');

/** The other words there are for a sentence, best first. */
function otherWords(sentence: string, words: Rewording): string[] {
  const ways = words.ways.find((group) => group.includes(sentence)) ?? [];
  const at = ways.indexOf(sentence);
  const fixed = [...ways.slice(at + 1), ...ways.slice(0, Math.max(at, 0))];
  const form = words.forms.find(([pattern]) => pattern.test(sentence));
  const formed = form?.[1].map((way) => sentence.replace(form[0], way)) ?? [];
  const asks = sentence.endsWith('?');
  // A question for a yes keeps its first word: by it, turn-taking knows how short an answer may be.
  if (words.yesOrNo.test(sentence) && asks) {
    return [...fixed, ...formed, ...words.endings.map((end) => sentence.replace(/\?$/, end))];
  }
  const leads = words.leads[asks ? 'question' : 'statement'];
  return [...fixed, ...formed, ...leads.map((lead) => `${lead} ${words.inside(sentence)}`)];
}

/** The sentences with none of those that were said just before. */
export function reworded(
  say: readonly string[],
  said: readonly string[],
  language: Language = 'en',
): string[] {
  const taken = new Set(said.map(bare));
  const once = say.filter((sentence, index) => say.indexOf(sentence) === index);
  return once.map((sentence) => {
    const ways = [sentence, ...otherWords(sentence, REWORDINGS[language])];
    return ways.find((way) => !taken.has(bare(way))) ?? sentence;
  });
}

/** The conversation, in which no sentence is said in two answers running. */
export function unrepeated<State>(
  conversation: Conversation<State>,
  language: Language = 'en',
): Conversation<Said<State>> {
  const { told } = conversation;
  return {
    start: { own: conversation.start, before: [], now: [] },
    hear(state, text, now) {
      const step = conversation.hear(state.own, text, now);
      const before = state.now.length > 0 ? state.now : state.before;
      const say = step.again ? [...step.say] : reworded(step.say, before, language);
      return { ...step, say, state: { own: step.state, before, now: say } };
    },
    ...(told && {
      told(state, use, output, failed, now): Step<Said<State>> {
        const step = told(state.own, use, output, failed, now);
        const say = reworded(step.say, [...state.before, ...state.now], language);
        const said = [...state.now, ...say];
        return { ...step, say, state: { own: step.state, before: state.before, now: said } };
      },
    }),
  };
}
