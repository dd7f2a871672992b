// What an agent is, in code: the part of it that talks. Its name, voice and deployments stand in
// lib/core/catalogue.ts; the job (agent/call/job.ts) joins both and runs them in a room.
import type { llm } from '@livekit/agents';
import type { Brief, ComingBrief } from '../../lib/dispatch/handoff-context';
import type { LettaChoice } from '../../lib/dispatch/letta-choice';
import type { ToolOutcome } from '../../lib/livekit/attributes';

/** Whom to hand the caller over to. */
export interface HandOver {
  /** Agent name, as in the catalogue. */
  readonly agent: string;
  /** Why, and what is known, in words, for the agent that takes over. */
  readonly summary: string;
  /** The caller's name, where they said it. */
  readonly caller?: string;
  /** Whether the caller is moved into a room of their own with that agent. */
  readonly newRoom?: boolean;
}

/** The call an agent is in, as its conversation and tools may touch it. */
export interface CallHandle {
  /** Language of the call as a BCP 47 tag: what models are told to speak, and hosted speech to expect. */
  readonly tag: string;
  /** Deployment the agent runs on, as shown ("production", "staging", …). */
  readonly deployment: string;
  /** What this agent was told when it was sent into a call that had begun. */
  readonly brief: Brief | undefined;
  /** Which of Letta's agents this call is with, where it is with one. */
  readonly letta: LettaChoice | undefined;
  /** Resolves, once a caller is there, with what tells them from all others, the same at each call. */
  caller(): Promise<string>;
  /** By what the web process knows this call, once a caller is there: its id, else the sid of its room. */
  id(): string | undefined;
  /** The time now; a function so that tests can set it. */
  now(): Date;
  /** Reports the outcome of the call, and the name that the caller gave. */
  outcome(outcome: ToolOutcome, caller?: string): void;
  /** Ends the call for everyone once what is being said has been heard. */
  end(): void;
  /**
   * Brings another agent and, once it is there and the announcement has been heard, gives it the
   * word; this agent then leaves. Resolves when that is decided: "nobody came" where the other was
   * not there within 10 s, and this agent goes on.
   * @param announced resolves when the announcement has been heard
   */
  handOver(to: HandOver, announced: () => Promise<void>): Promise<'handed over' | 'nobody came'>;
  /**
   * Milliseconds from the end of the caller's speech to the first audio of the answer now being
   * given; resolves when that audio has begun. Undefined where the caller did not speak (typed).
   */
  answerDelay(): Promise<number | undefined>;
}

/** One agent. Each call makes its own tools and conversation, so that calls share no state. */
export interface AgentDefinition {
  /** Name in the catalogue. */
  readonly name: string;
  /** Said at once on joining; its audio is prepared before the call. */
  readonly greeting: string;
  /** Said in place of the greeting on joining a call that has begun. */
  greetingFor?(brief: ComingBrief): string;
  /** For a language model. A scripted conversation has its own rules. */
  readonly instructions: string;
  /** Tool name → what the transcript shows when it has run, in plain words ("Looked for free times"). */
  readonly toolLabels: Readonly<Record<string, string>>;
  /** The function tools, the same for a language model and for a scripted conversation. */
  tools(call: CallHandle): llm.ToolContextEntry[];
  /** The scripted conversation: used where no language model is configured, and where all fail. */
  scripted(call: CallHandle): llm.LLM;
}
