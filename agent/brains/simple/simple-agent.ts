// An agent in one short file: who it is, what it knows, what it can do and whom it gets. Of this the
// built-in brain and a language model alike make their talk; an agent with more to it is written as
// the front desk is.
import { llm } from '@livekit/agents';
import type { z } from 'zod';
import { findAgent } from '@/lib/catalogue';
import type { AgentDefinition, CallHandle } from '../../agent-definition';
import { wordsIn } from '../../words/words';
import { BuiltInBrain } from '../built-in-brain';
import { endCallTool } from '../end-call';
import { handOverTool } from '../hand-over';
import { simpleConversation } from './dialogue';

/** Something that an agent can do. */
export interface SimpleTool<Parameters extends z.ZodObject = z.ZodObject> {
  /** For a language model: what it does. */
  readonly description: string;
  /** What the transcript shows when it has run. */
  readonly label: string;
  /** Words by which callers ask for it, separated by commas. */
  readonly asks: string;
  /** What it needs; each field described by the question that asks the caller for it. */
  readonly parameters: Parameters;
  /** Does it. Returns what the caller is told, as a sentence. */
  run(args: z.infer<Parameters>, call: CallHandle): string | Promise<string>;
}

/** An agent, as its file tells it. */
export interface SimpleAgent {
  /** Name in the catalogue, where its voice stands too. */
  readonly name: string;
  /** Said at once on joining. */
  readonly greeting: string;
  /** Who it is and how it speaks, for a language model. */
  readonly instructions: string;
  /** Words that a question has in it, separated by commas → the answer. */
  readonly facts?: Readonly<Record<string, string>>;
  readonly tools?: Readonly<Record<string, SimpleTool>>;
  /** Agent that callers can be handed over to → words that ask for it, separated by commas. */
  readonly handOvers?: Readonly<Record<string, string>>;
}

/** A tool, its arguments typed by its schema. */
export const tool = <Parameters extends z.ZodObject>(of: SimpleTool<Parameters>) => of;

function toolsOf({ name, tools = {}, handOvers = {} }: SimpleAgent, call: CallHandle) {
  const own = Object.entries(tools).map(([id, { description, parameters, run }]) =>
    llm.tool({ name: id, description, parameters, execute: async (args) => run(args, call) }),
  );
  const handsOver = Object.keys(handOvers).length > 0;
  return [...own, ...(handsOver ? [handOverTool(call, name)] : []), endCallTool(call)];
}

/** The definition of an agent that is told in one file. */
export function simpleAgent(agent: SimpleAgent): AgentDefinition {
  const { name, greeting, instructions, facts = {}, tools = {}, handOvers = {} } = agent;
  const others = Object.entries(handOvers);
  return {
    name,
    greeting: { en: greeting },
    greetingFor: ({ kind }) =>
      kind === 'callback'
        ? wordsIn('en').back
        : `This is ${findAgent(name)?.person ?? name}. How can I help?`,
    instructions: [
      instructions,
      'What you say is spoken aloud: one to three short sentences, no lists. Tell only what stands here or what a tool returned.',
      ...others.map(([to, words]) => `For ${words}: call handOver to ${to}.`),
      'When the caller is done, say goodbye and call endCall in the same reply.',
      ...Object.values(facts),
    ].join('\n'),
    toolLabels: {
      ...Object.fromEntries(Object.entries(tools).map(([id, { label }]) => [id, label])),
      ...(others.length > 0 && { handOver: 'Asked for a colleague' }),
      endCall: 'Ended the call',
    },
    tools: (call) => toolsOf(agent, call),
    brain: (call) => new BuiltInBrain(simpleConversation(agent), () => call.now()),
  };
}
