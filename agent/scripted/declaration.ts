// What the file of a scripted agent declares: what it knows, what it can do and whom it hands callers to.
import type { z } from 'zod';
import type { CallHandle } from '../call/agent-definition';

/** What a tool came to: a sentence for the caller, or that with what follows from it. */
export type ToolResult =
  | string
  | {
      readonly say: string;
      /** The field that cannot be as it is: the form asks for another value. */
      readonly retry?: string;
      /** Whether a message is offered instead. */
      readonly offer?: boolean;
    };

/** Something that an agent can do. */
export interface ScriptedTool<Parameters extends z.ZodObject = z.ZodObject> {
  /** For a language model: what it does. */
  readonly description: string;
  /** What the transcript shows when it has run. */
  readonly label: string;
  /**
   * Phrases by which callers ask for it, separated by commas: what is to be done, such as "book" or "make
   * an appointment". A noun alone would open it on every question about the thing. Without any, only
   * language models use the tool.
   */
  readonly asks?: string;
  /** What it needs. A field described by a question is asked for; an optional one can be refused. */
  readonly parameters: Parameters;
  /** What a field can be, given the others: anything else is refused, and some of these offered. */
  readonly offers?: {
    readonly [Name in keyof z.infer<Parameters>]?: (
      args: Partial<z.infer<Parameters>>,
      call: CallHandle,
    ) => readonly unknown[];
  };
  /**
   * Reads the form back, in place of a list of its values. Where it returns nothing, a tool without
   * parameters runs at once.
   * @param said the values in words
   */
  confirm?(said: Readonly<Record<string, string>>, call: CallHandle): string | undefined;
  /** Does it, and returns what the caller is told. */
  run(args: z.infer<Parameters>, call: CallHandle): ToolResult | Promise<ToolResult>;
}

/** A question, for a fact that depends on it. */
export interface Question {
  /** Lower case, numbers as digits. */
  readonly text: string;
  /** ISO date of a day that it names. */
  readonly day: string | undefined;
  /** `HH:MM`, where it names a time. */
  readonly time: string | undefined;
  readonly now: Date;
  readonly call: CallHandle;
}

/** What is said in place of "Sorry, I didn't catch that". */
interface Reply {
  readonly say: readonly string[];
  /** Sentences that can be made only once the first ones are being heard. */
  readonly later?: () => Promise<readonly string[]>;
  /** Whether its last sentence offers to take a message. */
  readonly offer?: boolean;
}

/** An agent as its file declares it. Phrases are separated by commas. */
export interface ScriptedAgent {
  /** Name in the catalogue, where its voice is set too. */
  readonly name: string;
  /** Said at once on joining. */
  readonly greeting: string;
  /** Said first on joining a call that has begun: "This is Ada, at the front desk." */
  readonly introduction?: string;
  /** Who it is and how it speaks, for a language model. */
  readonly instructions: string;
  /** What it can do, as a sentence: said to who was not understood. */
  readonly help: string;
  /** Phrases of a question → the answer. */
  readonly facts?: Readonly<Record<string, string | ((question: Question) => string)>>;
  readonly tools?: Readonly<Record<string, ScriptedTool>>;
  /** Agent to hand callers to → phrases that ask for it, beside its name and its role. */
  readonly handoffs?: Readonly<Record<string, string>>;
  /** Phrases of what it cannot help with → an honest sentence. It then offers to take a message. */
  readonly outOfScope?: Readonly<Record<string, string>>;
  /** Phrases of an emergency → what is said before all else. */
  readonly emergencies?: Readonly<Record<string, string>>;
  /** A word → what a caller or a speech recogniser may put in its place. */
  readonly soundsLike?: Readonly<Record<string, string>>;
  /** Answers whatever opens no tool and asks for no colleague, in place of small talk. */
  otherwise?(heard: string, call: CallHandle): Reply;
}

/** A tool, its arguments typed by its schema. */
export const tool = <Parameters extends z.ZodObject>(of: ScriptedTool<Parameters>): ScriptedTool =>
  of as unknown as ScriptedTool;
