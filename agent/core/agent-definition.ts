// What an agent is, in code. The job (agent/call/job.ts) runs it in a room.
import type { llm } from '@livekit/agents';
import type { CatalogueAgent } from '@/lib/core/catalogue';
import type { HandoffContext, NewAgentContext } from '@/lib/dispatch/handoff-context';
import type { LettaChoice } from '@/lib/dispatch/letta-choice';

/** The agent that takes over the call. */
export interface HandoffRequest {
  /** Agent name of an agent in code, or of one that the team has added to the list. */
  readonly agent: string;
  /** Reason and known facts, as text for the agent that takes over. */
  readonly summary: string;
  readonly caller?: string | undefined;
  /** Whether to move the caller into a new room with that agent. */
  readonly newRoom?: boolean | undefined;
}

/** The call an agent is in, as its conversation and tools see it. */
export interface CallHandle {
  /** Language of the call as a BCP 47 tag. Models are instructed to speak it, and hosted speech to expect it. */
  readonly tag: string;
  /** Display name of the deployment the agent runs on ("production", "staging", …). */
  readonly deployment: string;
  /** Handoff context: set when the agent was dispatched into a call that had already begun. */
  readonly handoffContext: HandoffContext | undefined;
  readonly letta: LettaChoice | undefined;
  /** Resolves once a caller is present, with an id that is unique to this caller and stable across calls. */
  caller(): Promise<string>;
  /** Id of this call in the web process once a caller is present, otherwise the sid of its room. */
  id(): string | undefined;
  /** The current time; a function so that tests can set it. */
  now(): Date;
  /** Reports an outcome of the call, by the name the agent declares it with, and the name the caller gave. */
  outcome(name: string, caller?: string): void;
  /** Ends the call for everyone after the current speech has been played. */
  end(): void;
  /**
   * Dispatches another agent. Once that agent has joined and the announcement has been played, it takes over and this
   * agent leaves. Resolves with the result: "nobody came" means the other agent did not join within 10 s and this agent
   * continues.
   * @param announced resolves when the announcement has been played
   */
  handOff(
    to: HandoffRequest,
    announced: () => Promise<void>,
  ): Promise<'handed off' | 'nobody came'>;
  /**
   * Milliseconds from the end of the caller's speech to the first audio of the current answer; resolves when that audio
   * starts. Undefined if the caller typed.
   */
  answerDelay(): Promise<number | undefined>;
}

/** One agent. Each call creates its own tools and conversation, so calls share no state. */
export interface AgentDefinition extends CatalogueAgent {
  readonly voice: string;
  /** Said immediately on joining; its audio is synthesized before the call. */
  readonly greeting: string;
  /** Replaces the greeting when the agent joins a call that has already begun. */
  greetingFor?(handoffContext: NewAgentContext): string;
  /** Instructions for a language model. A scripted conversation has its own rules. */
  readonly instructions: string;
  /** Words that callers are likely to say, separated by commas: speech to text prefers them to similar ones. */
  readonly vocabulary?: string | undefined;
  /** Tool name → the text the transcript shows after it has run ("Looked for free times"). */
  readonly toolLabels: Readonly<Record<string, string>>;
  /** The function tools, the same for a language model and a scripted conversation. */
  tools(call: CallHandle): llm.ToolContextEntry[];
  /** The scripted conversation: used when no language model is configured, and when all of them fail. */
  scripted(call: CallHandle): llm.LLM;
}
