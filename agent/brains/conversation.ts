// Holds a conversation as a fold over LiveKit's chat context: the state after each message follows
// from the messages alone. An attempt that was made early and thrown away, or cut off by the
// caller, is not in the context, and so leaves nothing behind.
import type { llm } from '@livekit/agents';

/** A function tool to call. */
export interface ToolUse {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** One step of a conversation: what to say, sentence by sentence, and perhaps a tool to call. */
export interface Step<State> {
  readonly state: State;
  readonly say: readonly string[];
  readonly use?: ToolUse;
  /** Set where the caller asked to hear once more what was said. */
  readonly again?: boolean;
  /** Set where nothing was understood. */
  readonly lost?: boolean;
  /** Sentences that can be made only once the first ones are being heard. */
  readonly later?: () => Promise<readonly string[]>;
}

/** A conversation as pure functions. */
export interface Conversation<State> {
  readonly start: State;
  /**
   * The caller said or typed this.
   * @param cut what was heard of the answer before, where the caller spoke into it
   */
  hear(state: State, text: string, now: Date, cut?: string): Step<State>;
  /** A tool answered. `output` is its JSON, or the error's words where it failed. */
  told?(state: State, use: ToolUse, output: unknown, failed: boolean, now: Date): Step<State>;
}

/** What the caller has not heard, because they spoke first, and must: said before the next reply. */
const MUST_HEAR = new Set(['bookAppointment', 'takeMessage', 'cancelAppointment', 'handOver']);

/**
 * Begins the id of an output that the framework puts in the place of one still to come, for a caller
 * who speaks while a tool runs (`voice/generation.ts`, which does not export it).
 */
const STILL_RUNNING = 'lk_running_placeholder/';

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** A step as it was taken: taken again from the same state with the same words, it is the same. */
interface Taken<State> {
  readonly now: Date;
  readonly before?: State;
  readonly text?: string;
  readonly cut?: string;
  readonly step?: Step<State>;
}

/** Steps by the id of their message. Only saves work: without it, {@link fold} comes to the same. */
export type Memory<State> = Map<string, Taken<State>>;

/**
 * The step that answers the last item of the context; undefined where nothing is left to answer.
 * @param memory kept by the caller between folds of one call.
 * @param clock the time now: a message keeps the one at which it was first seen.
 */
export function fold<State>(
  conversation: Conversation<State>,
  items: readonly llm.ChatItem[],
  memory: Memory<State>,
  clock: () => Date,
): Step<State> | undefined {
  let state = conversation.start;
  /** What was heard of the answers since the caller last spoke, and the same where they spoke into them. */
  let answered = '';
  let cut: string | undefined;
  const take = (id: string, text: string, make: (now: Date) => Step<State>): Step<State> => {
    const taken = memory.get(id) ?? { now: clock() };
    const same = taken.before === state && taken.text === text && taken.cut === cut;
    if (taken.step && same) return taken.step;
    const made = make(taken.now);
    memory.set(id, { now: taken.now, before: state, text, cut, step: made });
    return made;
  };
  let step: Step<State> | undefined;
  let unheard: readonly string[] = [];
  const uses = new Map<string, ToolUse>();
  for (const item of items) {
    if (item.type === 'message' && item.role === 'assistant') {
      unheard = [];
      step = undefined;
      answered = `${answered} ${item.textContent ?? ''}`;
      cut = item.interrupted ? answered : undefined;
    } else if (item.type === 'message' && item.role === 'user') {
      const text = item.textContent ?? '';
      const before = state;
      const next = take(item.id, text, (now) => conversation.hear(before, text, now, cut));
      step = { ...next, say: [...unheard, ...next.say] };
      unheard = [];
      answered = '';
      cut = undefined;
    } else if (item.type === 'function_call') {
      uses.set(item.callId, {
        name: item.name,
        args: (parse(item.args) ?? {}) as ToolUse['args'],
      });
    } else if (item.type === 'function_call_output') {
      if (item.id.startsWith(STILL_RUNNING)) continue;
      const use = uses.get(item.callId);
      if (!use || !conversation.told) continue;
      const { told } = conversation;
      const { output, isError } = item;
      const before = state;
      step = take(item.id, output, (now) => told(before, use, parse(output), isError, now));
      // The question at the end is asked again by the next reply, if it is still open.
      if (MUST_HEAR.has(use.name)) unheard = step.say.filter((said) => !said.endsWith('?'));
    }
    if (step) state = step.state;
  }
  return step;
}
