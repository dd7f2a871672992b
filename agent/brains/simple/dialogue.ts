// The conversation of an agent that is told in one file: its facts answer questions, its tools are
// filled in by asking for what they need, and whoever it may hand over to is got. No model takes part.
import { z } from 'zod';
import type { Conversation, Step, ToolUse } from '../conversation';
import { BYE, DONE, NO, REPEAT, YES } from '../front-desk/patterns';
import { list } from '../front-desk/say';
import { plain } from '../front-desk/words';
import { type Said, unrepeated } from '../unrepeated';
import type { SimpleAgent } from './simple-agent';

/** A tool being filled in. */
interface Filling {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What is kept in mind. */
interface State {
  readonly filling?: Filling;
  readonly last: readonly string[];
  readonly over?: boolean;
}

/** What the conversation is made from. */
type Simple = Pick<SimpleAgent, 'facts' | 'tools' | 'handOvers'>;

const MORE = 'Is there anything else?';
const STOP = /\b(?:never ?mind|forget it|stop|cancel|leave it)\b/;
const NUMBER = /\d+(?:\.\d+)?/;

/** Whether one of these words, separated by commas, is in plain text. */
const names = (words: string, text: string) =>
  words.split(',').some((word) => new RegExp(`\\b${plain(word)}`).test(text));

/** What a field takes of an answer; undefined where it does not fit. */
function taken(schema: z.ZodType, heard: string): unknown {
  const text = heard.trim().replace(/[.!]+$/, '');
  const number = NUMBER.exec(plain(heard))?.[0];
  for (const value of [text, plain(text), ...(number ? [Number(number), number] : [])]) {
    const parsed = schema.safeParse(value);
    if (parsed.success && text) return parsed.data;
  }
  return undefined;
}

/** The conversation of that agent. */
export function simpleConversation(agent: Simple): Conversation<Said<State>> {
  const { facts = {}, tools = {}, handOvers = {} } = agent;
  const matters = [...Object.keys(facts), ...Object.values(tools).map(({ asks }) => asks)];
  const topics = list(
    matters.map((words) => words.split(',')[0] ?? ''),
    'or',
  );

  const say = (state: State, ...sentences: string[]): Step<State> => ({
    say: sentences,
    state: { ...state, last: sentences },
  });

  function goodbye(state: State): Step<State> {
    const step = say({ ...state, filling: undefined, over: true }, 'Thank you.', 'Goodbye.');
    return { ...step, use: { name: 'endCall', args: {} } };
  }

  function lost(state: State): Step<State> {
    const help = topics ? `You can ask me about ${topics}.` : 'What can I do for you?';
    return say(state, "Sorry, I didn't catch that.", help);
  }

  /** Asks for the next thing that the tool needs, or whether all is right. */
  function ask(state: State, filling: Filling, ...first: string[]): Step<State> {
    const fields = Object.entries(tools[filling.tool]?.parameters.shape ?? {});
    const next = fields.find(([name]) => !(name in filling.args));
    const filled = { ...state, filling };
    if (next)
      return say(filled, ...first, z.globalRegistry.get(next[1])?.description ?? `${next[0]}?`);
    if (fields.length === 0) return { say: first, state: filled, use: use(filling) };
    const values = fields.map(([name]) => String(filling.args[name]));
    return say(filled, ...first, `I have ${list(values)}.`, 'Is that right?');
  }

  const use = ({ tool, args }: Filling): ToolUse => ({ name: tool, args });

  function fill(state: State, filling: Filling, heard: string, text: string): Step<State> {
    const fields = Object.entries(tools[filling.tool]?.parameters.shape ?? {});
    const next = fields.find(([name]) => !(name in filling.args));
    if (!next) {
      if (YES.test(text)) return { say: [], state, use: use(filling) };
      if (NO.test(text)) return ask(state, { tool: filling.tool, args: {} }, 'Let us start again.');
      return say(state, 'Shall I do that, yes or no?');
    }
    const [name, schema] = next;
    const value = taken(schema as z.ZodType, heard);
    if (value === undefined) return ask(state, filling, "Sorry, I didn't catch that.");
    return ask(state, { tool: filling.tool, args: { ...filling.args, [name]: value } });
  }

  function hear(before: State, heard: string): Step<State> {
    const text = plain(heard);
    const state = { ...before, over: false };
    const { filling } = state;
    if (REPEAT.test(text) && state.last.length > 0) return { say: state.last, state, again: true };
    if (BYE.test(text) || (before.over && !text)) return goodbye(state);
    if (filling && STOP.test(text))
      return say({ ...state, filling: undefined }, 'All right.', MORE);
    const answers = Object.entries(facts).filter(([words]) => names(words, text));
    const said = answers.slice(0, 2).map(([, fact]) => fact);
    if (filling && said.length > 0 && text.length > 0 && /\?$/.test(heard))
      return ask(state, filling, ...said);
    if (filling) return fill(state, filling, heard, text);
    const to = Object.entries(handOvers).find(([, words]) => names(words, text))?.[0];
    if (to) {
      const step = say(state, 'Let me get a colleague.', 'One moment, please.');
      const summary = `The caller wants ${to}. Their words: ${heard}`;
      return { ...step, use: { name: 'handOver', args: { to, summary } } };
    }
    const tool = Object.entries(tools).find(([, { asks }]) => names(asks, text))?.[0];
    if (tool) return ask(state, { tool, args: {} }, ...said, 'Of course.');
    if (said.length > 0) return say(state, ...said, MORE);
    if (DONE.test(text) || (NO.test(text) && text.split(' ').length <= 4)) return goodbye(state);
    if (/\b(?:thanks|thank you)\b/.test(text)) return say(state, "You're welcome.", MORE);
    if (YES.test(text)) return say(state, 'Go ahead.', 'What can I do for you?');
    if (/^(?:hello|hi|hey|good \w+)\b/.test(text)) return say(state, 'Hello.', 'How can I help?');
    return lost(state);
  }

  function told(state: State, { name }: ToolUse, output: unknown, failed: boolean): Step<State> {
    const done = { ...state, filling: undefined };
    // The word is the other's where somebody came; an output is what tells that nobody did.
    if (name === 'handOver' && !failed && !output) return { say: [], state: done };
    if (name === 'handOver') return say(done, "I'm sorry, nobody is free right now.", MORE);
    if (failed) return say(done, "I'm sorry, that did not work.", 'Shall we try something else?');
    return say(done, String(output), MORE);
  }

  return unrepeated({ start: { last: [] }, hear, told });
}
