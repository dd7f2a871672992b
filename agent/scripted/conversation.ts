// A conversation as a fold over LiveKit's chat context: the state after each message is computed from the messages
// alone. Preemptive answers that were discarded or interrupted are not in the context, so they leave no trace, and a
// replacement agent gets the state from the context.
import type { llm } from '@livekit/agents';
import { isStillRunning } from '@/agent/framework/running-tool';
import { jsonIn } from '@/lib/core/json';

/** A function tool to call. */
export interface ToolUse {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** One step of a conversation: sentences to say, and optionally a tool to call. */
export interface Step<State> {
  readonly state: State;
  readonly say: readonly string[];
  readonly use?: ToolUse;
  /** Set if the caller asked to have something repeated. */
  readonly again?: boolean;
  /** Set if nothing was understood. */
  readonly lost?: boolean;
  /** Set if the caller asked to hear the rest of an answer that they interrupted. */
  readonly goOn?: boolean;
  /** Set if the answer only gives the caller time: what they interrupted before can still be continued. */
  readonly waits?: boolean;
  /** Sentences that can be computed only while the first ones are being spoken. */
  readonly later?: () => Promise<readonly string[]>;
}

/** How the caller's message came about. */
export interface Moment {
  readonly now: Date;
  /** What was heard of the previous answer, if the caller interrupted it; empty if it had not begun. */
  readonly cut?: string | undefined;
  readonly running?: boolean;
}

/** A conversation as pure functions. */
export interface Conversation<State> {
  readonly start: State;
  hear(state: State, text: string, moment: Moment): Step<State>;
  /** A tool returned. `output` is its JSON, or the error's message if it failed. */
  toolReturned(
    state: State,
    use: ToolUse,
    output: unknown,
    failed: boolean,
    now: Date,
  ): Step<State>;
}

/** A recorded step: repeated from the same state with the same text, it is the same. */
interface Taken<State> extends Moment {
  readonly before?: State | undefined;
  readonly text?: string | undefined;
  readonly step?: Step<State> | undefined;
}

/** Steps by message id. Only a cache: without it, {@link fold} returns the same. */
export type Memory<State> = Map<string, Taken<State>>;

/**
 * The step that answers the last item of the context; undefined if nothing is left to answer.
 * @param memory kept by the caller between folds of one call
 * @param clock the current time: a message keeps the time at which it was first seen
 */
export function fold<State>(
  conversation: Conversation<State>,
  items: readonly llm.ChatItem[],
  memory: Memory<State>,
  clock: () => Date,
): Step<State> | undefined {
  let state = conversation.start;
  /** What was heard of the answers since the caller last spoke, and the same if the caller interrupted them. */
  let answered = '';
  let cut: string | undefined;
  let running = false;
  const take = (id: string, text: string, make: (now: Date) => Step<State>): Step<State> => {
    const taken = memory.get(id) ?? { now: clock() };
    const same = taken.before === state && taken.text === text;
    if (taken.step && same && taken.cut === cut && taken.running === running) return taken.step;
    const made = make(taken.now);
    memory.set(id, { now: taken.now, before: state, text, cut, running, step: made });
    return made;
  };
  let step: Step<State> | undefined;
  // Sentences about a tool's result that the caller has not heard to the end because they spoke.
  let unheard: readonly string[] = [];
  const uses = new Map<string, ToolUse>();
  for (const item of items) {
    if (item.type === 'message' && item.role === 'assistant') {
      answered = `${answered} ${item.textContent ?? ''}`;
      cut = item.interrupted ? answered : undefined;
      unheard = cut === undefined ? [] : unsaid(unheard, cut);
      step = undefined;
    } else if (item.type === 'message' && item.role === 'user') {
      const text = item.textContent ?? '';
      const before = state;
      // An answer that is not in the context was interrupted before its first sound.
      if (step && step.say.length > 0) cut = answered;
      const moment = { cut, running };
      const next = take(item.id, text, (now) =>
        conversation.hear(before, text, { now, ...moment }),
      );
      // Stays unheard until it is said to the end.
      step = { ...next, say: [...unheard.filter((one) => !next.say.includes(one)), ...next.say] };
      answered = '';
      cut = undefined;
    } else if (item.type === 'function_call') {
      uses.set(item.callId, {
        name: item.name,
        args: (jsonIn(item.args) ?? {}) as ToolUse['args'],
      });
    } else if (item.type === 'function_call_output') {
      running = isStillRunning(item);
      if (running) continue;
      const use = uses.get(item.callId);
      if (!use) continue;
      const { output, isError } = item;
      const before = state;
      step = take(item.id, output, (now) =>
        conversation.toolReturned(before, use, jsonIn(output) ?? output, isError, now),
      );
      // The next reply repeats the final question if it is still open.
      unheard = step.say.filter((said) => !said.endsWith('?'));
    }
    if (step) state = step.state;
  }
  return step;
}

/** Frequent sentences and their variants, used in turn. */
const WAYS: readonly (readonly string[])[] = [
  ['Is there anything else?', 'What else can I do for you?', 'Anything else I can help with?'],
  ['What can I do for you?', 'How can I help you?', 'What would you like to know or do?'],
  ['How can I help?', 'What can I do for you?', 'What is it about?'],
  ['Which would you like?', 'Which of these suits you?', 'Which one suits you?'],
  ['Is that right?', 'Is that correct?', 'Is it right like that?'],
  ["You're welcome.", 'With pleasure.', 'Not at all.'],
  ['All right.', 'Fine.', 'Very well.'],
  ['Of course.', 'Certainly.', 'Gladly.'],
  ['Go ahead.', "I'm listening.", 'Yes, please tell me.'],
  ['One moment, please.', 'Just a moment longer, please.', 'It will only be a moment.'],
  ["Sorry, I didn't catch that.", "I'm afraid I missed that.", 'I could not make that out.'],
];
/** First words of a yes-or-no question. */
const YES_OR_NO = /^(?:Shall|Should|Would|Will|Is|Are|Do|Does|Can|Could|May)\b/;
/** First words that are lower case inside a sentence. */
const SMALL =
  /^(?:A|An|And|At|For|If|In|It|It's|No|On|Our|Please|Say|Shall|Tell|That|That's|The|There|There's|They|This|To|Today|Tomorrow|We|We'd|We'll|We're|What|When|Which|Who|With|Would|Yes|You|You'll|You're|Your)\b/;

const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N} ]/gu, '');

/** Variants of a sentence, best first. */
function otherWords(said: string): string[] {
  const ways = WAYS.find((group) => group.includes(said)) ?? [];
  const at = ways.indexOf(said);
  const fixed = [...ways.slice(at + 1), ...ways.slice(0, Math.max(at, 0))];
  // A yes-or-no question keeps its first word, by which endpointing knows how short an answer may be.
  if (YES_OR_NO.test(said) && said.endsWith('?')) {
    return [...fixed, said.replace(/\?$/, ', please?'), said.replace(/\?$/, ', or not?')];
  }
  const inside = SMALL.test(said) ? said.charAt(0).toLowerCase() + said.slice(1) : said;
  const leads = said.endsWith('?') ? ['So,', 'Then,'] : ['As I said,', 'Once more,'];
  return [...fixed, ...leads.map((lead) => `${lead} ${inside}`)];
}

/** The sentences without those of the previous answer. */
export function reworded(say: readonly string[], said: readonly string[]): string[] {
  const taken = new Set(said.map(letters));
  const once = say.filter((one, index) => say.indexOf(one) === index);
  return once.map(
    (one) => [one, ...otherWords(one)].find((way) => !taken.has(letters(way))) ?? one,
  );
}

/** Maximum words of an utterance that counts as a sound, such as an "mm-hm" transcribed as "Apart". */
const SOUND_WORDS = 2;
const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const spaced = (text: string) => ` ${wordsOf(text).join(' ')} `;

/** The sentences after the last complete one: from the interrupted one on. */
export function unsaid(said: readonly string[], heard: string): readonly string[] {
  return said.slice(said.findLastIndex((one) => spaced(heard).includes(spaced(one))) + 1);
}

/** A conversation's own state, and recent answers. */
export interface Said<State> {
  readonly own: State;
  /** The previous answer. */
  readonly before: readonly string[];
  /** The current answer, as far as given. */
  readonly now: readonly string[];
  /** Whether an interrupted answer was continued; after the first time, the caller is asked. */
  readonly continued?: boolean;
  /** The rest of an answer that was interrupted before the previous one, which said nothing new. */
  readonly rest?: readonly string[] | undefined;
}

/**
 * Makes a conversation pleasant: no sentence is repeated in the next answer unless the caller asks for it. A short
 * meaningless sound does not end the sentence it interrupted, and the caller can ask for the rest of an answer.
 */
export function spoken<State>(conversation: Conversation<State>): Conversation<Said<State>> {
  return {
    start: { own: conversation.start, before: [], now: [] },
    hear(state, text, moment): Step<Said<State>> {
      const { cut } = moment;
      const step = conversation.hear(state.own, text, moment);
      const sound = step.lost && !state.continued && wordsOf(text).length <= SOUND_WORDS;
      const unheard = cut === undefined ? [] : unsaid(state.now, cut);
      const rest = state.rest ?? unheard;
      if (rest.length > 0 && (step.goOn || (sound && !state.rest))) {
        return {
          say: rest,
          state: { ...state, now: rest, rest: undefined, continued: sound === true },
        };
      }
      const known = state.now.slice(0, state.now.length - unheard.length);
      const before = known.length > 0 ? known : state.before;
      const say = step.again ? [...step.say] : reworded(step.say, before);
      const left = step.waits || step.lost ? rest : undefined;
      return { ...step, say, state: { own: step.state, before, now: say, rest: left } };
    },
    toolReturned(state, use, output, failed, now): Step<Said<State>> {
      const step = conversation.toolReturned(state.own, use, output, failed, now);
      const say = reworded(step.say, [...state.before, ...state.now]);
      return {
        ...step,
        say,
        state: { own: step.state, before: state.before, now: [...state.now, ...say] },
      };
    },
  };
}
