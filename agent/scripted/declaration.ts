// The declaration of a scripted agent: its facts, its tools and the agents it hands callers to.
import type { z } from 'zod';
import type { CallHandle } from '@/agent/core/agent-definition';
import { type CatalogueAgent, findAgent } from '@/lib/core/catalogue';

/** Result of a tool: a sentence for the caller, optionally with consequences. */
export type ToolResult =
  | string
  | {
      readonly say: string;
      /** An invalid field: the form asks for another value. */
      readonly retry?: string;
      /** Whether to offer taking a message instead. */
      readonly offer?: boolean;
    };

/** A tool of an agent. */
export interface ScriptedTool<Parameters extends z.ZodObject = z.ZodObject> {
  readonly description: string;
  /** Label in the transcript after it has run. */
  readonly label: string;
  /**
   * Comma-separated phrases by which callers ask for it, naming the action, such as "book" or "make an appointment". A
   * noun alone would open the tool for every question about the thing. Without phrases, only language models use the
   * tool.
   */
  readonly asks?: string;
  /** Parameters. A field with a question as its description is asked for; an optional one can be declined. */
  readonly parameters: Parameters;
  /** Possible values of a field, given the others: any other value is rejected, and some of these are offered. */
  readonly offers?: {
    readonly [Name in keyof z.infer<Parameters>]?: (
      args: Partial<z.infer<Parameters>>,
      call: CallHandle,
    ) => readonly unknown[];
  };
  /**
   * Reads the form back, instead of a list of its values. If it returns nothing, a tool without parameters runs
   * immediately.
   * @param said the values in words
   */
  confirm?(said: Readonly<Record<string, string>>, call: CallHandle): string | undefined;
  /** Runs the tool and returns what to tell the caller. */
  run(args: z.infer<Parameters>, call: CallHandle): ToolResult | Promise<ToolResult>;
}

/** A question, for a fact that depends on it. */
export interface Question {
  /** Lower case, with numbers as digits. */
  readonly text: string;
  /** ISO date of a day in the question. */
  readonly day: string | undefined;
  /** `HH:MM` of a time in the question. */
  readonly time: string | undefined;
  readonly now: Date;
  readonly call: CallHandle;
}

/** Said instead of "Sorry, I didn't catch that". */
interface Reply {
  readonly say: readonly string[];
  /** Sentences that can be computed only while the first ones are being spoken. */
  readonly later?: () => Promise<readonly string[]>;
  /** Whether the last sentence offers to take a message. */
  readonly offer?: boolean;
}

/** An agent as declared in its file. Phrases are separated by commas. */
export interface ScriptedAgent extends CatalogueAgent {
  readonly voice: string;
  readonly greeting: string;
  /** Said first when joining a call that has already begun: "This is Ada, at the front desk." */
  readonly introduction?: string;
  /** The agent's role and style, for a language model. */
  readonly instructions: string;
  /** What it can do, as a sentence for callers who were not understood. */
  readonly help: string;
  /** Phrases of a question → the answer. */
  readonly facts?: Readonly<Record<string, string | ((question: Question) => string)>>;
  readonly tools?: Readonly<Record<string, ScriptedTool>>;
  /**
   * Agent to hand callers to → phrases that ask for it, besides its name and role. It may be an agent that the team has
   * added to the list, which is called by its agent name.
   */
  readonly handoffs?: Readonly<Record<string, string>>;
  /** Phrases for what it cannot help with → an honest sentence. It then offers to take a message. */
  readonly outOfScope?: Readonly<Record<string, string>>;
  /** Phrases of an emergency → what is said before anything else. */
  readonly emergencies?: Readonly<Record<string, string>>;
  /** Words that callers are likely to say: speech to text prefers them to similar ones. */
  readonly vocabulary?: string;
  /** A word → what callers or STT may say instead. */
  readonly soundsLike?: Readonly<Record<string, string>>;
  /** Answers everything that opens no tool and asks for no colleague, instead of small talk. */
  otherwise?(heard: string, call: CallHandle): Reply;
}

/** An agent that callers can be handed to, as a conversation knows it. */
export type Colleague = Pick<CatalogueAgent, 'name' | 'person' | 'role' | 'summary'>;

/**
 * The agents that an agent hands callers to, without those in code that accept no handoffs. Whether another one is in
 * the list is known only at the handoff, because the list changes at any time.
 */
export const colleaguesOf = ({
  handoffs = {},
}: Pick<ScriptedAgent, 'handoffs'>): readonly Colleague[] =>
  Object.entries(handoffs).flatMap(([name, phrases]): Colleague[] => {
    const found = findAgent(name);
    if (!found) return [{ name, person: name, role: '', summary: phrases }];
    return found.handOff === undefined ? [] : [found];
  });
